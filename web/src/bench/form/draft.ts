import type { Answers, Language, Mark, NewJudgement, Task, TraceRun } from "../../api/types";
import { check, prune, questions, verdictProposal, type Guideline } from "../../guideline";
import { inTheWay, saysImpersonal } from "../../privacy/stating";

export type Span = { readonly start: number; readonly end: number };

/** What is asked of a question: the answer itself, where it happens, or one sentence. */
export type Part = "answer" | "span" | "reason";
export type Cursor = { readonly stop: string; readonly part: Part };

/** What was watched of the item so far, and the attention it took. */
export type Watched = { readonly trace: readonly TraceRun[]; readonly seconds: number };

/** One person's unfinished work on one task; kept across reloads, erased by stop-work. */
export type Draft = {
  readonly answers: Answers;
  readonly marks: readonly Mark[];
  readonly notes: Readonly<Record<string, string>>;
  /** Spans marked before a label was opened for them. */
  readonly loose: readonly Span[];
  /** The start of a span whose end is not marked yet. */
  readonly markIn: number | null;
  readonly cursor: Cursor;
  readonly watched: Watched;
  /** Telephone numbers in the notes that their writer stated to be nobody's. */
  readonly stated?: readonly string[];
};

export const FIRST: Cursor = { stop: "assessable", part: "answer" };

export const emptyDraft: Draft = {
  answers: {},
  marks: [],
  notes: {},
  loose: [],
  markIn: null,
  cursor: FIRST,
  watched: { trace: [], seconds: 0 },
};

/** Where a reader begins who looks at their own judgement again: with all of it, at the end. */
export const draftOf = (earlier: NonNullable<Task["earlier"]>): Draft => ({
  ...emptyDraft,
  answers: earlier.answers as Answers,
  marks: earlier.marks,
  notes: earlier.notes,
  cursor: { stop: "submit", part: "answer" },
  watched: { trace: earlier.trace, seconds: earlier.active_seconds },
});

/** Replaces answers and drops whatever was said about questions that are no longer asked. */
export function withAnswers(guideline: Guideline, draft: Draft, answers: Answers): Draft {
  const changed = prune(guideline, { ...draft.answers, ...answers });
  const proposed = verdictProposal(guideline, changed)?.value;
  const kept = "verdict" in answers ? changed : askAgain(guideline, draft, changed, proposed);
  const asked = new Set(questions(guideline, kept).map((one) => one.id));
  const speaks = (id: string): boolean =>
    asked.has(id) && kept[id] !== 0 && (id !== "verdict" || kept[id] !== proposed);
  return {
    ...draft,
    answers: kept,
    marks: draft.marks.filter((mark) => speaks(mark.question)),
    notes: Object.fromEntries(Object.entries(draft.notes).filter(([id]) => speaks(id))),
  };
}

/** A verdict that was taken from the rule falls with it: the new proposal must be seen. */
function askAgain(
  guideline: Guideline,
  draft: Draft,
  changed: Answers,
  proposed: string | undefined,
): Answers {
  const before = verdictProposal(guideline, draft.answers)?.value;
  if (before === proposed || changed["verdict"] !== before) return changed;
  return Object.fromEntries(Object.entries(changed).filter(([id]) => id !== "verdict"));
}

/** Whether a draft can be submitted as it is. */
export const isComplete = (guideline: Guideline, draft: Draft): boolean =>
  check(guideline, draft.answers, draft.marks, draft.notes).length === 0 && personalNotes(draft).length === 0;

/** Questions whose note holds personal data that must go or be stated first. */
export const personalNotes = ({ notes, stated }: Draft): string[] =>
  Object.keys(notes).filter((id) => inTheWay([notes[id] ?? ""], stated ?? []).length > 0);

/** The body that is posted; its key makes posting it twice the same as once. */
export function judgementOf(task: Task, draft: Draft, key: string, language: Language): NewJudgement {
  return {
    key,
    task: task.task,
    lease: task.lease.id,
    guideline: task.guideline,
    answers: draft.answers,
    marks: [...draft.marks],
    notes: Object.fromEntries(
      Object.entries(draft.notes)
        .map(([id, note]) => [id, note.trim()] as const)
        .filter(([, note]) => note !== ""),
    ),
    trace: [...draft.watched.trace],
    active_seconds: Math.round(draft.watched.seconds * 10) / 10,
    language,
    impersonal: saysImpersonal(Object.values(draft.notes), draft.stated ?? []),
  };
}
