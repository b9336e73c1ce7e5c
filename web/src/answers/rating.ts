import type { AnswerTask, NewAnswerJudgement, Words } from "../api/types";
import type { AgeRange, Escalation } from "../guideline/model";

/** The part of the guideline that machine answers are judged by. */
export type Yardstick = {
  response_kinds: { code: string; name: Words }[];
  critical_fails: { code: string; text: Words }[];
  span_tags: { code: string; name: Words }[];
  dimensions: { code: string; name: Words; anchors: { level: number; text: Words }[] }[];
  pairwise: { choices: { code: string; name: Words }[]; deciding_dimension_required: boolean };
};

/** What the screen needs of the guideline. */
export type Rubric = {
  ai_response: Yardstick;
  age_bands: readonly AgeRange[];
  escalations: readonly Escalation[];
};

type Rating = Extract<NewAnswerJudgement["said"], { kind: "rating" }>;
export type Highlight = Rating["highlights"][number];

export type Part = "kind" | "fails" | "score" | "choice" | "dimension";
export type Option = { value: string; text: Words };
/** One question of the form; `turn` is the place of the answer in the dialogue. */
export type Step = {
  id: string;
  part: Part;
  turn: number;
  dimension?: string;
  title?: Words;
  options: Option[];
};

/** What was chosen at each step (codes; several only for critical fails), and the step at hand. */
export type Draft = { chosen: Readonly<Record<string, readonly string[]>>; at: number };

export const blank: Draft = { chosen: {}, at: 0 };

/** All that was said of a task so far. */
export type Work = { readonly draft: Draft; readonly text: string; readonly marks: readonly Highlight[] };
export const beginning: Work = { draft: blank, text: "", marks: [] };
export const isUntouched = ({ draft, text, marks }: Work): boolean =>
  draft.at === 0 && Object.keys(draft.chosen).length === 0 && text === "" && marks.length === 0;
const even = new Set(["same", "both_bad"]);

export function stepsOf(task: AnswerTask, yardstick: Yardstick, draft: Draft): Step[] {
  return task.kind === "pair" ? compared(yardstick, draft) : rated(task, yardstick);
}

function rated(task: AnswerTask, yardstick: Yardstick): Step[] {
  const kinds = yardstick.response_kinds.map(({ code, name }) => ({ value: code, text: name }));
  const fails = yardstick.critical_fails.map(({ code, text }) => ({ value: code, text }));
  return spoken(task).flatMap((turn) => [
    { id: `${turn}.kind`, part: "kind" as const, turn, options: kinds },
    { id: `${turn}.fails`, part: "fails" as const, turn, options: fails },
    ...yardstick.dimensions.map(({ code, name, anchors }) => ({
      id: `${turn}.${code}`,
      part: "score" as const,
      turn,
      dimension: code,
      title: name,
      options: anchors.map(({ level, text }) => ({ value: String(level), text })),
    })),
  ]);
}

function compared(yardstick: Yardstick, draft: Draft): Step[] {
  const choices = yardstick.pairwise.choices.map(({ code, name }) => ({ value: code, text: name }));
  const choice: Step = { id: "choice", part: "choice", turn: 0, options: choices };
  const made = draft.chosen["choice"]?.[0];
  if (!yardstick.pairwise.deciding_dimension_required || (made !== undefined && even.has(made)))
    return [choice];
  const dimensions = yardstick.dimensions.map(({ code, name }) => ({ value: code, text: name }));
  return [choice, { id: "dimension", part: "dimension", turn: 0, options: dimensions }];
}

/** The machine's turns of a dialogue. */
export const spoken = (task: AnswerTask): number[] =>
  task.first.flatMap(({ role }, at) => (role === "assistant" ? [at] : []));

/** Choose by number from 1. One choice goes on by itself; critical fails are ticked on and off. */
export function press(draft: Draft, steps: readonly Step[], digit: number): Draft {
  const step = steps[draft.at];
  const option = step?.options[digit - 1];
  if (!step || !option) return draft;
  const before = draft.chosen[step.id] ?? [];
  if (step.part !== "fails") {
    return { chosen: { ...draft.chosen, [step.id]: [option.value] }, at: draft.at + 1 };
  }
  const ticked = before.includes(option.value);
  const after = ticked ? before.filter((one) => one !== option.value) : [...before, option.value];
  return { ...draft, chosen: { ...draft.chosen, [step.id]: after } };
}

export const back = (draft: Draft): Draft => ({ ...draft, at: Math.max(0, draft.at - 1) });

export const goTo = (draft: Draft, at: number): Draft => ({ ...draft, at });

/** Go on where the step may be left as it is. */
export function forward(draft: Draft, steps: readonly Step[]): Draft {
  const step = steps[draft.at];
  if (!step || (step.part !== "fails" && !draft.chosen[step.id])) return draft;
  return { ...draft, at: draft.at + 1 };
}

export const isComplete = (draft: Draft, steps: readonly Step[]): boolean =>
  steps.every(({ id, part }) => part === "fails" || (draft.chosen[id]?.length ?? 0) > 0);

/** What is sent: only complete drafts may be asked for it. */
export function said(
  task: AnswerTask,
  steps: readonly Step[],
  draft: Draft,
  text: string,
  highlights: readonly Highlight[] = [],
): NewAnswerJudgement["said"] {
  const one = (id: string): string => draft.chosen[id]?.[0] ?? "";
  if (task.kind === "pair") {
    const dimension = steps.some(({ id }) => id === "dimension") ? one("dimension") : null;
    return { kind: "pair", choice: one("choice"), dimension, reason: text };
  }
  const turns = spoken(task).map((turn) => ({
    turn,
    kind: one(`${turn}.kind`),
    fails: [...(draft.chosen[`${turn}.fails`] ?? [])],
    scores: Object.fromEntries(
      steps.flatMap((step) =>
        step.turn === turn && step.dimension ? [[step.dimension, Number(one(step.id))] as const] : [],
      ),
    ),
  }));
  return { kind: "rating", turns, highlights: [...highlights], better: text };
}
