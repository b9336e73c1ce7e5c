import type { ReactElement } from "react";
import { clock } from "../bench/player/clock";
import { useWords } from "../i18n/useWords";
import { Details } from "../ui/Details";
import classes from "./Adjudication.module.css";
import type { Work } from "./ruling";
import { rowsOf, type Row } from "./sides";
import { words } from "./words";

/** Both sides, question by question: what differs in view, what is the same folded away. */
export function Sides({ state, onSeek }: { state: Work; onSeek(at: number): void }): ReactElement {
  const { t, language } = useWords(words);
  const { task, guideline } = state;
  const sides = [task.a, task.b, ...(task.disputed ? [task.disputed.ruling] : [])];
  const head = [t("a"), t("b"), ...(task.disputed ? [t("ruling")] : [])];
  const rows = rowsOf(guideline, sides, language);
  const same = rows.filter(({ differs }) => !differs);
  const table = (shown: readonly Row[]): ReactElement => (
    <table className={classes.sides}>
      <thead>
        <tr>
          <th scope="col">{t("question")}</th>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <Line key={row.key} row={row} onSeek={onSeek} />
        ))}
      </tbody>
    </table>
  );
  return (
    <section aria-label={t("sides")} className={classes.answers}>
      {table(rows.filter(({ differs }) => differs))}
      <Details summary={t("same", { count: same.length })}>{table(same)}</Details>
    </section>
  );
}

/** The columns, in their order. */
const LETTERS = ["a", "b", "ruling"];

function Line({ row, onSeek }: { row: Row; onSeek(at: number): void }): ReactElement {
  const { t } = useWords(words);
  return (
    <tr data-differs={row.differs || undefined}>
      <th scope="row">{row.title}</th>
      {row.said.map((said, n) => (
        <td key={LETTERS[n]}>
          {said ?? t("notAsked")}
          {row.marks[n]?.map(({ start, end }) => (
            <button
              key={`${start} ${end}`}
              type="button"
              title={t("seek", { at: clock(start) })}
              onClick={() => onSeek(start)}
            >
              {clock(start)}–{clock(end)}
            </button>
          ))}
          {row.notes[n] && <q>{row.notes[n]}</q>}
        </td>
      ))}
    </tr>
  );
}
