import type { Answer, Answers } from "../api/types";
import type { Guideline, Section } from "./model";

export type Kind = "choice" | "language" | "many" | "age" | "yes-no" | "level";
export type Option = string | number | boolean | null;

/**
 * One thing to answer. `id` is its key in the answers, `step` the step of the flow it belongs to,
 * `options` what the screen offers, `entity` the family, label or strength whose texts belong to it.
 */
export type Question = {
  readonly id: string;
  readonly step: string;
  readonly kind: Kind;
  readonly options: readonly Option[];
  readonly entity: string | null;
};

export const YES = "yes";
const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** Every question that these answers reach, in the order of the flow. */
export function questions(guideline: Guideline, answers: Answers): Question[] {
  const open = answers["assessable"] === YES;
  return guideline.flow
    .filter((step) => open || step.uses === "assessability")
    .flatMap((step) => asks[step.uses](guideline, step.step, answers));
}

/** The first reached question without a usable answer, or `null` when all are answered. */
export function nextQuestion(guideline: Guideline, answers: Answers): Question | null {
  return questions(guideline, answers).find((one) => !isAnswered(one, answers)) ?? null;
}

export function isAnswered(question: Question, answers: Answers): boolean {
  const answer = answers[question.id];
  return answer !== undefined && fits(question, answer);
}

/** The answers without those to questions that are (no longer) asked. */
export function prune(guideline: Guideline, answers: Answers): Answers {
  const reached = new Set(questions(guideline, answers).map((one) => one.id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => reached.has(id)));
}

/** Whether this is an answer the question can have. */
export function fits(question: Question, answer: Answer): boolean {
  switch (question.kind) {
    case "many":
      return (
        Array.isArray(answer) &&
        answer.every((one) => question.options.includes(one)) &&
        new Set(answer).size === answer.length
      );
    case "age": {
      const oldest = Math.max(...question.options.filter((age) => typeof age === "number"));
      return typeof answer === "number" && Number.isInteger(answer) && answer >= 0 && answer <= oldest;
    }
    case "language":
      return typeof answer === "string" && languageTag.test(answer);
    default:
      return !Array.isArray(answer) && question.options.includes(answer);
  }
}

type Asks = (guideline: Guideline, step: string, answers: Answers) => Question[];

const ask = (
  id: string,
  step: string,
  kind: Kind,
  options: readonly Option[],
  entity: string | null = null,
): Question => ({ id, step, kind, options, entity });

const codes = (list: readonly { readonly code: string }[]): string[] => list.map((one) => one.code);
const levels = (list: readonly { readonly level: number }[]): number[] => list.map((one) => one.level);

const asks: Record<Section, Asks> = {
  escalations: () => [],
  assessability: ({ assessability }, step, answers) => {
    const given = assessability.codes.find((one) => one.code === answers["assessable"]);
    const first = ask("assessable", step, "choice", [YES, ...codes(assessability.codes)]);
    const language = ask("assessable.language", step, "language", codes(assessability.languages));
    return given?.ask_language ? [first, language] : [first];
  },
  audience: ({ audience }, step) => [
    ask("audience.factors", step, "many", codes(audience.factors)),
    ask("audience", step, "choice", codes(audience.values)),
  ],
  age_bands: ({ age_bands }, step) => [
    ask(
      "min_age",
      step,
      "age",
      age_bands.map((band) => band.from),
    ),
  ],
  families: ({ families }, step) =>
    families.map((family) => ask(`family.${family.code}`, step, "yes-no", [true, false], family.code)),
  labels: ({ flow, labels }, step, answers) =>
    labels
      .filter((label) => answers[`family.${label.family}`] === true)
      .filter(() => flow.some((one) => one.uses === "families"))
      .map((label) => ask(`label.${label.code}`, step, "level", [0, ...levels(label.severity)], label.code)),
  high_quality: ({ high_quality, strength_scale }, step) =>
    high_quality.map((one) => ask(`strength.${one.code}`, step, "level", levels(strength_scale), one.code)),
  verdict: ({ verdict }, step) => [ask("verdict", step, "choice", codes(verdict.values))],
  confidence_scale: ({ confidence_scale }, step) => [
    ask("confidence", step, "level", levels(confidence_scale)),
  ],
  casebook: ({ casebook }, step) => [
    ask("edge_case", step, "choice", [null, ...codes(casebook.edge_case_types)]),
  ],
};
