import { useEffect, useId, useRef, useState, type ReactElement } from "react";
import look from "../bench/desk/StopWork.module.css";
import { words as benchWords } from "../bench/words";
import type { Escalation } from "../guideline/model";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { command } from "../keys/entries";
import { usePersonal } from "../privacy/Personal";
import { Kbd } from "../ui/Kbd";
import classes from "./Safety.module.css";
import { words } from "./words";

/** `name` is what people tell a video by. */
export type Choice = { mark: string; name: string };
/** Where several were on the screen: which of them it was. */
type Which = { choices: readonly Choice[]; chosen: string; onChoose(mark: string): void };

type Props = {
  /** What is gone from the screen, and the question what it was. */
  more: string;
  which?: Which | null;
  escalations: readonly Escalation[];
  onLeave(): void;
  onSend(code: string, note: string, impersonal: boolean): void;
};

/** A panicked third Escape must not bring back what was seen (ms). */
const STEADY = 1_200;

/** Nothing of what was seen is here any more: only what it was, and one key to report. */
export function Stopping({ more, which, escalations, onLeave, onSend }: Props): ReactElement {
  const { t, say } = useWords(benchWords);
  const [code, setCode] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const field = useId();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const [steady, setSteady] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSteady(true), STEADY);
    return () => window.clearTimeout(timer);
  }, []);
  const chosen = escalations.find((one) => one.code === code);
  const leave = (): void => {
    if (steady && !chosen) onLeave();
  };
  const personal = usePersonal(note);
  const send = (): void => {
    if (!chosen) return;
    if (chosen.text_fields_disabled) onSend(chosen.code, "", false);
    else if (!personal.open) onSend(chosen.code, note, personal.impersonal);
  };
  useCommands([
    ...escalations.slice(0, 9).map((one, n) => command(`bench.digit${n + 1}`, () => setCode(one.code))),
    command("bench.enter", send),
    command("bench.escape", leave),
  ]);
  return (
    <section className={look.alone} aria-labelledby="stopping">
      <div className={look.stop}>
        <h2 id="stopping" ref={heading} tabIndex={-1}>
          {t("stopTitle")}
        </h2>
        <p>{more}</p>
        {which && <Several which={which} onEnter={send} />}
        <div className={look.choices} role="group" aria-labelledby="stopping">
          {escalations.map((one, n) => (
            <button
              key={one.code}
              type="button"
              aria-pressed={one === chosen}
              onClick={() => setCode(one.code)}
            >
              <Kbd keys={String(n + 1)} />
              <span>{say(one.name)}</span>
            </button>
          ))}
        </div>
        <div className={look.action} aria-live="polite">
          {chosen && <p>{say(chosen.action)}</p>}
          {chosen && <p className={look.within}>{t("stopWithin", { n: chosen.sla_minutes })}</p>}
          {chosen?.text_fields_disabled && <p className={look.within}>{t("stopNoText")}</p>}
          {chosen && !chosen.text_fields_disabled && (
            <>
              <label htmlFor={field}>{t("stopNote")}</label>
              <input
                id={field}
                type="text"
                maxLength={500}
                autoComplete="off"
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && !event.nativeEvent.isComposing) send();
                }}
              />
              {personal.warning}
            </>
          )}
        </div>
        <p className={look.foot}>
          <button type="button" className={look.main} disabled={!chosen} onClick={send}>
            <Kbd keys="Enter" /> {t("stopSend")}
          </button>
          {steady && !chosen && (
            <button type="button" onClick={leave}>
              <Kbd keys="Esc" /> {t("stopBack")}
            </button>
          )}
        </p>
      </div>
    </section>
  );
}

/** Enter reports from here too: a radio button has no use of its own for it. */
function Several({ which, onEnter }: { which: Which; onEnter(): void }): ReactElement {
  const { t } = useWords(words);
  return (
    <fieldset className={classes.which}>
      <legend>{t("which")}</legend>
      {which.choices.map(({ mark, name }) => (
        <label key={mark}>
          <input
            type="radio"
            name="which"
            checked={mark === which.chosen}
            onChange={() => which.onChoose(mark)}
            onKeyDown={(event) => {
              if (event.key === "Enter") onEnter();
            }}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
