import { Button, Loader } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { ApiProblem, Offline } from "../api/fetch";
import { clockTime } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import classes from "./State.module.css";
import { words } from "./words";

type Tone = "calm" | "danger";
type Props = { title: string; children?: ReactNode; actions?: ReactNode; tone?: Tone };

/** What stands where content would be: nothing yet, nothing left, or why it cannot be shown. */
export function State({ title, children, actions, tone = "calm" }: Props): ReactElement {
  return (
    <div className={classes.state} data-tone={tone} role={tone === "danger" ? "alert" : undefined}>
      <h2>{title}</h2>
      {children}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

export function Loading(): ReactElement {
  const { t } = useWords(words);
  return (
    <div className={classes.loading} role="status">
      <Loader size="sm" aria-hidden />
      <span>{t("loading")}</span>
    </div>
  );
}

type FailedProps = { error: unknown; onRetry?: () => void };

/** Any error as a sentence in the reader's language, with the way to mend it. */
export function Failed({ error, onRetry }: FailedProps): ReactElement {
  const { t, say, language } = useWords(words);
  const again = onRetry && (
    <Button variant="default" onClick={onRetry}>
      {t("tryAgain")}
    </Button>
  );
  if (error instanceof Offline) {
    return (
      <State title={t("offline")} actions={again}>
        <p>{t("offlineMore")}</p>
      </State>
    );
  }
  if (error instanceof ApiProblem) {
    return (
      <State title={say(error.words)} tone="danger" actions={again}>
        {error.mend && <p>{say(error.mend)}</p>}
        {error.retryAt && <p>{t("retryAt", { time: clockTime(error.retryAt, language) })}</p>}
        <p className={classes.code}>{t("code", { code: error.code })}</p>
      </State>
    );
  }
  return (
    <State title={t("failed")} tone="danger" actions={again}>
      <p>{t("failedMore")}</p>
    </State>
  );
}
