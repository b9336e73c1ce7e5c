import type { Draft, Span } from "../../bench/form/draft";
import { stopAt } from "../../bench/form/stops";
import type { Guideline } from "../../guideline";

/** Half of the span, in seconds, that stands for "here" where nothing was marked. */
const AROUND = 1;

/** The question in view, where it is one; the last question asks for edge cases and is not about itself. */
export function questionOf(guideline: Guideline, draft: Draft): string | null {
  const stop = stopAt(guideline, draft);
  const only = stop.questions.length === 1 ? stop.questions[0] : undefined;
  return only && only.id !== "edge_case" ? only.id : null;
}

/** The span that goes along: the one marked last for the question in view, else the last marked, else here. */
export function offered(draft: Draft, at: number, duration: number): Span | null {
  const own = draft.marks.filter((mark) => mark.question === draft.cursor.stop);
  const found = own.at(-1) ?? draft.loose.at(-1) ?? draft.marks.at(-1);
  if (found) return { start: found.start, end: found.end };
  const start = Math.max(0, at - AROUND);
  const end = Math.min(duration, at + AROUND);
  return end > start ? { start: round(start), end: round(end) } : null;
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
