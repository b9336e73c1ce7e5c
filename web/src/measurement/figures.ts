import type { Cell, Estimate, Figure, Language } from "../api/types";
import { digitsFor, range, share } from "../i18n/numbers";

/** Where nothing was found, or not everything was seen, only the upper bound is honest. */
export const onlyBound = ({ value }: Estimate): boolean => value === null || value === 0;

/** The largest first; a figure that is only a bound ranks by nothing and comes after. */
export function largestFirst(figures: readonly Figure[]): Figure[] {
  const rank = ({ estimate }: Figure): number =>
    onlyBound(estimate) ? estimate.high / 2 - 1 : (estimate.value ?? 0);
  return figures.toSorted((a, b) => rank(b) - rank(a));
}

const steps = [0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1];

/** The right end of the axis: a round share that holds every interval and every known truth. */
export function axisEnd(figures: readonly Figure[]): number {
  const most = Math.max(0, ...figures.map(({ estimate, truth }) => Math.max(estimate.high, truth ?? 0)));
  return steps.find((step) => step >= most) ?? 1;
}

/** `12,3 %`; `≤ 0,4 %` where only a bound is honest, `20,1–80,3 %` where only both are. */
export function shown(estimate: Estimate, language: Language): string {
  const { value, low, high } = estimate;
  if (value === null && low > 0) return range(low, high, language);
  return value === null || onlyBound(estimate) ? `≤ ${share(high, language)}` : share(value, language);
}

export function shownWithInterval(estimate: Estimate, language: Language): string {
  const { value, low, high } = estimate;
  if (value === null || onlyBound(estimate)) return shown(estimate, language);
  return `${share(value, language)} (${range(low, high, language, digitsFor(value))})`;
}

export const holdsTruth = (estimate: Estimate, truth: number): boolean =>
  estimate.low <= truth && truth <= estimate.high;

/** A pivot's printed levels as figures of a chart. */
export const printed = (cells: readonly Cell[]): Figure[] =>
  cells.flatMap(({ level, estimate }) =>
    estimate
      ? [
          {
            code: level,
            name: { id: level, en: level },
            estimate,
            beside: null,
            truth: null,
            corrected: false,
            uncorrected: null,
          },
        ]
      : [],
  );
