import type { ReactElement } from "react";
import type { CalibrationSession, Estimate } from "../api/types";
import { decimal, percent, range } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Table } from "../ui/Table";
import classes from "./Calibration.module.css";
import { words } from "./words";

/** How far people agreed before and after, on what was ruled on. */
export function AgreementTable({ found }: { found: CalibrationSession }): ReactElement | null {
  const { t, language } = useWords(words);
  const rounds = (["before", "after"] as const).flatMap((name) => {
    const round = found[name];
    return round ? [{ name, round }] : [];
  });
  if (rounds.length === 0) return null;
  const share = ({ value, low, high }: Estimate): string =>
    value === null
      ? `${t("noFigure")} (${range(low, high, language, 0)})`
      : `${percent(value, language, 0)} (${range(low, high, language, 0)})`;
  const plain = ({ value, low, high }: Estimate): string => {
    const ends = `${decimal(low, language, 2)}–${decimal(high, language, 2)}`;
    return value === null ? `${t("noFigure")} (${ends})` : `${decimal(value, language, 2)} (${ends})`;
  };
  const head = [t("round"), t("itemsVoted"), t("peopleVoted"), t("alike"), "alpha", "AC1"];
  return (
    <section className={classes.agreement} aria-labelledby="agreement">
      <h2 id="agreement">{t("agreement")}</h2>
      <p className={classes.soft}>{t("agreementMore")}</p>
      <Table label={t("agreement")} head={head}>
        {rounds.map(({ name, round }) => (
          <tr key={name}>
            <th scope="row">{t(name)}</th>
            <td>{decimal(round.items, language)}</td>
            <td>{decimal(round.people, language)}</td>
            <td>{share(round.raw)}</td>
            <td>{plain(round.alpha)}</td>
            <td>{plain(round.gwet)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
