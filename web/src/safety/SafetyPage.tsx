import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get, post } from "../api/fetch";
import type { Escalation, EscalationList, EscalationRecord } from "../api/types";
import { decimal, moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { Failed, State } from "../ui/State";
import { Table } from "../ui/Table";
import { Record } from "./Record";
import classes from "./Safety.module.css";
import { minutesLeft } from "./timer";
import { words } from "./words";

const KEY = ["safety"];
/** How often the list is asked for again, so that a timer never stands still for long (ms). */
const AGAIN = 15_000;

/** What waits for somebody who answers for child safety, by when; a record opens below, without media. */
export default function SafetyPage(): ReactElement {
  const { t } = useWords(words);
  const client = useQueryClient();
  const [record, setRecord] = useState<EscalationRecord | null>(null);
  const list = useQuery({
    queryKey: KEY,
    queryFn: () => get<EscalationList>("/api/safety/escalations"),
    refetchInterval: AGAIN,
  });
  const act = useMutation({
    mutationFn: ({ id, what, body }: { id: string; what: string; body: object }) =>
      post<EscalationRecord>(`/api/safety/escalations/${id}/${what}`, body),
    onSuccess: (opened) => {
      setRecord(opened);
      void client.invalidateQueries({ queryKey: KEY });
    },
  });
  const open = (id: string): void => act.mutate({ id, what: "view", body: {} });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Answer query={list}>
        {(told) =>
          told.escalations.length === 0 ? (
            <State title={t("none")}>{t("noneMore")}</State>
          ) : (
            <div className={classes.stack}>
              <List told={told} onOpen={open} />
              {act.error && <Failed error={act.error} />}
              {record && (
                <Record
                  key={record.escalation.id}
                  record={record}
                  busy={act.isPending}
                  onAct={(what, body) => act.mutate({ id: record.escalation.id, what, body })}
                  onShut={() => setRecord(null)}
                />
              )}
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

function List({ told, onOpen }: { told: EscalationList; onOpen(id: string): void }): ReactElement {
  const { t, say, language } = useWords(words);
  return (
    <div className={classes.panel}>
      <Table
        label={t("list")}
        head={[t("code"), t("state"), t("within"), t("raised"), t("hold"), t("record")]}
      >
        {told.escalations.map((one) => (
          <tr key={one.id}>
            <td className={classes.name}>{say(one.name)}</td>
            <td>{t(one.state)}</td>
            <td>
              <Timer one={one} now={told.now} />
            </td>
            <td>{moment(one.raised_at, language)}</td>
            <td>{one.hold ? t("held") : "–"}</td>
            <td>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("openOf", { code: say(one.name), at: moment(one.raised_at, language) })}
                onClick={() => onOpen(one.id)}
              >
                {t("open")}
              </Button>
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}

function Timer({ one, now }: { one: Escalation; now: string }): ReactElement {
  const { t, language } = useWords(words);
  if (one.acknowledged_at !== null) return <>{t(one.late ? "tooLate" : "inTime")}</>;
  const left = minutesLeft(one.due, now);
  const n = decimal(Math.abs(left), language);
  return <strong data-late={one.late || undefined}>{t(left < 0 ? "over" : "left", { n })}</strong>;
}
