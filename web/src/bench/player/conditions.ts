import type { Language } from "../../api/types";
import { translator } from "../../i18n/catalogue";
import { playerWords } from "./words";

/** The state a file was found in, in plain words; the code stays the same in both languages. */
export function conditionOf(code: string, language: Language): string {
  const t = translator(playerWords, language);
  const key = `is_${code.replaceAll("-", "_")}`;
  return key in playerWords.en ? t(key as keyof typeof playerWords.en) : t("is_other", { code });
}
