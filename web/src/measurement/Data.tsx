import { useState, type MouseEvent, type ReactElement } from "react";
import { download } from "../api/fetch";
import type { Figure } from "../api/types";
import { decimal, share } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { useFresh } from "../signin/useFresh";
import { Details } from "../ui/Details";
import { Failed } from "../ui/State";
import { Table } from "../ui/Table";
import { shown, shownWithInterval } from "./figures";
import { words } from "./words";

type Props = {
  figures: readonly Figure[];
  title: string;
  /** Whose CSV holds these figures; none where it does not. */
  study?: string;
};

/** The chart's numbers as a table, and the whole page's as CSV. */
export function Data({ figures, title, study }: Props): ReactElement {
  const { t, say, language } = useWords(words);
  const alone = figures.some(({ beside }) => beside !== null);
  const head = [
    t("code"),
    t("name"),
    t("estimate"),
    t("low"),
    t("high"),
    t("n"),
    t("nEff"),
    ...(alone ? [t(figures.some(({ corrected }) => corrected) ? "uncorrectedColumn" : "alone")] : []),
    t("truthColumn"),
  ];
  return (
    <Details summary={t("data")}>
      <Table label={title} head={head} numbersFrom={2}>
        {figures.map(({ code, name, estimate, beside, truth }) => (
          <tr key={code}>
            <td>
              <code>{code}</code>
            </td>
            <td>{say(name)}</td>
            <td data-number>{shown(estimate, language)}</td>
            <td data-number>{share(estimate.low, language)}</td>
            <td data-number>{share(estimate.high, language)}</td>
            <td data-number>{decimal(estimate.n, language)}</td>
            <td data-number>{decimal(estimate.n_eff, language, 1)}</td>
            {alone && <td data-number>{beside ? shownWithInterval(beside, language) : "–"}</td>}
            <td data-number>{truth === null ? "–" : share(truth, language)}</td>
          </tr>
        ))}
      </Table>
      {study !== undefined && <Export study={study} />}
    </Details>
  );
}

/** Taking figures away asks for a recent sign-in. */
function Export({ study }: { study: string }): ReactElement {
  const { t } = useWords(words);
  const { fresh, dialog } = useFresh();
  const [error, setError] = useState<unknown>(null);
  const path = `/api/studies/${encodeURIComponent(study)}/measurement.csv`;
  const take = (event: MouseEvent): void => {
    event.preventDefault();
    fresh(() => download(path, "measurement.csv")).then(() => setError(null), setError);
  };
  return (
    <>
      <p>
        <a href={path} download onClick={take}>
          {t("csv")}
        </a>
      </p>
      {error !== null && <Failed error={error} />}
      {dialog}
    </>
  );
}
