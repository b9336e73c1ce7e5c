import type { Answer, Answers } from "../../api/types";
import { isAnswered, type Guideline, type Option, type Question } from "../../guideline";
import { personalNotes, withAnswers, type Cursor, type Draft, type Part } from "./draft";
import { choices, onward, openParts, partsOf, proposal, stopAt, stops, SUBMIT, type Stop } from "./stops";

/** Why a key could not do anything; the screen says it in words. */
export type Nudge =
  | "not-a-choice"
  | "choose-first"
  | "none-is-zero"
  | "mark-first"
  | "reason-first"
  | "personal-first"
  | "start-first"
  | "not-yet"
  | "first-already";

/** The draft after a key, and a word to the reader when the key had nothing to do. */
export type Turn = { readonly draft: Draft; readonly nudge: Nudge | null };

const done = (draft: Draft): Turn => ({ draft, nudge: null });
const nudged = (draft: Draft, nudge: Nudge): Turn => ({ draft, nudge });
const at = (draft: Draft, stop: string, part: Part = "answer"): Draft => ({
  ...draft,
  cursor: { stop, part },
});

/** A digit answers the question in view; it never seeks. */
export function pressDigit(guideline: Guideline, draft: Draft, digit: number, page: number): Turn {
  const stop = stopAt(guideline, draft);
  if (stop.kind === "families" && digit === 0) return noFamilies(guideline, draft, stop);
  const choice = choices(stop, page).find((one) => one.digit === digit);
  return choice ? choose(guideline, draft, stop.id, choice.option) : nudged(draft, "not-a-choice");
}

/** An option was taken, by digit or by click. Ticks stay at their stop; an answer moves on. */
export function choose(guideline: Guideline, draft: Draft, stopId: string, option: Option): Turn {
  const stop = stops(guideline, draft.answers).find((one) => one.id === stopId);
  const question = stop?.questions[0];
  if (!stop || !question) return nudged(draft, "not-a-choice");
  if (stop.kind !== "one") return done(at(tick(guideline, draft, stop, option), stop.id));
  const answered = withAnswers(guideline, draft, { [question.id]: option });
  return done({ ...answered, cursor: after(guideline, answered, stop.id, "answer") });
}

/** Enter keeps or accepts what is shown, and goes on. */
export function pressEnter(guideline: Guideline, draft: Draft): Turn {
  const stop = stopAt(guideline, draft);
  if (draft.cursor.part !== "answer") return leavePart(guideline, draft, stop);
  if (stop.kind === "families") return settleFamilies(guideline, draft, stop);
  const question = stop.questions[0];
  if (!question) return nudged(draft, "not-yet");
  const taken = accept(guideline, draft, question);
  if (!taken) return nudged(draft, "choose-first");
  return done({ ...taken, cursor: after(guideline, taken, stop.id, "answer") });
}

/** One step back; answers stay until they are changed. */
export function stepBack(guideline: Guideline, draft: Draft): Turn {
  const { stop, part } = draft.cursor;
  const question = stopAt(guideline, draft).questions[0];
  const parts = question ? partsOf(guideline, draft, question) : [];
  const earlier = parts[parts.indexOf(part) - 1];
  if (earlier) return done(at(draft, stop, earlier));
  const all = stops(guideline, draft.answers);
  const before = all[all.findIndex((one) => one.id === stopAt(guideline, draft).id) - 1];
  return before ? done(at(draft, before.id)) : nudged(draft, "first-already");
}

/** Look at any reached stop again. */
export function goTo(guideline: Guideline, draft: Draft, stop: string): Turn {
  const reached = stops(guideline, draft.answers).some((one) => one.id === stop);
  return reached ? done(at(draft, stop)) : nudged(draft, "not-yet");
}

export function write(draft: Draft, question: string, text: string): Turn {
  return done({ ...draft, notes: { ...draft.notes, [question]: text } });
}

/** The writer says that these telephone numbers are nobody's. */
export function state(draft: Draft, numbers: readonly string[]): Draft {
  return { ...draft, stated: numbers };
}

function tick(guideline: Guideline, draft: Draft, stop: Stop, option: Option): Draft {
  if (stop.kind === "families") {
    const id = stop.questions.find((one) => one.entity === option)?.id;
    return id ? withAnswers(guideline, draft, { [id]: draft.answers[id] !== true }) : draft;
  }
  const id = stop.questions[0]?.id ?? "";
  const code = String(option);
  const ticked = listed(draft.answers[id]);
  const next = ticked.includes(code) ? ticked.filter((one) => one !== code) : [...ticked, code];
  return withAnswers(guideline, draft, { [id]: next });
}

function noFamilies(guideline: Guideline, draft: Draft, stop: Stop): Turn {
  const none = withAnswers(guideline, draft, allOf(stop.questions, false));
  return done({ ...none, cursor: onward(guideline, none, stop.id) });
}

function settleFamilies(guideline: Guideline, draft: Draft, stop: Stop): Turn {
  const open = stop.questions.filter((one) => !isAnswered(one, draft.answers));
  const ticked = stop.questions.some((one) => draft.answers[one.id] === true);
  if (open.length > 0 && !ticked) return nudged(draft, "none-is-zero");
  const settled = withAnswers(guideline, draft, allOf(open, false));
  return done({ ...settled, cursor: onward(guideline, settled, stop.id) });
}

/** What Enter takes where nothing was chosen: the proposal, no ticks, no edge case, no more strengths. */
function accept(guideline: Guideline, draft: Draft, question: Question): Draft | null {
  const { answers } = draft;
  if (isAnswered(question, answers)) return draft;
  if (question.kind === "many") return withAnswers(guideline, draft, { [question.id]: [] });
  if (question.id === "edge_case") return withAnswers(guideline, draft, { edge_case: null });
  if (question.id.startsWith("strength.")) return noMoreStrengths(guideline, draft);
  const proposed = proposal(guideline, answers, question.id);
  return proposed ? withAnswers(guideline, draft, { [question.id]: proposed.value }) : null;
}

function noMoreStrengths(guideline: Guideline, draft: Draft): Draft {
  const rest = stops(guideline, draft.answers)
    .flatMap((one) => one.questions)
    .filter((one) => one.id.startsWith("strength.") && !isAnswered(one, draft.answers));
  return withAnswers(guideline, draft, allOf(rest, 0));
}

function leavePart(guideline: Guideline, draft: Draft, stop: Stop): Turn {
  const { part } = draft.cursor;
  const question = stop.questions[0];
  if (!question) return done(at(draft, SUBMIT));
  const ready = part === "span" ? useLoose(draft, question.id) : draft;
  if (part === openParts(guideline, ready).get(question.id)) {
    const personal = personalNotes(ready).includes(question.id);
    return nudged(draft, part === "span" ? "mark-first" : personal ? "personal-first" : "reason-first");
  }
  return done({ ...ready, cursor: after(guideline, ready, stop.id, part) });
}

/** A span marked while watching is offered to the first label that needs one. */
function useLoose(draft: Draft, question: string): Draft {
  const span = draft.loose.at(-1);
  if (!span || draft.marks.some((mark) => mark.question === question)) return draft;
  return { ...draft, loose: draft.loose.slice(0, -1), marks: [...draft.marks, { question, ...span }] };
}

function after(guideline: Guideline, draft: Draft, stop: string, part: Part): Cursor {
  const question = stops(guideline, draft.answers).find((one) => one.id === stop)?.questions[0];
  const parts = question ? partsOf(guideline, draft, question) : [];
  const next = parts[parts.indexOf(part) + 1];
  return next ? { stop, part: next } : onward(guideline, draft, stop);
}

const listed = (answer: Answer | undefined): string[] => (Array.isArray(answer) ? answer : []);
const allOf = (list: readonly Question[], answer: Answer): Answers =>
  Object.fromEntries(list.map((one) => [one.id, answer]));
