import { useEffect, useId, useRef, type KeyboardEvent, type ReactElement } from "react";
import { useWords } from "../../i18n/useWords";
import { Personal } from "../../privacy/Personal";
import { useForm } from "../context";
import { words } from "../words";
import classes from "./Parts.module.css";
import type { Stop } from "./stops";

/** One sentence, typed. Enter ends typing and goes on; keys of the bench sleep meanwhile. */
export function Reason({ stop }: { stop: Stop }): ReactElement | null {
  const { item, desk, enter } = useForm();
  const { t } = useWords(words);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  if (!item) return null;
  const text = item.draft.notes[stop.id] ?? "";
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") enter();
    else if (event.key === "Backspace" && text === "") desk.dispatch({ type: "back" });
    else return;
    event.preventDefault();
  };
  const title =
    stop.id === "verdict" ? "overrideTitle" : stop.id === "edge_case" ? "remarkTitle" : "reasonTitle";
  return (
    <div className={classes.part}>
      <label htmlFor={id}>{t(title)}</label>
      <input
        ref={field}
        id={id}
        type="text"
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) =>
          desk.dispatch({ type: "write", question: stop.id, text: event.currentTarget.value })
        }
        onKeyDown={onKeyDown}
      />
      <Personal
        texts={[text]}
        stated={item.draft.stated ?? []}
        onState={(numbers) => {
          desk.dispatch({ type: "state", numbers });
          field.current?.focus({ preventScroll: true });
        }}
      />
    </div>
  );
}
