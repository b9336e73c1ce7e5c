import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { Retention } from "../../api/types";
import { decimal, moment } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { useFresh } from "../../signin/useFresh";
import { Dialog } from "../../ui/Dialog";
import { Failed } from "../../ui/State";
import { Table } from "../../ui/Table";
import styles from "./Privacy.module.css";
import { useRun } from "./queries";
import { words } from "./words";

const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + n, 0);

/** Erasing what is due, once it was confirmed; and what the last runs erased. */
export function Runs({ shown }: { shown: Retention }): ReactElement {
  const { t, say, language } = useWords(words);
  const [asked, setAsked] = useState(false);
  const { fresh, dialog } = useFresh();
  const run = useRun(fresh);
  const due = shown.classes.filter((one) => one.due > 0);
  const n = decimal(sum(due.map((one) => one.due)), language);
  return (
    <section className={styles.panel} aria-labelledby="run">
      <h2 id="run">{t("run")}</h2>
      <p role="status">{due.length > 0 ? t("someDue", { n }) : t("nothingDue")}</p>
      {run.error && <Failed error={run.error} />}
      <div>
        <Button loading={run.isPending} onClick={() => setAsked(true)}>
          {t("erase")}
        </Button>
      </div>
      {asked && (
        <Dialog title={t("confirmTitle", { n })} onClose={() => setAsked(false)}>
          <div className={styles.form}>
            <ul>
              {due.map((one) => (
                <li key={one.name}>
                  {say(one.title)}: {decimal(one.due, language)}
                </li>
              ))}
            </ul>
            <p>{t("confirm")}</p>
            <div>
              <Button
                color="red"
                onClick={() => {
                  setAsked(false);
                  run.mutate();
                }}
              >
                {t("confirmRun")}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
      {dialog}
      <h3>{t("runs")}</h3>
      {shown.runs.length === 0 ? <p>{t("noRuns")}</p> : <Past shown={shown} />}
    </section>
  );
}

function Past({ shown }: { shown: Retention }): ReactElement {
  const { t, say, language } = useWords(words);
  const titles = new Map<string, string>(shown.classes.map((one) => [one.name, say(one.title)]));
  return (
    <Table label={t("runs")} head={[t("begun"), t("who"), t("erased"), t("ended")]}>
      {shown.runs.map((one) => (
        <tr key={one.id}>
          <td className={styles.day}>{moment(one.begun_at, language)}</td>
          <td>{one.by === "system" ? t("system") : one.by}</td>
          <td>
            {decimal(sum(Object.values(one.erased)), language)}
            {Object.entries(one.erased).map(([name, count]) => (
              <span key={name} className={styles.soft}>
                {titles.get(name) ?? name}: {decimal(count, language)}
              </span>
            ))}
          </td>
          <td className={styles.day}>
            {one.ended_at === null ? <strong>{t("interrupted")}</strong> : moment(one.ended_at, language)}
          </td>
        </tr>
      ))}
    </Table>
  );
}
