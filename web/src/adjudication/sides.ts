import type { Answers, Language, Mark, Side } from "../api/types";
import { linesOf } from "../bench/form/summary";
import type { Guideline } from "../guideline";
import { draftOfSide } from "./ruling";

/** One line of the comparison: what each side said to a question; `null` where it was not asked. */
export type Row = {
  readonly key: string;
  readonly title: string;
  readonly said: readonly (string | null)[];
  readonly notes: readonly (string | null)[];
  readonly marks: readonly (readonly Mark[])[];
  readonly differs: boolean;
};

/** The sides next to each other, what differs first. */
export function rowsOf(guideline: Guideline, sides: readonly Side[], language: Language): Row[] {
  const lines = sides.map((side) =>
    linesOf(guideline, draftOfSide({ ...side, marks: [], notes: {} }), language),
  );
  const keys = [...new Set(lines.flatMap((side) => side.map(({ stop, title }) => `${stop} ${title}`)))];
  const rows = keys.map((key) => {
    const found = lines.map((side) => side.find(({ stop, title }) => `${stop} ${title}` === key) ?? null);
    const first = found.find((line) => line !== null);
    const id = first?.stop ?? "";
    const said = found.map((line) => line?.said ?? null);
    return {
      key,
      title: first?.title ?? key,
      said,
      notes: sides.map((side) => side.notes[id] ?? null),
      marks: sides.map((side) => side.marks.filter(({ question }) => question === id)),
      differs: new Set(id.startsWith("label.") ? levels(sides, id) : said).size > 1,
    };
  });
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}

/** A label that was not asked for is not there: level 0. */
const levels = (sides: readonly Side[], id: string): unknown[] =>
  sides.map(({ answers }) => answers[id] ?? 0);

/** The same answers as a few words: verdict and labels, for lists. */
export const shortOf = (guideline: Guideline, answers: Answers, language: Language): string => {
  const verdict = guideline.verdict.values.find(({ code }) => code === answers["verdict"]);
  const why = guideline.assessability.codes.find(({ code }) => code === answers["assessable"]);
  const labels = guideline.labels
    .map(({ code, name }) => [name[language], answers[`label.${code}`]] as const)
    .filter(([, level]) => typeof level === "number" && level > 0)
    .map(([name, level]) => `${name} ${String(level)}`);
  return [verdict?.name[language] ?? why?.name[language] ?? "", ...labels].filter(Boolean).join(" · ");
};
