import type { Language } from "../../api/types";

/** One text in both languages as it stands in the file: what it says, and where its quoted forms stand. */
export type TextPair = Record<Language, string> & { readonly at: Record<Language, [number, number]> };

const QUOTED = String.raw`"(?:[^"\\\n]|\\.)*"`;
const PAIR = new RegExp(String.raw`\bid: (${QUOTED})(,?\s*)en: (${QUOTED})`, "g");

/** The pair in which the cursor stands, or the first on its line; `null` where there is none. */
export function pairAt(text: string, cursor: number): TextPair | null {
  const start = text.lastIndexOf("\n", cursor - 1) + 1;
  const end = (text.indexOf("\n", cursor) + 1 || text.length + 1) - 1;
  // A pair in block style has its second language on the line after.
  const from = text.lastIndexOf("\n", start - 2) + 1;
  const found = [...pairsFrom(text, from)].filter((one) => one.at.id[0] < end && one.at.en[1] > start);
  return found.find(({ at }) => at.id[0] <= cursor && cursor <= at.en[1]) ?? found[0] ?? null;
}

function* pairsFrom(text: string, from: number): Generator<TextPair> {
  const near = text.slice(from, from + 8_000);
  for (const { index, 1: id = "", 2: between = "", 3: en = "" } of near.matchAll(PAIR)) {
    const said = [read(id), read(en)] as const;
    if (said[0] === null || said[1] === null) continue;
    const begin = from + index + "id: ".length;
    const second = begin + id.length + between.length + "en: ".length;
    yield {
      id: said[0],
      en: said[1],
      at: { id: [begin, begin + id.length], en: [second, second + en.length] },
    };
  }
}

/** The file with one language of this pair saying something else. All other characters stay. */
export function reword(text: string, pair: TextPair, language: Language, said: string): string {
  const [from, to] = pair.at[language];
  // What JSON writes, YAML reads the same between double quotes.
  return text.slice(0, from) + JSON.stringify(said) + text.slice(to);
}

function read(quoted: string): string | null {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return null;
  }
}

export type Place = { readonly code: string; readonly line: number };

/** Every code and the line on which its entry stands, to jump to. */
export const places = (text: string): Place[] =>
  text.split("\n").flatMap((line, n) => {
    const found = /^\s*-?\s*\{?\s*(?:code|step): "?([A-Za-z0-9_-]+)/.exec(line)?.[1];
    return found === undefined ? [] : [{ code: found, line: n + 1 }];
  });

/** Where a line begins, counted in characters from the start. */
export function startOf(text: string, line: number): number {
  let at = 0;
  for (let n = 1; n < line; n += 1) at = text.indexOf("\n", at) + 1 || text.length;
  return at;
}
