import type { ReactElement } from "react";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { Dialog } from "../../ui/Dialog";
import { useBench } from "../context";
import { words } from "../words";
import type { Entry } from "../outbox/entry";
import classes from "./Refused.module.css";
import { RefusedAnswers } from "./RefusedAnswers";

type Props = { opened: boolean; onClose(): void };

/** Records the server would not take: shown whole, kept until their maker decides. */
export function Refused({ opened, onClose }: Props): ReactElement | null {
  const { view } = useBench();
  const { t } = useWords(words);
  const refused = view.outbox.filter((entry) => entry.refusal !== null);
  if (!opened || refused.length === 0) return null;
  return (
    <Dialog title={t("refusedTitle")} onClose={onClose}>
      <Silence />
      <p>{t("refusedMore")}</p>
      {refused.map((entry) => (
        <Record key={entry.key} entry={entry} />
      ))}
    </Dialog>
  );
}

/** Keys of the bench must not answer questions behind a dialog. */
function Silence(): null {
  useCommands([], { exclusive: true });
  return null;
}

function Record({ entry }: { entry: Entry }): ReactElement | null {
  const { desk } = useBench();
  const { t, say } = useWords(words);
  const { refusal, parcel, title } = entry;
  if (!refusal) return null;
  return (
    <section className={classes.record}>
      <h3>{parcel.kind === "stop-work" ? t("stopWorkReport") : (title ?? t("untitled"))}</h3>
      <p>
        {say(refusal.words)} {refusal.mend && say(refusal.mend)} <code>{refusal.code}</code>
      </p>
      {parcel.kind === "judgement" && <RefusedAnswers body={parcel.body} />}
      <p className={classes.acts}>
        <button type="button" onClick={() => desk.retry(entry.key)}>
          {t("retry")}
        </button>
        <button type="button" onClick={() => desk.putAway(entry.key)}>
          {t("putAway")}
        </button>
      </p>
    </section>
  );
}
