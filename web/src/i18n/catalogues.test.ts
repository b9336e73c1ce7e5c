import { describe, expect, it } from "vitest";
import { both, defineWords, translator, type Catalogue } from "./catalogue";

const rooms = import.meta.glob<Record<string, Catalogue<string>>>("../**/words.ts", { eager: true });
const catalogues = Object.values(rooms)
  .flatMap((exported) => Object.values(exported))
  .map((words) => [words.room, words] as const);

/** Words that are spelled the same in Indonesian and English, and are meant. */
const shared = new Set([
  "Demo",
  "Data",
  "Label",
  "Video",
  "Administrator",
  "Audio",
  "Total",
  "Tilik",
  "Recall",
  "Hash",
  "Target (%)",
]);
const params = (text: string): string[] => (text.match(/{{\w+}}/g) ?? []).toSorted();
const hasLetters = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll(/{{\w+}}/g, ""));

describe.each(catalogues)("%s", (_room, words) => {
  const id: Record<string, string> = words.id;
  const keys = Object.keys(words.en);
  const translated = keys.filter((key) => !key.endsWith("_one"));

  it("says the same things in both languages", () => {
    expect(Object.keys(id).toSorted()).toEqual(translated.toSorted());
    for (const key of keys) expect(words.en[key]?.trim(), key).toBeTruthy();
    for (const key of translated) expect(id[key]?.trim(), key).toBeTruthy();
  });

  it("fills the same places in both languages", () => {
    for (const key of translated) expect(params(id[key] ?? ""), key).toEqual(params(words.en[key] ?? ""));
  });

  it("leaves nothing untranslated by accident", () => {
    const same = translated.filter((key) => id[key] === words.en[key] && hasLetters(id[key] ?? ""));
    expect(same.filter((key) => !shared.has(id[key] ?? ""))).toEqual([]);
  });
});

describe("asking for words", () => {
  const words = defineWords("test", {
    id: { clips_other: "{{count}} klip", stop: "Henti" },
    en: { clips_one: "{{count}} clip", clips_other: "{{count}} clips", stop: "Stop" },
  });
  it("counts as each language does", () => {
    expect(translator(words, "en")("clips", { count: 1 })).toBe("1 clip");
    expect(translator(words, "en")("clips", { count: 2 })).toBe("2 clips");
    expect(translator(words, "id")("clips", { count: 1 })).toBe("1 klip");
  });
  it("gives both languages at once for a command's title", () => {
    expect(both(words, "stop")).toEqual({ id: "Henti", en: "Stop" });
  });
});
