import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, type ReactElement } from "react";
import type { Figure } from "../api/types";
import { useWords } from "../i18n/useWords";
import { percent } from "../i18n/numbers";
import { Failed } from "../ui/State";
import classes from "./Chart.module.css";
import { words } from "./words";

type Props = { figures: readonly Figure[]; title: string; rowHeight?: number; named?: boolean };

/** Intervals as a picture; the same numbers stand in the section's data table. */
export function IntervalChart({ figures, title, rowHeight = 28, named = true }: Props): ReactElement {
  const { t } = useWords(words);
  return (
    <div>
      <Legend figures={figures} />
      <Drawing
        figures={figures}
        rowHeight={rowHeight}
        named={named}
        label={t("chart", { title, rows: figures.length })}
      />
    </div>
  );
}

type DrawingProps = { figures: readonly Figure[]; rowHeight: number; named: boolean; label: string };

function Drawing({ figures, rowHeight, named, label }: DrawingProps): ReactElement {
  const { t, language } = useWords(words);
  const { ref, width } = useElementSize();
  const place = useRef<HTMLDivElement>(null);
  const code = useQuery({ queryKey: ["code", "plot"], queryFn: () => import("./plot"), staleTime: Infinity });
  useEffect(() => {
    if (!code.data || width === 0) return;
    place.current?.replaceChildren(
      code.data.intervalPlot(figures, { width, rowHeight, named, label, language }),
    );
  }, [code.data, figures, width, rowHeight, named, label, language]);
  if (code.error) return <Failed error={code.error} onRetry={() => void code.refetch()} />;
  return (
    <div ref={ref} className={classes.plot} style={{ minHeight: figures.length * rowHeight + 36 }}>
      <div ref={place} />
      {!code.data && <p className={classes.drawing}>{t("drawing")}</p>}
    </div>
  );
}

function Legend({ figures }: { figures: readonly Figure[] }): ReactElement {
  const { t, language } = useWords(words);
  const level = percent(figures[0]?.estimate.level ?? 0.95, language, 0);
  const hasValue = figures.some(({ estimate }) => estimate.value !== null);
  const hasTruth = figures.some(({ truth }) => truth !== null);
  return (
    <p className={classes.legend} aria-hidden>
      {hasValue && <span data-mark="dot">{t("legendEstimate")}</span>}
      <span data-mark="band">{t("legendInterval", { level })}</span>
      {hasTruth && <span data-mark="truth">{t("legendTruth")}</span>}
    </p>
  );
}
