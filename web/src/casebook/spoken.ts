import type { Case, Language } from "../api/types";
import type { Guideline } from "../guideline";

/** A code of the guideline's casebook in the reader's language; the code itself where it is not known. */
export function spoken(guideline: Guideline | undefined, code: string, language: Language): string {
  const { edge_case_types: edges, content_gap_types: gaps, states } = guideline?.casebook ?? none;
  return [...edges, ...gaps, ...states].find((one) => one.code === code)?.name[language] ?? code;
}

const none = { edge_case_types: [], content_gap_types: [], states: [] };

/** What a question id asks about: a label's, a family's or a strength's name, else the step's title. */
export function asked(guideline: Guideline | undefined, question: string, language: Language): string {
  const code = question.split(".").slice(1).join(".");
  const { labels = [], families = [], high_quality: strengths = [], flow = [] } = guideline ?? {};
  const found = [...labels, ...families, ...strengths].find((one) => one.code === code);
  if (found) return `${found.name[language]} (${code})`;
  const step = flow.find((one) => one.step === question || question.startsWith(`${one.step}.`));
  return step?.title[language] ?? question;
}

/** Every question that a case may concern, for a choice. */
export const questionsOf = (guideline: Guideline): string[] => [
  "audience",
  "min_age",
  "verdict",
  ...guideline.labels.map((one) => `label.${one.code}`),
  ...guideline.high_quality.map((one) => `strength.${one.code}`),
];

export type Show = "open" | "mine" | "all";

/** Whether a case is in the list: what waits, what waits for the reader, or everything. */
export const isShown = (one: Case, show: Show): boolean =>
  show === "all" || (!one.settled && (show === "open" || one.mine || one.calls_me));
