import type { Answer, Answers } from "../../api/types";
import {
  audienceProposal,
  check,
  isAnswered,
  questions,
  verdictProposal,
  type Guideline,
  type Option,
  type Proposal,
  type Question,
} from "../../guideline";
import { personalNotes, type Cursor, type Draft, type Part } from "./draft";

/**
 * One stop of the form: a question, the yes/no questions of all families at once, or the end.
 * Stops are what the cursor walks over; questions are what is stored.
 */
export type Stop = {
  readonly id: string;
  readonly step: string;
  readonly kind: "one" | "many" | "families" | "submit";
  readonly questions: readonly Question[];
};

export const SUBMIT = "submit";
export const FAMILIES = "families";

/** Every stop that these answers reach, in the order of the flow, the end last. */
export function stops(guideline: Guideline, answers: Answers): Stop[] {
  const found: Stop[] = [];
  for (const question of questions(guideline, answers)) {
    const last = found.at(-1);
    if (question.kind === "yes-no" && last?.kind === "families") {
      found[found.length - 1] = { ...last, questions: [...last.questions, question] };
    } else found.push(stopOf(question));
  }
  return [...found, { id: SUBMIT, step: SUBMIT, kind: "submit", questions: [] }];
}

function stopOf(question: Question): Stop {
  const kind = question.kind === "yes-no" ? "families" : question.kind === "many" ? "many" : "one";
  const id = kind === "families" ? FAMILIES : question.id;
  return { id, step: question.step, kind, questions: [question] };
}

/** The stop in view. A cursor whose stop is gone stands at the first one still open. */
export function stopAt(guideline: Guideline, draft: Draft): Stop {
  const all = stops(guideline, draft.answers);
  const here = all.find((one) => one.id === draft.cursor.stop);
  return here ?? all.find((one) => !one.questions.every((each) => isAnswered(each, draft.answers))) ?? end;
}

const end: Stop = { id: SUBMIT, step: SUBMIT, kind: "submit", questions: [] };

export type Choice = { readonly digit: number | null; readonly option: Option };

/** Which digit gives which answer. Levels are their own digits, "none" is 0, all else counts from 1. */
export function choices(stop: Stop, page = 0): Choice[] {
  const first = stop.questions[0];
  if (!first) return [];
  if (stop.kind === "families") {
    return stop.questions.map((one, n) => ({ digit: digit(n + 1), option: one.entity }));
  }
  if (first.kind === "level") {
    return first.options.map((option) => ({ digit: typeof option === "number" ? option : null, option }));
  }
  const some = first.options.filter((option) => option !== null);
  const listed = some.map((option, n) => ({ digit: digit(n + 1 - page * PAGE), option }));
  return some.length === first.options.length ? listed : [{ digit: 0, option: null }, ...listed];
}

/** A list longer than the digits is turned over with 0. */
const PAGE = 9;
export const pages = (stop: Stop): number => {
  const options = stop.kind === "one" ? (stop.questions[0]?.options ?? []) : [];
  return options.includes(null) ? 1 : Math.max(1, Math.ceil(options.length / PAGE));
};

const digit = (n: number): number | null => (n >= 1 && n <= PAGE ? n : null);

/** The audience or the verdict that the rules suggest at this stop. */
export function proposal(guideline: Guideline, answers: Answers, stop: string): Proposal | null {
  if (stop === "verdict") return verdictProposal(guideline, answers);
  const factors = answers["audience.factors"];
  return stop === "audience" && Array.isArray(factors) ? audienceProposal(guideline, factors) : null;
}

/** Where the next key belongs after `from`: the first open stop behind it, else before it, else the end. */
export function onward(guideline: Guideline, draft: Draft, from: string): Cursor {
  const all = stops(guideline, draft.answers);
  const here = all.findIndex((one) => one.id === from);
  const inTurn = [...all.slice(here + 1, -1), ...all.slice(0, here + 1)];
  const open = openParts(guideline, draft);
  for (const stop of inTurn) {
    const part = stop.questions.map((one) => open.get(one.id)).find((one) => one !== undefined);
    if (part) return { stop: stop.id, part };
  }
  return { stop: SUBMIT, part: "answer" };
}

/** The first place that keeps the draft from being submitted, if there is one. */
export function firstOpen(guideline: Guideline, draft: Draft): Cursor | null {
  const cursor = onward(guideline, draft, SUBMIT);
  return cursor.stop === SUBMIT ? null : cursor;
}

/** Question id → the part of it that is still missing. */
export function openParts(guideline: Guideline, draft: Draft): Map<string, Part> {
  const open = new Map<string, Part>();
  for (const { code, question } of check(guideline, draft.answers, draft.marks, draft.notes)) {
    const part =
      code === "span-missing" ? "span" : code.endsWith("reason-missing") ? "reason" : ("answer" as const);
    if (!open.has(question)) open.set(question, part);
  }
  for (const question of personalNotes(draft)) if (!open.has(question)) open.set(question, "reason");
  return open;
}

/** Whether an answer to this question leaves something more to say, and what. */
export function partsOf(guideline: Guideline, draft: Draft, question: Question): Part[] {
  const answer: Answer | undefined = draft.answers[question.id];
  if (question.id.startsWith("label.") && typeof answer === "number" && answer > 0) {
    return ["answer", "span", "reason"];
  }
  if (question.id === "edge_case" && typeof answer === "string") return ["answer", "reason"];
  const proposed = question.id === "verdict" ? proposal(guideline, draft.answers, "verdict") : null;
  const overridden = proposed !== null && typeof answer === "string" && answer !== proposed.value;
  return overridden ? ["answer", "reason"] : ["answer"];
}
