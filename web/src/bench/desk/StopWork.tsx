import { useEffect, useId, useRef, type KeyboardEvent, type ReactElement } from "react";
import type { Escalation } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { Personal } from "../../privacy/Personal";
import { Kbd } from "../../ui/Kbd";
import { useBench } from "../context";
import { words } from "../words";
import classes from "./StopWork.module.css";

/** Nothing of the video is here any more: only what it was, in the guideline's words, and one key to report. */
export function StopWork(): ReactElement | null {
  const { view, desk, enter } = useBench();
  const { t, say } = useWords(words);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { stopped, queue } = view.bench;
  if (!stopped) return null;
  const item = queue.find(({ task }) => task.task === stopped.task);
  const escalations = item?.guideline.escalations ?? [];
  const chosen = escalations.find((one) => one.code === stopped.choice);
  return (
    <section className={classes.stop} aria-labelledby="stop-title">
      <h2 id="stop-title" ref={heading} tabIndex={-1}>
        {t("stopTitle")}
      </h2>
      <p>{escalations.length > 0 ? t("stopMore") : t("stopWaiting")}</p>
      <div className={classes.choices} role="group" aria-labelledby="stop-title">
        {escalations.map((one, n) => (
          <button
            key={one.code}
            type="button"
            aria-pressed={one === chosen}
            onClick={() => desk.dispatch({ type: "digit", digit: n + 1 })}
          >
            <Kbd keys={String(n + 1)} />
            <span>{say(one.name)}</span>
          </button>
        ))}
      </div>
      <div className={classes.action} aria-live="polite">
        {chosen && <Action key={chosen.code} chosen={chosen} />}
      </div>
      <p className={classes.foot}>
        <button type="button" className={classes.main} disabled={!chosen} onClick={enter}>
          <Kbd keys="Enter" /> {t("stopSend")}
        </button>
        {!chosen && (
          <button type="button" onClick={() => desk.dispatch({ type: "escape", now: Date.now() })}>
            <Kbd keys="Esc" /> {t("stopBack")}
          </button>
        )}
      </p>
    </section>
  );
}

function Action({ chosen }: { chosen: Escalation }): ReactElement {
  const { view, desk, enter } = useBench();
  const { t, say } = useWords(words);
  const id = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.key !== "Enter") return;
    event.preventDefault();
    enter();
  };
  return (
    <>
      <p>{say(chosen.action)}</p>
      <p className={classes.within}>{t("stopWithin", { n: chosen.sla_minutes })}</p>
      {chosen.text_fields_disabled ? (
        <p className={classes.within}>{t("stopNoText")}</p>
      ) : (
        <>
          <label htmlFor={id}>{t("stopNote")}</label>
          <input
            id={id}
            type="text"
            maxLength={500}
            autoComplete="off"
            value={view.bench.stopped?.note ?? ""}
            onChange={(event) => desk.dispatch({ type: "stop-note", text: event.currentTarget.value })}
            onKeyDown={onKeyDown}
          />
          <Personal
            texts={[view.bench.stopped?.note ?? ""]}
            stated={view.bench.stopped?.stated ?? []}
            onState={(numbers) => desk.dispatch({ type: "stop-state", numbers })}
          />
        </>
      )}
    </>
  );
}
