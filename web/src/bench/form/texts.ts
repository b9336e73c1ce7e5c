import type { Language, Words } from "../../api/types";
import { translator } from "../../i18n/catalogue";
import type { Guideline, Label, Option, Question } from "../../guideline";
import { YES } from "../../guideline";
import { words } from "../words";
import { SUBMIT, type Stop } from "./stops";

/** What a stop asks, as its guideline says it. */
export type StopText = { readonly title: string; readonly question: string; readonly note: string | null };

export function stopText(guideline: Guideline, stop: Stop, language: Language): StopText {
  const t = translator(words, language);
  if (stop.id === SUBMIT) return { title: t("submitTitle"), question: t("submitQuestion"), note: null };
  const step = guideline.flow.find((one) => one.step === stop.step);
  const title = step?.title[language] ?? stop.step;
  const note = step?.note?.[language] ?? null;
  const asked = ownQuestion(guideline, stop, language) ?? step?.question[language] ?? "";
  return { title, question: asked, note: stop.id === "audience" ? guideline.audience.note[language] : note };
}

/** Where one step asks several questions, each has its own words. */
function ownQuestion(guideline: Guideline, stop: Stop, language: Language): string | null {
  if (stop.id === "audience.factors") return guideline.audience.factors_question[language];
  if (stop.id === "assessable.language") return guideline.assessability.language_question[language];
  const label = labelOf(guideline, stop.id);
  if (label) return label.name[language];
  return strengthOf(guideline, stop.id)?.name[language] ?? null;
}

export const labelOf = (guideline: Guideline, id: string): Label | null =>
  guideline.labels.find((one) => `label.${one.code}` === id) ?? null;

export const strengthOf = (guideline: Guideline, id: string): Guideline["high_quality"][number] | null =>
  guideline.high_quality.find((one) => `strength.${one.code}` === id) ?? null;

/** An option's name, and the sentence that explains it where there is one. */
export type OptionText = { readonly name: string; readonly more: string | null };

export function optionText(
  guideline: Guideline,
  question: Question,
  option: Option,
  language: Language,
): OptionText {
  const t = translator(words, language);
  if (option === null) return { name: t("noneEdge"), more: null };
  if (question.kind === "age") return ageText(guideline, option, language);
  if (question.kind === "level") return levelText(guideline, question, option, language);
  const found = named(guideline, question).find((one) => one.code === option);
  const more = found && "definition" in found ? (found.definition?.[language] ?? null) : null;
  return { name: found?.name[language] ?? String(option), more };
}

type Spoken = { readonly code: string; readonly name: Words; readonly definition?: Words };

function named(guideline: Guideline, { id, kind }: Question): readonly Spoken[] {
  const { assessability, audience, verdict, casebook, families } = guideline;
  if (kind === "language") return assessability.languages;
  if (kind === "yes-no") return families;
  if (id === "assessable") return [{ code: YES, name: assessability.yes }, ...assessability.codes];
  if (id === "audience") return audience.values;
  if (id === "audience.factors") return audience.factors.map((one) => ({ code: one.code, name: one.text }));
  return id === "verdict" ? verdict.values : casebook.edge_case_types;
}

function ageText(guideline: Guideline, option: Option, language: Language): OptionText {
  const t = translator(words, language);
  const band = guideline.age_bands.find((one) => one.from === option);
  if (!band) return { name: t("from", { n: String(option) }), more: null };
  const years =
    band.to === null ? t("fromUp", { from: band.from }) : t("fromTo", { from: band.from, to: band.to });
  return { name: band.name[language], more: years };
}

function levelText(guideline: Guideline, question: Question, option: Option, language: Language): OptionText {
  const scale = question.id.startsWith("strength.")
    ? guideline.strength_scale
    : question.id === "confidence"
      ? guideline.confidence_scale
      : guideline.severity_scale;
  const general = scale.find((one) => one.level === option)?.text[language] ?? String(option);
  const own = labelOf(guideline, question.id)?.severity.find((one) => one.level === option);
  if (!own) return { name: general, more: null };
  // The scale's word before its colon names the level; the label's own text says what it means here.
  return { name: general.split(":")[0] ?? general, more: own.text[language] };
}

/** The family a label stop belongs to, for the line above its question. */
export function familyOf(guideline: Guideline, stop: Stop, language: Language): string | null {
  const label = labelOf(guideline, stop.id);
  const family = guideline.families.find((one) => one.code === label?.family);
  return family?.name[language] ?? null;
}
