import type { Certificate, Language } from "../api/types";
import type { Catalogue, Translate } from "../i18n/catalogue";
import { day, decimal, percent, range } from "../i18n/numbers";
import type { words } from "./words";

export type Say = Translate<typeof words extends Catalogue<infer K> ? K : never>;
type Result = NonNullable<Certificate["last"]>["results"][number];

/** What a certificate is for. */
export const about = (t: Say, language: string): string =>
  language === "" ? t("general") : t("inLanguage", { language });

/** How a certificate stands, as its owner reads it. */
export function standing(t: Say, one: Certificate, language: Language): string {
  const since = one.since ? day(one.since, language) : "";
  if (one.state === "valid") return t(one.source === "lead" ? "validLead" : "valid", { day: since });
  return one.state === "revoked" ? t("revoked", { day: since }) : t(one.state);
}

const short = {
  none: "shortNone",
  valid: "shortValid",
  revoked: "shortRevoked",
  expired: "shortExpired",
} as const;

/** The same in one or two words. */
export const shortly = (t: Say, one: Certificate): string =>
  t(one.state === "valid" && one.source === "lead" ? "shortGranted" : short[one.state]);

/** How the last test went; "not shown" where nothing was found below. */
export function lastOf(t: Say, last: NonNullable<Certificate["last"]>): string {
  if (last.passed) return t("lastPassed");
  return t(last.results.some((one) => one.finding === "below") ? "lastFailed" : "lastOpen");
}

/** The share right in a test about one thing, with interval and n. */
export function shareOf(t: Say, { of, share }: Result, language: Language): string {
  const what = of === "verdict" ? t("verdict") : t("family", { code: of });
  const { value, low, high, n } = share;
  if (value === null) return t("noFigure", { of: what });
  return t("right", {
    of: what,
    value: percent(value, language, 0),
    range: range(low, high, language, 0),
    n: decimal(n, language),
  });
}
