import { useEffect, useState, type ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import { Key } from "../keys/Key";
import classes from "./Answers.module.css";
import { waiting, type AnswerDesk } from "./useAnswerDesk";
import { words } from "./words";

/** What was submitted and is not with the server yet: held, waiting, or refused. */
export function OnItsWay({ desk }: { desk: AnswerDesk }): ReactElement {
  const { t, say } = useWords(words);
  const now = useNow();
  const { held, outbox } = desk;
  const left = held ? Math.ceil((held.until - now) / 1000) : 0;
  const late = waiting(outbox, now);
  return (
    <div className={classes.way} role="status">
      {held && left > 0 && (
        <button type="button" onClick={() => void desk.callBack()}>
          {t("held", { n: left })} <Key of="bench.undo" /> {t("heldUndo")}
        </button>
      )}
      {late > 0 && <span>{t("sending", { n: late })}</span>}
      {outbox.map(
        ({ key, refusal }) =>
          refusal && (
            <span key={key} className={classes.refused}>
              {say(refusal.words)}{" "}
              <button type="button" onClick={() => desk.retry(key)}>
                {t("again")}
              </button>{" "}
              <button type="button" onClick={() => desk.putAway(key)}>
                {t("putAway")}
              </button>
            </span>
          ),
      )}
    </div>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}
