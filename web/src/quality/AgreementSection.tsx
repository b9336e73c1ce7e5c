import { NativeSelect } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { Agreed, Agreement, Estimate } from "../api/types";
import { decimal, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Details } from "../ui/Details";
import { Table } from "../ui/Table";
import classes from "./Quality.module.css";
import { useAgreement } from "./queries";
import { words } from "./words";

/** Names that are the same in every language. */
const coefficients = ["Alpha", "AC1", "Kappa"];

/** How far people agree who judged the same video blind. */
export function AgreementSection({ study }: { study: string }): ReactElement {
  const { t } = useWords(words);
  const [language, setLanguage] = useState("");
  const agreement = useAgreement({ study, language });
  return (
    <section className={classes.panel} aria-labelledby="agreement">
      <h2 id="agreement">{t("agreement")}</h2>
      <p className={classes.lead}>{t("agreementMore")}</p>
      <Answer query={agreement}>
        {(found) => <Found found={found} language={language} onLanguage={setLanguage} />}
      </Answer>
    </section>
  );
}

type FoundProps = { found: Agreement; language: string; onLanguage(code: string): void };

function Found({ found, language, onLanguage }: FoundProps): ReactElement {
  const { t, language: mine } = useWords(words);
  const of = (kind: Agreed["kind"]): Agreed[] => found.rows.filter((row) => row.kind === kind);
  const named = (code: string): string => (code === "-" ? t("noLanguage") : code);
  if (found.rows.length === 0 && language === "") return <p>{t("agreementNone")}</p>;
  return (
    <>
      {found.languages.length > 0 && (
        <div className={classes.ask}>
          <NativeSelect
            label={t("language")}
            value={language}
            data={[
              { value: "", label: t("allLanguages") },
              ...found.languages.map(({ code }) => ({ value: code, label: named(code) })),
            ]}
            onChange={({ currentTarget: { value } }) => onLanguage(value)}
          />
        </div>
      )}
      <p>{t("agreementOf", { tasks: decimal(found.tasks, mine), people: decimal(found.people, mine) })}</p>
      <Rows title={t("verdict")} rows={of("verdict")} />
      <Rows title={t("labels")} rows={of("label")} />
      {of("question").length > 0 && (
        <Details summary={t("questions")}>
          <Rows title={t("questions")} rows={of("question")} />
        </Details>
      )}
      <Rows
        title={t("byLanguage")}
        rows={found.languages.map((row) => ({ ...row, name: { id: named(row.code), en: named(row.code) } }))}
      />
      <Rows title={t("byVersion")} rows={found.versions} />
    </>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly Agreed[] }): ReactElement | null {
  const { t, say, language } = useWords(words);
  if (rows.length === 0) return null;
  const head = [t("on"), t("tasks"), t("raw"), ...coefficients];
  return (
    <div className={classes.work}>
      <h3>{title}</h3>
      <Table label={title} head={head} numbersFrom={1}>
        {rows.map((row) => (
          <tr key={row.code}>
            <td>
              {say(row.name)}
              {row.kind === "question" && <span className={classes.code}>{row.code}</span>}
            </td>
            <td data-number>{decimal(row.raw.n, language)}</td>
            <Cell estimate={row.raw} asShare />
            <Cell estimate={row.alpha} />
            <Cell estimate={row.gwet} />
            <Cell estimate={row.kappa} />
          </tr>
        ))}
      </Table>
    </div>
  );
}

function Cell({ estimate, asShare = false }: { estimate: Estimate; asShare?: boolean }): ReactElement {
  const { language } = useWords(words);
  const { value, low, high } = estimate;
  if (value === null) return <td data-number>–</td>;
  const number = (one: number): string => decimal(one, language, 2);
  return (
    <td data-number>
      {asShare ? percent(value, language, 0) : number(value)}{" "}
      <span className={classes.soft}>
        {asShare
          ? `${decimal(low * 100, language)}–${percent(high, language, 0)}`
          : `${number(low)} … ${number(high)}`}
      </span>
    </td>
  );
}
