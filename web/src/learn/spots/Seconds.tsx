import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { SecondStudy } from "../../api/types";
import { day, decimal, percent } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Table } from "../../ui/Table";
import { Failed } from "../../ui/State";
import classes from "../Learn.module.css";
import { words } from "../words";
import { secondsOf } from "./queries";
import { Share, Slice } from "./SpotTable";

const states = { suspected: "suspected", confirmed: "confirmed", "not confirmed": "notConfirmed" } as const;

/** The second samples that were drawn, and what they say of what was suspected. */
export function Seconds({ study }: { study: string }): ReactElement | null {
  const { t } = useWords(words);
  const found = useQuery(secondsOf(study));
  if (found.error) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.data.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby="seconds">
      <h2 id="seconds">{t("seconds")}</h2>
      {found.data.map((one) => (
        <Second key={one.study} second={one} />
      ))}
    </section>
  );
}

function Second({ second }: { second: SecondStudy }): ReactElement {
  const { t, language } = useWords(words);
  const title = t("secondOf", { name: second.name, day: day(second.opened_at, language) });
  const level = second.spots.find(({ gap }) => gap !== null)?.gap?.level;
  const counts = { waiting: decimal(second.waiting, language), drawn: decimal(second.drawn, language) };
  return (
    <article className={classes.stack}>
      <div>
        <h3>{title}</h3>
        <p className={classes.soft}>
          {second.score === "" ? t("allFailing") : t("missedBy", { score: second.score })}.{" "}
          {second.waiting > 0 ? t("waits", counts) : t("allJudged", counts)}
          {level !== undefined && ` ${t("gapLevel", { level: percent(level, language) })}`}
        </p>
      </div>
      <Table label={title} head={[t("slice"), t("first"), t("gap"), t("state")]}>
        {second.spots.map((spot) => (
          <tr key={JSON.stringify(spot.conditions)}>
            <Slice conditions={spot.conditions} />
            <td>
              <Share estimate={spot.first} />
            </td>
            <td>
              <Gap spot={spot} waiting={second.waiting} />
            </td>
            <td className={classes.state} data-state={spot.state}>
              {t(states[spot.state])}
            </td>
          </tr>
        ))}
      </Table>
    </article>
  );
}

type GapProps = { spot: SecondStudy["spots"][number]; waiting: number };

function Gap({ spot: { gap }, waiting }: GapProps): ReactElement {
  const { t, language } = useWords(words);
  if (gap === null) return <span className={classes.soft}>{waiting > 0 ? "–" : t("tooFewThere")}</span>;
  const points = (share: number): string => decimal(share * 100, language, 1);
  return <>{t("gapIs", { value: points(gap.value ?? 0), low: points(gap.low), high: points(gap.high) })}</>;
}
