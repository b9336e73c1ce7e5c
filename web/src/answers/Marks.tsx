import { useEffect, useState, type ReactElement } from "react";
import type { Words } from "../api/types";
import { useWords } from "../i18n/useWords";
import classes from "./Answers.module.css";
import type { Highlight as Mark } from "./rating";
import { words } from "./words";

type Tag = { code: string; name: Words };
type Stretch = Omit<Mark, "tag"> & { text: string };

type Props = { tags: readonly Tag[]; marks: readonly Mark[]; onChange(marks: Mark[]): void };

/** Tags for stretches of the answer: select the words, then choose the tag. */
export function Marks({ tags, marks, onChange }: Props): ReactElement {
  const { t, say } = useWords(words);
  const stretch = useSelected();
  const name = (code: string): string => {
    const tag = tags.find((one) => one.code === code);
    return tag ? say(tag.name) : code;
  };
  return (
    <div className={classes.marks}>
      <span className={classes.about}>
        {stretch ? t("tagIt", { text: short(stretch.text) }) : t("tagHow")}
      </span>
      {stretch && (
        <div className={classes.tags}>
          {tags.map(({ code }) => (
            <button
              key={code}
              type="button"
              // The selection must outlive the press of the button.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                const { turn, start, end } = stretch;
                onChange([...marks, { turn, start, end, tag: code }]);
                window.getSelection()?.removeAllRanges();
              }}
            >
              {name(code)}
            </button>
          ))}
        </div>
      )}
      <div className={classes.tags}>
        {marks.map((mark) => (
          <button
            key={`${mark.turn} ${mark.start} ${mark.end} ${mark.tag}`}
            type="button"
            aria-label={t("untag", { tag: name(mark.tag) })}
            onClick={() => onChange(marks.filter((one) => one !== mark))}
          >
            {name(mark.tag)} ×
          </button>
        ))}
      </div>
    </div>
  );
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** The words selected within one answer of the machine, or `null`. */
function useSelected(): Stretch | null {
  const [selected, setSelected] = useState<Stretch | null>(null);
  useEffect(() => {
    const read = (): void => setSelected(stretchOf(window.getSelection()));
    document.addEventListener("selectionchange", read);
    return () => document.removeEventListener("selectionchange", read);
  }, []);
  return selected;
}

function stretchOf(selection: Selection | null): Stretch | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const node = range.startContainer;
  const turn = Number(node.parentElement?.dataset["turn"] ?? Number.NaN);
  if (node !== range.endContainer || node.nodeType !== Node.TEXT_NODE || Number.isNaN(turn)) return null;
  const whole = node.textContent ?? "";
  // The server counts characters, a browser halves of some of them.
  const start = characters(whole.slice(0, range.startOffset));
  const text = whole.slice(range.startOffset, range.endOffset);
  return { turn, start, end: start + characters(text), text };
}

const characters = (text: string): number => Array.from(text).length;
