import type { ReactElement } from "react";
import type { KeptBaseline } from "../../api/types";
import { decimal, moment } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Table } from "../../ui/Table";
import classes from "../Learn.module.css";
import { Downloads } from "./Downloads";
import { words } from "./words";

type Figure = KeptBaseline["figures"][string];

/** One trained baseline: its figures with their intervals, and whether it beats the score. */
export function Trained({ one }: { one: KeptBaseline }): ReactElement {
  const { t, language } = useWords(words);
  const score = one.incumbent;
  const title = t("trainedOn", {
    day: moment(one.made_at, language),
    rows: decimal(one.rows, language),
    groups: decimal(one.groups, language),
  });
  const rows: [string, Figure | undefined][] = [
    [t("auc"), one.figures["auc"]],
    [t("theirs", { score }), one.against[`${score} auc`]],
    [t("aucGap", { score }), one.against["auc difference"]],
    [t("brier"), one.figures["brier"]],
    [t("brierGap", { score }), one.against["brier difference"]],
    [t("large"), one.figures["calibration in the large"]],
    [t("slope"), one.figures["calibration slope"]],
  ];
  const gap = one.against["auc difference"];
  return (
    <section className={classes.panel} aria-label={title}>
      <h3>{title}</h3>
      <p className={classes.soft}>
        {t("madeOf", { model: one.model.slice(0, 12), data: one.learned_from.slice(0, 12) })}{" "}
        {t("power", { power: decimal(one.power, language, one.power === 0.5 ? 1 : 0) })}
      </p>
      {gap && <strong>{t(gap.low > 0 ? "better" : gap.high < 0 ? "worse" : "notBetter", { score })}</strong>}
      <Table
        label={title}
        head={[t("figure"), t("value"), t("interval"), "n", t("effective")]}
        numbersFrom={1}
      >
        {rows.map(([name, figure]) => figure && <Row key={name} name={name} figure={figure} />)}
      </Table>
      <Downloads id={one.id} of={["card", "model"]} />
    </section>
  );
}

function Row({ name, figure }: { name: string; figure: Figure }): ReactElement {
  const { t, language } = useWords(words);
  const told = (value: number): string => decimal(value, language, 3);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-number>{figure.value === null ? "–" : told(figure.value)}</td>
      <td data-number>{t("ends", { low: told(figure.low), high: told(figure.high) })}</td>
      <td data-number>{decimal(figure.n, language)}</td>
      <td data-number>{decimal(figure.n_eff, language)}</td>
    </tr>
  );
}
