import type { Answers, Mark } from "../api/types";
import { decide } from "./decide";
import type { Guideline } from "./model";
import { fits, questions, type Question } from "./walk";

export type ProblemCode =
  | "unanswered"
  | "out-of-range"
  | "never-asked"
  | "span-missing"
  | "reason-missing"
  | "override-reason-missing"
  | "mark-never-asked"
  | "note-never-asked";

/** Something that keeps a judgement from being accepted. */
export type Problem = { readonly code: ProblemCode; readonly question: string };
export type Notes = Readonly<Record<string, string>>;

/** What is missing or wrong; empty when the judgement can be accepted. */
export function check(
  guideline: Guideline,
  answers: Answers,
  marks: readonly Mark[],
  notes: Notes,
): Problem[] {
  const reached = questions(guideline, answers);
  const asked = new Set(reached.map((one) => one.id));
  const given: Given = {
    answers,
    marked: new Set(marks.map((mark) => mark.question)),
    noted: new Set(Object.keys(notes).filter((id) => notes[id]?.trim())),
    overridden: decide(guideline, answers).overridden,
  };
  return [
    ...reached.flatMap((one) => ofQuestion(one, given).map((code) => ({ code, question: one.id }))),
    ...strangers("never-asked", Object.keys(answers), asked),
    ...strangers("mark-never-asked", given.marked, asked),
    ...strangers("note-never-asked", given.noted, asked),
  ];
}

type Given = {
  readonly answers: Answers;
  readonly marked: ReadonlySet<string>;
  readonly noted: ReadonlySet<string>;
  readonly overridden: boolean;
};

function ofQuestion({ id, ...rest }: Question, given: Given): ProblemCode[] {
  const answer = given.answers[id];
  if (answer === undefined) return ["unanswered"];
  if (!fits({ id, ...rest }, answer)) return ["out-of-range"];
  if (id.startsWith("label.") && answer !== 0) {
    const missing: ProblemCode[] = [];
    if (!given.marked.has(id)) missing.push("span-missing");
    if (!given.noted.has(id)) missing.push("reason-missing");
    return missing;
  }
  return id === "verdict" && given.overridden && !given.noted.has(id) ? ["override-reason-missing"] : [];
}

function strangers(code: ProblemCode, ids: Iterable<string>, asked: ReadonlySet<string>): Problem[] {
  return [...ids]
    .filter((id) => !asked.has(id))
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((question) => ({ code, question }));
}
