import type { AnswerReport, Estimate, Language } from "../../api/types";
import { decimal, percent } from "../../i18n/numbers";
import type { Row } from "./plot";

export type Score = AnswerReport["scores"][number];
export const FAILING = "failing";
export const EVERY_BAND = "all";

/** Below half of the last digit a figure is said as zero, without a sign. */
const LEAST = 0.005;

/** A figure as it is said: a share in per cent, a mean to two places. */
export const saidValue = (dimension: string, value: number, language: Language): string =>
  dimension === FAILING
    ? percent(value, language, 1)
    : decimal(Math.abs(value) < LEAST ? 0 : value, language, 2);

export function saidWhole(dimension: string, one: Estimate, language: Language): string {
  const say = (value: number): string => saidValue(dimension, value, language);
  const interval = `${say(one.low)} … ${say(one.high)}`;
  return one.value === null ? interval : `${say(one.value)} (${interval})`;
}

/** What has an estimate becomes a row; what has none is named under the chart. */
export function rowOf(
  id: string,
  name: string,
  one: Estimate | null,
  dimension: string,
  language: Language,
): Row[] {
  if (!one) return [];
  const { value, low, high } = one;
  return [{ id, name, value, low, high, said: saidWhole(dimension, one, language) }];
}

/** Scores lie between 1 and 5; shares begin at zero and end where the widest interval does. */
export const domainOf = (dimension: string, rows: readonly Row[]): [number, number] =>
  dimension === FAILING ? [0, Math.max(0.05, ...rows.map(({ high }) => high))] : [1, 5];

export function evenDomain(rows: readonly Row[]): [number, number] {
  const most = Math.max(0.05, ...rows.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return [-most, most];
}
