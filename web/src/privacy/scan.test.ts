import { describe, expect, it } from "vitest";
import raw from "../../../tests/vectors/personal-data.json?raw";
import { scan } from "./scan";
import { inTheWay, saysImpersonal } from "./stating";

const { cases } = JSON.parse(raw) as { cases: { name: string; text: string; found: string[] }[] };

describe("conformance with the server's scanner", () => {
  it.each(cases)("$name", ({ text, found }) => {
    expect(scan(text).map((one) => `${one.kind}:${one.text}`)).toEqual(found);
  });
});

describe("stating that a number is nobody's", () => {
  const number = "0812-3456-7890";

  it("opens the way for that number and no other", () => {
    expect(inTheWay([`Ada ${number}`], [])).toHaveLength(1);
    expect(inTheWay([`Ada ${number}`], [number])).toEqual([]);
    expect(inTheWay([`Ada ${number} dan 081298765432`], [number])).toHaveLength(1);
  });

  it("never opens the way for an e-mail address", () => {
    expect(inTheWay(["Ada budi@contoh.id"], ["budi@contoh.id"])).toHaveLength(1);
  });

  it("is said only of a number that is still there", () => {
    expect(saysImpersonal([`Ada ${number}`], [number])).toBe(true);
    expect(saysImpersonal(["Tidak ada"], [number])).toBe(false);
  });
});
