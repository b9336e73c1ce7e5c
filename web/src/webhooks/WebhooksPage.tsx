import { useState, type ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import { useFresh } from "../signin/useFresh";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import { AddEndpoint } from "./AddEndpoint";
import { Endpoints } from "./Endpoints";
import { Messages } from "./Messages";
import { useDeliveries, useWebhooks, type MadeSecret } from "./queries";
import { Secret } from "./Secret";
import classes from "./Webhooks.module.css";
import { words } from "./words";

/** Who is told of what, with what secret, and what came of it. */
export default function WebhooksPage(): ReactElement {
  const { t } = useWords(words);
  const [made, setMade] = useState<MadeSecret | null>(null);
  const { fresh, dialog } = useFresh();
  const webhooks = useWebhooks();
  const deliveries = useDeliveries();
  return (
    <Page title={t("title")} lead={t("lead")}>
      {made && <Secret key={made.secret} made={made} onDone={() => setMade(null)} />}
      <div className={classes.columns}>
        <section className={classes.panel} aria-labelledby="endpoints">
          <h2 id="endpoints">{t("endpoints")}</h2>
          <Answer query={webhooks}>
            {(list) =>
              list.length === 0 ? (
                <State title={t("none")} />
              ) : (
                <Endpoints list={list} fresh={fresh} onMade={setMade} />
              )
            }
          </Answer>
        </section>
        <AddEndpoint fresh={fresh} onMade={setMade} />
      </div>
      <section className={classes.panel} aria-labelledby="messages">
        <h2 id="messages">{t("messages")}</h2>
        <Answer query={deliveries}>
          {(list) =>
            list.length === 0 ? (
              <State title={t("noMessages")} />
            ) : (
              <Messages list={list} endpoints={webhooks.data ?? []} />
            )
          }
        </Answer>
      </section>
      {dialog}
    </Page>
  );
}
