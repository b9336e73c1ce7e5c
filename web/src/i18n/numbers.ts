import type { Language } from "../api/types";

const locales = { id: "id-ID", en: "en-GB" } as const;
const gap = "\u00A0";

/** A share as people read it: `12,3 %` in Indonesian, `12.3%` in English. */
export function percent(share: number, language: Language, digits = 1): string {
  const number = decimal(share * 100, language, digits);
  return language === "id" ? `${number}${gap}%` : `${number}%`;
}

/** Digits that keep a share from reading as zero when it is not, and an interval from claiming more. */
export const digitsFor = (value: number): number => (value > 0 && value < 0.001 ? 3 : value < 0.01 ? 2 : 1);

export const share = (value: number, language: Language): string =>
  percent(value, language, digitsFor(value));

/** One unit after the pair: `9,1–15,6 %`, `9.1–15.6%`. */
export const range = (low: number, high: number, language: Language, digits = digitsFor(high)): string =>
  `${decimal(low * 100, language, digits)}–${percent(high, language, digits)}`;

export function decimal(value: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(locales[language], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

export function moment(at: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "medium", timeStyle: "medium" }).format(
    new Date(at),
  );
}

/** `14.05` in Indonesian, `14:05` in English: the reader's own wall clock. */
export const clockTime = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { timeStyle: "short" }).format(new Date(at));

export function day(at: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "medium" }).format(new Date(at));
}
