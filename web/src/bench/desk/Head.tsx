import { useEffect, useState, type ReactElement } from "react";
import { clockTime } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Key } from "../../keys/Key";
import { useSession } from "../../session";
import { useBench } from "../context";
import { words } from "../words";
import classes from "./Head.module.css";
import { isLastAct } from "./undo";
import { useOnline } from "./useOnline";

/** One quiet line: what is on screen, whether anything is on its way, and one's own day. */
export function Head({ onRefused }: { onRefused(): void }): ReactElement {
  const { view, item, desk } = useBench();
  const { t } = useWords(words);
  const { day } = view;
  return (
    <header className={classes.head}>
      {item?.task.earlier && (
        <span className={classes.badge} title={t("againMore")}>
          {t("again")}{" "}
          <button type="button" onClick={() => void desk.putBack(item.task)}>
            <Key of="bench.last" /> {t("leaveAsIs")}
          </button>
        </span>
      )}
      {item && (
        <span className={classes.badge} title={t(item.task.blind ? "blindMore" : "assistedMore")}>
          {t(item.task.blind ? "blind" : "assisted")}
        </span>
      )}
      <h1 className={classes.title}>{item ? (item.task.title ?? t("untitled")) : t("title")}</h1>
      <State onRefused={onRefused} />
      {day && (
        <span className={classes.day}>
          {t("today", { n: day.judged })} · {t("waiting", { n: day.waiting })}
        </span>
      )}
    </header>
  );
}

/** The most important thing to know about what was sent; one at a time, always in one place. */
function State({ onRefused }: { onRefused(): void }): ReactElement {
  const { view, desk, item } = useBench();
  const { t } = useWords(words);
  const online = useOnline();
  const now = useNow();
  const { held, supply } = view.bench;
  const refused = view.outbox.filter((entry) => entry.refusal !== null);
  const waiting = view.outbox.filter((entry) => entry.refusal === null && entry.heldUntil <= now);
  const left = held ? Math.ceil((held.until - now) / 1000) : 0;
  const over = item !== null && Date.parse(item.task.lease.until) < now;
  return (
    <span className={classes.state} role="status">
      {held && left > 0 && (
        <button type="button" onClick={() => void desk.callBack()}>
          {t("held", { n: left })} {isLastAct(view.bench) && <Key of="bench.undo" />} {t("heldUndo")}
        </button>
      )}
      {refused.length > 0 && (
        <button type="button" className={classes.warn} onClick={onRefused}>
          {t("refused", { n: refused.length })}: {t("showRefused")}
        </button>
      )}
      {!view.durable && <span className={classes.warn}>{t("notDurable")}</span>}
      {!online || supply === "unreachable" ? (
        <span className={classes.warn} title={t("offlineMore")}>
          {t("offline")}
        </span>
      ) : (
        over && <span className={classes.warn}>{t("leaseOver")}</span>
      )}
      <SessionEnd now={now} />
      {waiting.length > 0 && <span>{t("sending", { n: waiting.length })}</span>}
    </span>
  );
}

/** A session has a hard end; a quarter of an hour before it the bench says when. */
function SessionEnd({ now }: { now: number }): ReactElement | null {
  const { expires_at: until } = useSession();
  const { t, language } = useWords(words);
  if (Date.parse(until) - now > SOON) return null;
  return <span className={classes.warn}>{t("sessionSoon", { time: clockTime(until, language) })}</span>;
}

const SOON = 15 * 60_000;

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}
