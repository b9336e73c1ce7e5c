import { useCallback, useMemo, useRef, type ReactElement, type RefObject, type UIEvent } from "react";
import classes from "./Editor.module.css";

type Props = {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  /** Lines with something wrong, from 1. */
  faulty: readonly number[];
  label: string;
  describedBy: string;
  onChange(text: string): void;
  onCursor(at: number): void;
};

/** A plain text field with line numbers. Everything the browser can do with text works in it. */
export function Lines(props: Props): ReactElement {
  const { field, text, faulty, label, describedBy, onChange, onCursor } = props;
  const gutter = useRef<HTMLDivElement>(null);
  const count = useMemo(() => text.split("\n").length, [text]);
  const numbers = useMemo(() => Array.from({ length: count }, (_, n) => n + 1).join("\n"), [count]);
  const follow = useCallback((event: UIEvent<HTMLTextAreaElement>) => {
    if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
  }, []);
  return (
    <div className={classes.lines}>
      <div ref={gutter} className={classes.gutter} aria-hidden>
        <pre>{numbers}</pre>
        {faulty.map((line) => (
          <span
            key={line}
            className={classes.bad}
            style={{ top: `calc(var(--pad) + ${line - 1} * var(--row))` }}
          >
            {line}
          </span>
        ))}
      </div>
      <textarea
        ref={field}
        className={classes.text}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={faulty.length > 0}
        value={text}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        onScroll={follow}
        onSelect={(event) => onCursor(event.currentTarget.selectionStart)}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          onCursor(event.currentTarget.selectionStart);
        }}
      />
    </div>
  );
}

/** Shows this line and puts the cursor at its start. */
export function showLine(field: HTMLTextAreaElement, start: number, line: number): void {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, start);
  const row = Number.parseFloat(getComputedStyle(field).lineHeight);
  field.scrollTop = Math.max(0, (line - 4) * row);
  field.scrollLeft = 0;
}
