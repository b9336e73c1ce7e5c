import type { ReactElement } from "react";
import type { Estimate } from "../../api/types";
import { decimal, percent } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Details } from "../../ui/Details";
import { Facts } from "../../ui/Facts";
import { Table } from "../../ui/Table";
import { FAILING, rowOf, saidValue } from "./figures";
import { Forest } from "./Forest";
import type { Row } from "./plot";
import classes from "./Results.module.css";
import { resultWords } from "./words";

export type Line = { id: string; name: string; n: number; estimate: Estimate | null };
type Props = {
  title: string;
  counted: string;
  how: string;
  dimension: string;
  lines: readonly Line[];
  guideline: string;
  zero?: boolean;
  domain(rows: readonly Row[]): [number, number];
};

/** One chart with its data and how it was computed. */
export function Section(props: Props): ReactElement {
  const { title, counted, how, dimension, lines, guideline, zero = false, domain } = props;
  const { t, language } = useWords(resultWords);
  const rows = lines.flatMap(({ id, name, estimate }) => rowOf(id, name, estimate, dimension, language));
  const say = (value: number): string => saidValue(dimension, value, language);
  const first = lines.find(({ estimate }) => estimate !== null)?.estimate;
  return (
    <section className={classes.panel} aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{t("few")}</p>
      ) : (
        <Forest
          rows={rows}
          label={t("chart", { title, rows: rows.length })}
          domain={domain(rows)}
          zero={zero}
          say={
            dimension === FAILING
              ? (tick) => percent(tick, language, 0)
              : (tick) => decimal(tick, language, 1)
          }
        />
      )}
      <Details summary={t("data")}>
        <Table
          label={title}
          head={[title, counted, t("estimate"), t("low"), t("high"), t("effective")]}
          numbersFrom={1}
        >
          {lines.map(({ id, name, n, estimate }) => (
            <tr key={id}>
              <td>{name}</td>
              <td data-number>{decimal(n, language)}</td>
              <td data-number>{estimate && estimate.value !== null ? say(estimate.value) : "–"}</td>
              <td data-number>{estimate ? say(estimate.low) : "–"}</td>
              <td data-number>{estimate ? say(estimate.high) : "–"}</td>
              <td data-number>{estimate ? decimal(estimate.n_eff, language, 1) : "–"}</td>
            </tr>
          ))}
        </Table>
      </Details>
      <Details summary={t("how")}>
        <p>{how}</p>
        {first && (
          <Facts
            facts={[
              [t("method"), <code key="method">{first.method}</code>],
              [t("level"), percent(first.level, language, 0)],
              [t("guideline"), <code key="guideline">{guideline}</code>],
            ]}
          />
        )}
      </Details>
    </section>
  );
}
