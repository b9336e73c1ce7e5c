import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import { words as uiWords } from "../ui/words";
import type { MadeSecret } from "./queries";
import classes from "./Webhooks.module.css";
import { words } from "./words";

/** The one time a secret is seen. */
export function Secret({ made, onDone }: { made: MadeSecret; onDone(): void }): ReactElement {
  const { t } = useWords(words);
  const { t: ui } = useWords(uiWords);
  const clipboard = useClipboard({ timeout: 3_000 });
  return (
    <section className={classes.secret} aria-labelledby="secret" role="status">
      <h2 id="secret">{t("secretOf", { host: made.host })}</h2>
      <p>{t("secretMore")}</p>
      <code>{made.secret}</code>
      <div className={classes.actions}>
        <Button onClick={() => clipboard.copy(made.secret)}>
          {clipboard.copied ? ui("copied") : ui("copy")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("done")}
        </Button>
      </div>
    </section>
  );
}
