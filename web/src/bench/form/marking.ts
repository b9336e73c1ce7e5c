import type { Turn } from "./answering";
import type { Draft, Span } from "./draft";

/** The shortest span worth looping, in seconds. */
const SHORTEST = 0.3;

/** `I`: a span starts here. */
export const markIn = (draft: Draft, at: number): Turn => ({
  draft: { ...draft, markIn: round(at) },
  nudge: null,
});

/**
 * `O`: it ends here. The span belongs to the label in view if it was found there; otherwise it waits,
 * and is offered to the next label that needs one.
 */
export function markOut(draft: Draft, at: number, duration: number): Turn & { span: Span | null } {
  if (draft.markIn === null) return { draft, nudge: "start-first", span: null };
  const span = spanOf(draft.markIn, round(at), duration);
  const { stop } = draft.cursor;
  const level = draft.answers[stop];
  const marked = { ...draft, markIn: null };
  if (stop.startsWith("label.") && typeof level === "number" && level > 0) {
    return { draft: { ...marked, marks: [...draft.marks, { question: stop, ...span }] }, nudge: null, span };
  }
  return { draft: { ...marked, loose: [...draft.loose, span] }, nudge: null, span };
}

/** Take a span away again: one of a question, or one that waits. */
export function unmark(draft: Draft, question: string | null, span: Span): Draft {
  const other = (one: Span): boolean => one.start !== span.start || one.end !== span.end;
  if (question === null) return { ...draft, loose: draft.loose.filter(other) };
  return { ...draft, marks: draft.marks.filter((one) => one.question !== question || other(one)) };
}

function spanOf(from: number, to: number, duration: number): Span {
  const [start, end] = from <= to ? [from, to] : [to, from];
  const longEnough = Math.max(end, Math.min(duration, start + SHORTEST));
  return { start: Math.max(0, Math.min(start, longEnough - SHORTEST)), end: round(longEnough) };
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
