import { describe, expect, it } from "vitest";
import shipped from "../../../../guidelines/keluarga-id.yaml?raw";
import { pairAt, places, reword, startOf } from "./pairs";

const INLINE =
  '  - {code: A, name: {id: "Satu", en: "One"}, text: {id: "Kata \\"a\\"", en: "A \\"word\\""}}\n';
const BLOCK = 'summary:\n  id: "Dua"\n  en: "Two"\nnext: 1\n';

describe("pairAt", () => {
  it("finds the pair under the cursor, of several on a line", () => {
    expect(pairAt(INLINE, INLINE.indexOf("Satu"))).toMatchObject({ id: "Satu", en: "One" });
    expect(pairAt(INLINE, INLINE.indexOf("Kata"))).toMatchObject({ id: 'Kata "a"', en: 'A "word"' });
    expect(pairAt(INLINE, 0)).toMatchObject({ id: "Satu" });
  });

  it("finds a pair on two lines from either of them", () => {
    for (const word of ["Dua", "Two"]) {
      expect(pairAt(BLOCK, BLOCK.indexOf(word))).toMatchObject({ id: "Dua", en: "Two" });
    }
    expect(pairAt(BLOCK, 3)).toBeNull();
    expect(pairAt(BLOCK, BLOCK.indexOf("next"))).toBeNull();
  });
});

describe("reword", () => {
  it("changes that text and no other character", () => {
    const pair = pairAt(INLINE, INLINE.indexOf("Kata"));
    const said = 'Tanda "petik" \\ dan garis';
    const after = pair && reword(INLINE, pair, "id", said);
    expect(after?.replace(JSON.stringify(said), '"Kata \\"a\\""')).toBe(INLINE);
    expect(after && pairAt(after, after.indexOf("Tanda"))).toMatchObject({ id: said, en: 'A "word"' });
  });

  it("gives back the shipped file where the text is the same", () => {
    let met = 0;
    for (let at = shipped.indexOf("{id: "); at >= 0; at = shipped.indexOf("{id: ", at + 1)) {
      const pair = pairAt(shipped, at + 3);
      if (!pair) continue;
      met += 1;
      expect(reword(shipped, pair, "en", pair.en) === shipped).toBe(true);
    }
    expect(met).toBeGreaterThan(200);
  });
});

it("lists the codes with their lines", () => {
  const found = places(shipped);
  const line = shipped.split("\n").findIndex((one) => one.includes("code: SYN-MASS")) + 1;
  expect(found).toContainEqual({ code: "SYN-MASS", line });
  expect(shipped.slice(startOf(shipped, line)).trimStart()).toMatch(/^- code: SYN-MASS/);
});
