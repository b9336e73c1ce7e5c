import type { ReactElement } from "react";
import type { Estimate, TeamQuality } from "../api/types";
import { decimal, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Table } from "../ui/Table";
import classes from "./Quality.module.css";
import { Who } from "./RightTable";
import { words } from "./words";

/** Throughput and its mix in one row, so that nobody reads the one without the other. */
export function WorkTable({ team }: { team: TeamQuality }): ReactElement {
  const { t, language } = useWords(words);
  const daily = team.targets.daily !== null;
  const head = [
    t("person"),
    t("judged"),
    t("days"),
    ...(daily ? [t("reached")] : []),
    t("minutes"),
    t("pace"),
    t("seen"),
    t("hardly"),
    t("unjudgeable"),
    t("stopped"),
    t("levels"),
    t("languages"),
  ];
  const part = (value: number | null): string => (value === null ? "–" : percent(value, language, 0));
  const share = ({ value, low, high }: Estimate): string =>
    value === null ? "–" : `${part(value)} (${decimal(low * 100, language)}–${percent(high, language, 0)})`;
  return (
    <div className={classes.work}>
      <h3>{t("work")}</h3>
      <p className={classes.lead}>{t("workMore")}</p>
      <Table label={t("work")} head={head} numbersFrom={1}>
        {team.people.map((one) => (
          <tr key={one.person}>
            <Who one={one} />
            <td data-number>{decimal(one.work.judged, language)}</td>
            <td data-number>{decimal(one.work.days, language)}</td>
            {daily && <td data-number>{decimal(one.work.reached, language)}</td>}
            <td data-number>{decimal(one.work.minutes, language, 1)}</td>
            <td data-number>{one.work.pace === null ? "–" : decimal(one.work.pace, language)}</td>
            <td data-number>{part(one.work.seen)}</td>
            <td data-number>{share(one.work.hardly)}</td>
            <td data-number>{share(one.work.unjudgeable)}</td>
            <td data-number>{decimal(one.work.stopped, language)}</td>
            <td data-number>{one.work.levels.map((count) => decimal(count, language)).join(" · ")}</td>
            <td data-number>
              {Object.entries(one.work.languages)
                .map(([code, count]) => `${code} ${decimal(Number(count), language)}`)
                .join(", ")}
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
