import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get } from "../api/fetch";
import type { Estimate, Language, Measurement, Rater, Raters } from "../api/types";
import { decimal, range, share } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Table } from "../ui/Table";
import { How } from "./How";
import classes from "./Measurement.module.css";
import { words } from "./words";

/** People, classifiers and machine judges in one table: how much they find and how much they leave alone. */
export function RatersSection({ measurement }: { measurement: Measurement }): ReactElement {
  const { t, say } = useWords(words);
  const [of, setOf] = useState("verdict");
  const { id } = measurement.study;
  const found = useQuery({
    queryKey: ["raters", id, of, measurement.as_of.seq],
    queryFn: () =>
      get<Raters>(`/api/studies/${encodeURIComponent(id)}/raters?${new URLSearchParams({ of })}`),
    placeholderData: keepPreviousData,
  });
  return (
    <section className={classes.panel} aria-labelledby="raters">
      <h2 id="raters">{t("raters")}</h2>
      <p className={classes.lead}>{t("ratersMore")}</p>
      <Answer query={found}>
        {(data) => (
          <>
            <div className={classes.ask}>
              <NativeSelect
                label={t("ratersOf")}
                value={of}
                data={data.asks.map(({ code, name }) => ({ value: code, label: say(name) }))}
                onChange={({ currentTarget: { value } }) => setOf(value)}
              />
            </div>
            <Rows found={data} measurement={measurement} />
          </>
        )}
      </Answer>
    </section>
  );
}

function Rows({ found, measurement }: { found: Raters; measurement: Measurement }): ReactElement {
  const { t, say, language } = useWords(words);
  const { named, beside } = useNames();
  const known = found.raters.filter(({ why }) => !why);
  const { ruled, agreed, single, contested, waiting } = found.outcomes;
  const counts = Object.fromEntries(
    Object.entries({ ruled, agreed, single, contested, waiting }).map(([name, count]) => [
      name,
      decimal(count, language),
    ]),
  );
  return (
    <>
      <p className={classes.lead}>{t("outcomesAre", counts)}</p>
      {known.length > 0 && (
        <Table
          label={t("raters")}
          head={[
            t("rater"),
            t("beside"),
            t("sensitivity"),
            `${t("sensitivity")}: n`,
            t("specificity"),
            `${t("specificity")}: n`,
            t("silentOnes"),
          ]}
          numbersFrom={2}
        >
          {known.map((rater) => (
            <tr key={`${rater.kind} ${rater.name} ${rater.against}`}>
              <th scope="row">{named(rater)}</th>
              <td>{beside(rater)}</td>
              <td data-number>{rate(rater.sensitivity, language)}</td>
              <td data-number>{sizes(rater.sensitivity, language)}</td>
              <td data-number>{rate(rater.specificity, language)}</td>
              <td data-number>{sizes(rater.specificity, language)}</td>
              <td data-number>{decimal(rater.silent, language)}</td>
            </tr>
          ))}
        </Table>
      )}
      <ul>
        {found.raters.map(
          (rater) =>
            rater.why && (
              <li key={`${rater.kind} ${rater.name} ${rater.against}`}>
                {t("unknownFor", { name: named(rater), beside: beside(rater), why: say(rater.why) })}
              </li>
            ),
        )}
      </ul>
      {found.raters[0] && (
        <div className={classes.more}>
          <How
            measurement={measurement}
            estimate={(known[0] ?? found.raters[0]).sensitivity}
            how={found.how}
          />
        </div>
      )}
    </>
  );
}

function useNames(): Record<"named" | "beside", (rater: Rater) => string> {
  const { t, language } = useWords(words);
  return {
    named: ({ kind, name, threshold }) => {
      if (kind === "people") return t("allPeople");
      if (kind === "machine") return t("machine", { name });
      if (kind === "person") return name;
      return t("scoreAt", { name, threshold: decimal(threshold ?? 0, language, 2) });
    },
    beside: ({ against }) =>
      t(against === "gold" ? "besideGold" : against === "others" ? "besideOthers" : "besideOutcomes"),
  };
}

/** A point with its interval; without a point, the interval. */
function rate({ value, low, high }: Estimate, language: Language): string {
  const ends = range(low, high, language);
  return value === null ? ends : `${share(value, language)} (${ends})`;
}

/** How many there were, and what they are worth. */
const sizes = ({ n, n_eff: worth }: Estimate, language: Language): string =>
  `${decimal(n, language)} (${decimal(worth, language, 0)})`;
