import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import type { Delivery, Webhook, WebhookKind } from "../api/types";
import { clockTime, decimal, moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Failed } from "../ui/State";
import { Table } from "../ui/Table";
import { useResend } from "./queries";
import classes from "./Webhooks.module.css";
import { words } from "./words";

type Props = { list: readonly Delivery[]; endpoints: readonly Webhook[] };

/** The latest messages and what came of them; what they said is not shown. */
export function Messages({ list, endpoints }: Props): ReactElement {
  const { t } = useWords(words);
  const resend = useResend();
  const live = new Map(
    endpoints.filter((one) => one.removed_at === null).map((one) => [one.id, one.host] as const),
  );
  const head = [t("at"), t("kind"), t("host"), t("state"), t("tries"), t("answer"), t("actions")];
  return (
    <>
      {resend.error && <Failed error={resend.error} />}
      <Table label={t("messages")} head={head}>
        {list.map((one) => (
          <Row
            key={`${one.message} ${one.webhook}`}
            one={one}
            host={endpoints.find(({ id }) => id === one.webhook)?.host ?? "–"}
            {...(live.has(one.webhook) && (one.state === "failed" || one.state === "delivered")
              ? { onResend: () => resend.mutate(one) }
              : {})}
          />
        ))}
      </Table>
    </>
  );
}

type RowProps = { one: Delivery; host: string; onResend?(): void };

function Row({ one, host, onResend }: RowProps): ReactElement {
  const { t, language } = useWords(words);
  const kind = t(one.kind as WebhookKind | "webhook.test");
  const later = one.state === "waiting" && one.tries > 0 && one.next_at !== null;
  return (
    <tr>
      <td className={classes.day}>{moment(one.made_at, language)}</td>
      <td>{kind}</td>
      <td>
        <code>{host}</code>
      </td>
      <td data-state={one.state} className={classes.state}>
        {later ? t("waitingUntil", { at: clockTime(one.next_at ?? "", language) }) : t(one.state)}
      </td>
      <td>{decimal(one.tries, language)}</td>
      <td className={classes.said}>
        {one.status} {one.said}
      </td>
      <td>
        {onResend && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t("resendOne", { kind, host })}
            onClick={onResend}
          >
            {t("resend")}
          </Button>
        )}
      </td>
    </tr>
  );
}
