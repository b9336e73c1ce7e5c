import type { Feedback, FeedbackSide, Language } from "../api/types";
import { draftOf } from "../bench/form/draft";
import { linesOf } from "../bench/form/summary";
import type { Guideline } from "../guideline";

/** One question of the comparison; `null` where it was not asked on that side. */
export type Row = {
  readonly title: string;
  readonly own: string | null;
  readonly known: string | null;
  readonly ownMore: string | null;
  readonly knownMore: string | null;
  readonly same: boolean;
};

/** Questions about the judge, not about the video. */
const ABOUT_ONESELF = new Set(["confidence", "edge_case"]);

/** Own and known answers side by side, in the order of the form. */
export function rowsOf(guideline: Guideline, feedback: Feedback, language: Language): Row[] {
  const [own, known] = [feedback.own, feedback.known].map((side) => lines(guideline, side, language));
  const rows: Row[] = [];
  const keys = [...new Set([...(known?.keys() ?? []), ...(own?.keys() ?? [])])];
  for (const key of keys) {
    const [mine, theirs] = [own?.get(key), known?.get(key)];
    const id = (theirs ?? mine)?.stop ?? key;
    rows.push({
      title: (theirs ?? mine)?.title ?? key,
      own: mine?.said ?? null,
      known: theirs?.said ?? null,
      ownMore: mine?.more ?? null,
      knownMore: theirs?.more ?? null,
      same: mine?.said === theirs?.said || (isAbsent(feedback.own, id) && isAbsent(feedback.known, id)),
    });
  }
  return rows;
}

/** A label that was not asked about says the same as one at level 0: it is not there. */
const isAbsent = ({ answers }: FeedbackSide, question: string): boolean =>
  question.startsWith("label.") && (answers[question] ?? 0) === 0;

function lines(guideline: Guideline, side: FeedbackSide, language: Language) {
  const draft = draftOf({ ...side, judgement: "", trace: [], active_seconds: 0 });
  const found = linesOf(guideline, draft, language).filter((line) => !ABOUT_ONESELF.has(line.stop));
  return new Map(found.map((line) => [`${line.stop} ${line.title}`, line]));
}

export type Verdict = "rightVerdict" | "missed" | "overcalled" | "noVerdict";

/** How the own verdict compares: what matters is whether the video fails. */
export function verdictOf({ own, known }: Feedback): Verdict {
  if (own.verdict === null || known.verdict === null) return "noVerdict";
  if (own.fails === known.fails) return "rightVerdict";
  return known.fails ? "missed" : "overcalled";
}

export type Track = { readonly question: string; readonly own: Bar[]; readonly known: Bar[] };
/** A span as shares of the whole length. */
export type Bar = { readonly from: number; readonly width: number };

/** Spans of each question on both sides; the length is that of the last mark where none is known. */
export function tracksOf({ own, known }: Feedback, duration: number): Track[] {
  const every = [...own.marks, ...known.marks];
  const length = Math.max(duration, ...every.map((mark) => mark.end), 0.1);
  const bars = (side: FeedbackSide, question: string): Bar[] =>
    side.marks
      .filter((mark) => mark.question === question)
      .map(({ start, end }) => ({ from: start / length, width: Math.max((end - start) / length, 0.005) }));
  return [...new Set(every.map((mark) => mark.question))].map((question) => ({
    question,
    own: bars(own, question),
    known: bars(known, question),
  }));
}
