import type { AgeRange, AgeScheme } from "./model";

/** A minimum age in one scheme: the class, and whether everybody in it is old enough. */
export type AgeReading = { readonly code: string | null; readonly whole: boolean };

/** The class that a video suitable from `minAge` (years) falls into: the narrowest holding that age. */
export function readAge(scheme: AgeScheme, minAge: number): AgeReading {
  const held = scheme.classes.filter((one) => one.from <= minAge && minAge <= end(one));
  const above = scheme.classes.filter((one) => one.from > minAge);
  const best =
    held.length > 0
      ? held.toSorted((a, b) => b.from - a.from || end(a) - end(b))[0]
      : above.toSorted((a, b) => a.from - b.from || end(b) - end(a))[0];
  return best ? { code: best.code, whole: best.from >= minAge } : { code: null, whole: false };
}

const end = (one: AgeRange): number => one.to ?? 1000;
