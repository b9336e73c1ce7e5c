import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Language, Words } from "../api/types";
import { i18n, translator, type Catalogue, type Translate } from "./catalogue";

type Spoken<K extends string> = {
  t: Translate<K>;
  /** Picks from a text the server or the guideline gives in both languages. */
  say(words: Words): string;
  language: Language;
};

export function useLanguage(): Language {
  const { i18n: now } = useTranslation(undefined, { i18n });
  return now.language === "en" ? "en" : "id";
}

export function useWords<K extends string>(catalogue: Catalogue<K>): Spoken<K> {
  const language = useLanguage();
  return useMemo(
    () => ({ t: translator(catalogue, language), say: (words) => words[language], language }),
    [catalogue, language],
  );
}
