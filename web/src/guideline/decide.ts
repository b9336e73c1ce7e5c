import type { Answer, Answers } from "../api/types";
import { readAge, type AgeReading } from "./ages";
import type { Count, Guideline } from "./model";
import { fits, questions, YES } from "./walk";

/** What a rule suggests (`value`, a code) and which rule it was (`rule`, its code). */
export type Proposal = { readonly value: string; readonly rule: string };

/** What a set of answers comes to; `null` wherever there is no usable answer. */
export type Decision = {
  readonly assessable: boolean;
  readonly na_code: string | null;
  readonly language: string | null;
  readonly audience: string | null;
  readonly audience_proposed: string | null;
  readonly audience_rule: string | null;
  readonly min_age: number | null;
  readonly labels: Readonly<Record<string, number>>;
  readonly strengths: Readonly<Record<string, number>>;
  readonly verdict: string | null;
  readonly verdict_proposed: string | null;
  readonly rule: string | null;
  readonly overridden: boolean;
  readonly confidence: number | null;
  readonly edge_case: string | null;
  readonly ages: Readonly<Record<string, AgeReading>>;
};

/** The decision these answers lead to. Answers that do not fit, or were never asked for, count as absent. */
export function decide(guideline: Guideline, answers: Answers): Decision {
  const usable = usableAnswers(guideline, answers);
  const assessable = usable["assessable"] === YES;
  const factors = usable["audience.factors"];
  const audience = Array.isArray(factors) ? audienceProposal(guideline, factors) : null;
  const verdict = verdictProposal(guideline, answers);
  const given = text(usable["verdict"]);
  const minAge = whole(usable["min_age"]);
  return {
    assessable,
    na_code: assessable ? null : text(usable["assessable"]),
    language: text(usable["assessable.language"]),
    audience: text(usable["audience"]),
    audience_proposed: audience?.value ?? null,
    audience_rule: audience?.rule ?? null,
    min_age: minAge,
    labels: assessable ? labelLevels(guideline, usable) : {},
    strengths: levelsOf(usable, "strength."),
    verdict: given,
    verdict_proposed: verdict?.value ?? null,
    rule: verdict?.rule ?? null,
    overridden: given !== null && verdict !== null && given !== verdict.value,
    confidence: whole(usable["confidence"]),
    edge_case: text(usable["edge_case"]),
    ages:
      minAge === null
        ? {}
        : Object.fromEntries(guideline.age_schemes.map((one) => [one.code, readAge(one, minAge)])),
  };
}

/** The audience that the ticked factors (codes) suggest, or `null` when no rule holds. */
export function audienceProposal(guideline: Guideline, factors: readonly string[]): Proposal | null {
  const ticked = guideline.audience.factors.filter((one) => factors.includes(one.code));
  const total = ticked.reduce((sum, one) => sum + one.weight, 0);
  const fired = guideline.audience.rules.find(
    (rule) => rule.at_least <= total && (rule.at_most === null || total <= rule.at_most),
  );
  return fired ? { value: fired.then, rule: fired.code } : null;
}

/** The verdict that labels and strengths suggest so far; what is not answered counts as level 0. */
export function verdictProposal(guideline: Guideline, answers: Answers): Proposal | null {
  const usable = usableAnswers(guideline, answers);
  if (usable["assessable"] !== YES) return null;
  const labels = levelsOf(usable, "label.");
  const strengths = levelsOf(usable, "strength.");
  const holds = (count: Count): boolean => holdsFor(guideline, count, labels, strengths);
  const fired = guideline.verdict.rules.find((rule) =>
    rule.match === "all" ? rule.when.every(holds) : rule.when.some(holds),
  );
  return fired ? { value: fired.then, rule: fired.code } : null;
}

/** Whether this label (code) matters to some age band that starts below `age` years. */
export function mattersBelow(guideline: Guideline, label: string, age: number): boolean {
  const bands = guideline.labels.find((one) => one.code === label)?.ages ?? [];
  return guideline.age_bands.some((band) => bands.includes(band.code) && band.from < age);
}

type Levels = Record<string, number>;

function holdsFor(guideline: Guideline, count: Count, labels: Levels, strengths: Levels): boolean {
  const { min_level, at_least, at_most, below_age, of } = count;
  const high = Object.entries(count.count === "labels" ? labels : strengths).filter(
    ([code, level]) =>
      level >= min_level &&
      (of === null || of.includes(code)) &&
      (count.count !== "labels" || below_age === null || mattersBelow(guideline, code, below_age)),
  );
  return high.length >= at_least && (at_most === null || high.length <= at_most);
}

function usableAnswers(guideline: Guideline, answers: Answers): Answers {
  const usable: Answers = {};
  for (const one of questions(guideline, answers)) {
    const answer = answers[one.id];
    if (answer !== undefined && fits(one, answer)) usable[one.id] = answer;
  }
  return usable;
}

function labelLevels(guideline: Guideline, usable: Answers): Levels {
  const answered = levelsOf(usable, "label.");
  const known: Levels = {};
  for (const { code, family } of guideline.labels) {
    const level = usable[`family.${family}`] === false ? 0 : answered[code];
    if (level !== undefined) known[code] = level;
  }
  return known;
}

function levelsOf(usable: Answers, prefix: string): Levels {
  const found: Levels = {};
  for (const [id, answer] of Object.entries(usable)) {
    if (id.startsWith(prefix) && typeof answer === "number") found[id.slice(prefix.length)] = answer;
  }
  return found;
}

const text = (answer: Answer | undefined): string | null => (typeof answer === "string" ? answer : null);
const whole = (answer: Answer | undefined): number | null => (typeof answer === "number" ? answer : null);
