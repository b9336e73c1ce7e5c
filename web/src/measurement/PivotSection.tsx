import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get } from "../api/fetch";
import type { Cell, Measurement, Pivot } from "../api/types";
import { share } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Data } from "./Data";
import { printed } from "./figures";
import { How } from "./How";
import { IntervalChart } from "./IntervalChart";
import classes from "./Measurement.module.css";
import { words } from "./words";

/** The one sample split by a column of the frame; groups that do not bear a figure are named. */
export function PivotSection({ measurement }: { measurement: Measurement }): ReactElement {
  const { t } = useWords(words);
  const { domains } = measurement;
  const [by, setBy] = useState(domains.find((name) => name === "language") ?? domains[0] ?? "");
  const { id } = measurement.study;
  const found = useQuery({
    queryKey: ["pivot", id, by, measurement.as_of.seq],
    queryFn: () => get<Pivot>(`/api/studies/${encodeURIComponent(id)}/pivot?${new URLSearchParams({ by })}`),
    placeholderData: keepPreviousData,
  });
  return (
    <section className={classes.panel} aria-labelledby="pivot">
      <h2 id="pivot">{t("pivot")}</h2>
      <p className={classes.lead}>{t("pivotMore")}</p>
      <div className={classes.ask}>
        <NativeSelect
          label={t("by")}
          value={by}
          data={domains}
          onChange={({ currentTarget: { value } }) => setBy(value)}
        />
      </div>
      <Answer query={found}>{(data) => <Cells split={data} measurement={measurement} />}</Answer>
    </section>
  );
}

function Cells({ split, measurement }: { split: Pivot; measurement: Measurement }): ReactElement {
  const { t } = useWords(words);
  const figures = printed(split.cells);
  const first = figures[0];
  return (
    <>
      {first ? <IntervalChart figures={figures} title={t("pivot")} /> : <p>{t("noneBears")}</p>}
      <Thin cells={split.cells} />
      {first && (
        <div className={classes.more}>
          <Data figures={figures} title={t("pivot")} />
          <How measurement={measurement} estimate={first.estimate} how={split.how} />
        </div>
      )}
    </>
  );
}

function Thin({ cells }: { cells: readonly Cell[] }): ReactElement | null {
  const { t, say, language } = useWords(words);
  const thin = cells.flatMap(({ level, share: part, thin: why }) => (why ? [{ level, part, why }] : []));
  if (thin.length === 0) return null;
  return (
    <div className={classes.thin}>
      <p>{t("thin")}</p>
      <ul>
        {thin.map(({ level, part, why }) => (
          <li key={level}>{t("thinOne", { level, share: share(part, language), why: say(why) })}</li>
        ))}
      </ul>
    </div>
  );
}
