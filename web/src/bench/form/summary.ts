import type { Language } from "../../api/types";
import { translator } from "../../i18n/catalogue";
import { isAnswered, questions, type Guideline, type Question } from "../../guideline";
import { clock } from "../player/clock";
import { words } from "../words";
import type { Draft } from "./draft";
import { labelOf, optionText, strengthOf } from "./texts";
import { FAMILIES } from "./stops";

/** One line of the answers panel; `stop` is where a click leads. `said` is `null` while unanswered. */
export type Line = {
  readonly stop: string;
  readonly title: string;
  readonly said: string | null;
  readonly more: string | null;
};

/** Every answer so far in as few lines as can be read: families and strengths take one line each. */
export function linesOf(guideline: Guideline, draft: Draft, language: Language): Line[] {
  const lines = new Map<string, Line>();
  for (const question of questions(guideline, draft.answers)) {
    const line = lineOf(guideline, draft, question, language);
    const before = lines.get(line.key);
    lines.set(line.key, before ? joined(before, line.line) : line.line);
  }
  return [...lines.values()].map((line) => emptied(line, language));
}

function lineOf(guideline: Guideline, draft: Draft, question: Question, language: Language) {
  const title = titleOf(guideline, question, language);
  const answered = isAnswered(question, draft.answers);
  const said = answered ? saidOf(guideline, draft, question, language) : null;
  const stop = question.kind === "yes-no" ? FAMILIES : question.id;
  const key = question.kind === "yes-no" || question.id.startsWith("strength.") ? question.step : question.id;
  return { key, line: { stop, title, said, more: moreOf(draft, question.id) } };
}

/** Lines of one group become one; it counts as answered when all of it is. */
const joined = (one: Line, next: Line): Line => ({
  ...one,
  stop: one.said === null ? one.stop : next.said === null ? next.stop : one.stop,
  said: one.said === null || next.said === null ? null : [one.said, next.said].filter(Boolean).join(", "),
});

function emptied(line: Line, language: Language): Line {
  const t = translator(words, language);
  if (line.said !== "") return line;
  return { ...line, said: line.stop === FAMILIES ? t("noFamilies") : t("noStrengths") };
}

function titleOf(guideline: Guideline, question: Question, language: Language): string {
  const label = labelOf(guideline, question.id);
  if (label) return label.name[language];
  if (question.id === "audience.factors") return translator(words, language)("signs");
  if (question.kind === "language") return translator(words, language)("languageNeeded");
  return guideline.flow.find((one) => one.step === question.step)?.title[language] ?? question.step;
}

function saidOf(guideline: Guideline, draft: Draft, question: Question, language: Language): string {
  const answer = draft.answers[question.id] ?? null;
  if (question.kind === "yes-no") return answer === true ? familyName(guideline, question, language) : "";
  const strength = strengthOf(guideline, question.id);
  if (strength) return answer === 0 ? "" : `${strength.name[language]} ${String(answer)}`;
  if (Array.isArray(answer)) return answer.join(" ") || "–";
  const { name, more } = optionText(guideline, question, answer, language);
  if (question.kind === "age") return `${name} (${more ?? ""})`;
  return question.kind === "level" ? `${String(answer)} · ${name}` : name;
}

const familyName = (guideline: Guideline, question: Question, language: Language): string =>
  guideline.families.find((one) => one.code === question.entity)?.name[language] ?? "";

/** Spans and the sentence that go with an answer. */
function moreOf(draft: Draft, id: string): string | null {
  const spans = draft.marks
    .filter((mark) => mark.question === id)
    .map((mark) => `${clock(mark.start)}–${clock(mark.end)}`);
  const note = draft.notes[id]?.trim();
  return [...spans, ...(note ? [`“${note}”`] : [])].join(" · ") || null;
}
