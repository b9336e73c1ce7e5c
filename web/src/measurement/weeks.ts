import type { Estimate, Language } from "../api/types";
import { decimal } from "../i18n/numbers";

const locales = { id: "id-ID", en: "en-GB" } as const;

/** `2–8 Mar 2026`: a period as short as it can be said. */
export function daysOf(first: string, last: string, language: Language): string {
  const write = new Intl.DateTimeFormat(locales[language], {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return first === last ? write.format(new Date(first)) : write.formatRange(new Date(first), new Date(last));
}

/** A difference in percentage points with its interval: `+3,8 (−0,2 … +7,9)`; bounds only where no point is. */
export function signedPoints({ value, low, high }: Estimate, language: Language): string {
  const signed = (part: number): string => {
    const text = decimal(Math.abs(100 * part), language, 1);
    if (!/[1-9]/.test(text)) return text;
    return `${part < 0 ? "−" : "+"}${text}`;
  };
  const ends = `${signed(low)} … ${signed(high)}`;
  return value === null ? ends : `${signed(value)} (${ends})`;
}
