import { createInstance } from "i18next";
import type { Language, Words } from "../api/types";

/** A key as it is asked for: the pair `clips_one` and `clips_other` is `clips`. */
type Asked<K extends string, All extends string = K> = K extends `${infer Base}_one`
  ? Base
  : K extends `${infer Base}_other`
    ? `${Base}_one` extends All
      ? Base
      : K
    : K;
type Params = Record<string, string | number>;

/** Indonesian nouns have no plural, so its side leaves the `_one` keys out; all else must match. */
export type Catalogue<K extends string> = {
  room: string;
  id: Record<Exclude<K, `${string}_one`>, string>;
  en: Record<K, string>;
};
export type Translate<K extends string> = (key: Asked<K>, params?: Params) => string;

export const i18n = createInstance();
void i18n.init({
  lng: "id",
  fallbackLng: false,
  initAsync: false,
  resources: {},
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** A room's own words; a missing or extra key on either side does not compile. */
export function defineWords<const K extends string>(
  room: string,
  words: { en: Record<K, string>; id: Record<Exclude<NoInfer<K>, `${string}_one`>, string> },
): Catalogue<K> {
  i18n.addResourceBundle("id", room, words.id);
  i18n.addResourceBundle("en", room, words.en);
  return { room, ...words };
}

/** For code outside React; components use `useWords`. */
export function translator<K extends string>(catalogue: Catalogue<K>, language: Language): Translate<K> {
  return i18n.getFixedT(language, catalogue.room) as unknown as Translate<K>;
}

/** The same key in both languages at once, as a command's title needs it. */
export const both = <K extends string>(catalogue: Catalogue<K>, key: Asked<K>): Words => ({
  id: translator(catalogue, "id")(key),
  en: translator(catalogue, "en")(key),
});
