import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { get } from "../api/fetch";
import type { Estimate, Figure, Language, Trend, Week } from "../api/types";
import { decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Table } from "../ui/Table";
import { shownWithInterval } from "./figures";
import { IntervalChart } from "./IntervalChart";
import classes from "./Measurement.module.css";
import { daysOf, signedPoints } from "./weeks";
import { words } from "./words";

/** Studies of successive periods beside each other; nothing where no frame names its period. */
export function Weeks(): ReactElement | null {
  const trend = useQuery({ queryKey: ["weeks"], queryFn: () => get<Trend>("/api/weeks") });
  if (trend.data && trend.data.weeks.weeks.length < 2) return null;
  return <Answer query={trend}>{(data) => <Series trend={data} />}</Answer>;
}

function Series({ trend }: { trend: Trend }): ReactElement {
  const { t, say, language } = useWords(words);
  const { weeks, left_out: leftOut, how } = trend.weeks;
  return (
    <section className={classes.panel} aria-labelledby="weeks">
      <h2 id="weeks">{t("weeks")}</h2>
      <p className={classes.lead}>{t("weeksMore")}</p>
      <IntervalChart figures={weeks.map((week) => asFigure(week, language))} title={t("weeks")} />
      <Steps trend={trend} />
      <Changes weeks={weeks} />
      {leftOut.length > 0 && (
        <div className={classes.thin}>
          <p>{t("leftOut")}</p>
          <ul>
            {leftOut.map(({ study, name, why }) => (
              <li key={study}>
                {name}: {say(why)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ul className={classes.soft}>
        {how.lines.map((line) => (
          <li key={line.en}>{say(line)}</li>
        ))}
      </ul>
    </section>
  );
}

/** The step that a new guideline version makes, told apart from what really changed. */
function Steps({ trend }: { trend: Trend }): ReactElement {
  const { t, language } = useWords(words);
  const told = (estimate: Estimate | null): string =>
    estimate ? signedPoints(estimate, language) : t("notKnown");
  return (
    <>
      {trend.steps.map(({ first, before, after, definition, real }) => (
        <p key={first} className={classes.truth}>
          {t("step", { before, after, first: daysOf(first, first, language) })}{" "}
          {t("stepParts", { definition: told(definition), real: told(real) })}
        </p>
      ))}
    </>
  );
}

function Changes({ weeks }: { weeks: readonly Week[] }): ReactElement {
  const { t, language } = useWords(words);
  const head = [t("period"), t("guideline"), t("estimate"), t("change"), t("fourBefore"), t("n")];
  return (
    <Table label={t("weeks")} head={head} numbersFrom={2}>
      {weeks.toReversed().map((week) => (
        <tr key={week.study}>
          <td>
            <Link href={`/measurement/${week.study}`}>{daysOf(week.first, week.last, language)}</Link>
          </td>
          <td>{week.version}</td>
          <td data-number>{shownWithInterval(week.failing.estimate, language)}</td>
          <td data-number>{week.since_last ? signedPoints(week.since_last, language) : "–"}</td>
          <td data-number>{week.four ? shownWithInterval(week.four, language) : "–"}</td>
          <td data-number>{decimal(week.failing.estimate.n, language)}</td>
        </tr>
      ))}
    </Table>
  );
}

function asFigure(week: Week, language: Language): Figure {
  const days = daysOf(week.first, week.last, language);
  return { ...week.failing, code: week.first, name: { id: days, en: days } };
}
