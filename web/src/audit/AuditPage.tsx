import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get } from "../api/fetch";
import type { LogEntry, LogPage } from "../api/types";
import { decimal, moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import { Table } from "../ui/Table";
import classes from "./Audit.module.css";
import { isWhole, oldestSeq, pageSize } from "./chain";
import { words } from "./words";

/** The log, newest first, page by page, and how far its chain has been verified. */
export default function AuditPage(): ReactElement {
  const { t } = useWords(words);
  const [before, setBefore] = useState<number | null>(null);
  const page = useQuery({
    queryKey: ["log", before],
    queryFn: () => get<LogPage>(`/api/log?limit=${pageSize}${before === null ? "" : `&before=${before}`}`),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Answer query={page}>{(log) => <Log log={log} newest={before === null} onTurn={setBefore} />}</Answer>
    </Page>
  );
}

type LogProps = { log: LogPage; newest: boolean; onTurn(before: number | null): void };

function Log({ log, newest, onTurn }: LogProps): ReactElement {
  const { t } = useWords(words);
  const oldest = oldestSeq(log);
  if (newest && log.entries.length === 0) return <State title={t("none")} />;
  return (
    <div className={classes.stack}>
      <Verified log={log} />
      <div className={classes.panel}>
        <Entries entries={log.entries} />
        <div className={classes.turn}>
          <Button variant="default" disabled={newest} onClick={() => onTurn(null)}>
            {t("newest")}
          </Button>
          <Button variant="default" disabled={oldest === null} onClick={() => onTurn(oldest)}>
            {t("older")}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Verified({ log }: { log: LogPage }): ReactElement {
  const { t, language } = useWords(words);
  const seq = decimal(log.verified_to, language);
  const head = decimal(log.head, language);
  if (isWhole(log)) return <p className={classes.whole}>{t("whole", { head })}</p>;
  return <Notice title={t("partlyTitle")}>{t("partly", { seq, head })}</Notice>;
}

function Entries({ entries }: { entries: readonly LogEntry[] }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <Table label={t("title")} head={[t("seq"), t("at"), t("actor"), t("type"), t("subject"), t("hash")]}>
      {entries.map((entry) => (
        <tr key={entry.seq}>
          <td>{decimal(entry.seq, language)}</td>
          <td className={classes.at}>{moment(entry.at, language)}</td>
          <td>{entry.actor === "system" ? t("system") : entry.actor}</td>
          <td>
            <code>{entry.type}</code>
          </td>
          <td>
            <code>{entry.subject}</code>
          </td>
          <td>
            <code title={entry.hash}>{entry.hash.slice(0, 12)}</code>
          </td>
        </tr>
      ))}
    </Table>
  );
}
