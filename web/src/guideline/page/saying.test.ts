import { describe, expect, it } from "vitest";
import shipped from "../../../../tests/vectors/keluarga-id.json?raw";
import type { Guideline } from "../model";
import { named, namesIn, namesOf, sayValue } from "./saying";

const guideline = JSON.parse(shipped) as Guideline;
const names = namesOf([guideline]);
const label = "SYN-MASS";
const called = (code: string, language: "id" | "en"): string => named(code, names, language);
/** As the server sends it: JSON text. */
const rule = `{"code": "VR1B", "match": "all",
  "when": [{"count": "labels", "of": ["SYN-MASS"], "min_level": 1, "at_least": 1, "at_most": null,
    "below_age": null}],
  "then": "Q3", "text": {"id": "Aturan khusus satu label.", "en": "A rule about one label."}}`;
const said = (where: string, value: unknown, language: "id" | "en"): string[] =>
  sayValue(where, typeof value === "string" ? value : JSON.stringify(value), names, language).map(
    (line) => line.said,
  );

describe("a change in words", () => {
  it("says a rule, its text in both languages", () => {
    expect(said("verdict.rules.VR1B", rule, "en")).toEqual([
      `VR1B: if at least 1 of the labels SYN-MASS (${names.get(label)?.en}) at level ≥ 1 → Q3 Low`,
      "Aturan khusus satu label.",
      "A rule about one label.",
    ]);
    expect(said("verdict.rules.VR1B", rule, "id")[0]).toBe(
      `VR1B: jika sedikitnya 1 label dari SYN-MASS (${names.get(label)?.id}) bertingkat ≥ 1 → Q3 Rendah`,
    );
  });

  it("names verdicts and whatever else has a code", () => {
    expect(said("verdict.rules.VR1.then", "Q4", "id")).toEqual(["Q4 Tidak layak untuk anak"]);
    expect(said("labels.SYN-MASS.ages", ["AB0"], "en")).toEqual([called("AB0", "en")]);
    expect(namesIn("labels.SYN-MASS.severity", names, "en")).toEqual([names.get(label)?.en]);
  });

  it("says how many: none, exactly, at most, from to, and whom it concerns", () => {
    const count = (least: number, most: number | null, age: number | null = null): string | undefined =>
      said(
        "verdict.rules.X.when.0",
        { count: "labels", of: null, min_level: 2, at_least: least, at_most: most, below_age: age },
        "en",
      )[0];
    expect(count(0, 0)).toBe("none of the labels at level ≥ 2");
    expect(count(2, 2)).toBe("exactly 2 of the labels at level ≥ 2");
    expect(count(0, 3)).toBe("at most 3 of the labels at level ≥ 2");
    expect(count(1, 3)).toBe("1 to 3 of the labels at level ≥ 2");
    expect(count(1, null, 13)).toBe("at least 1 of the labels at level ≥ 2 and of concern below age 13");
  });

  it("leaves no JSON of any rule, label, strength, family or level of the shipped guideline", () => {
    const { verdict, audience, labels, high_quality, families, age_bands } = guideline;
    for (const language of ["id", "en"] as const) {
      for (const one of [...verdict.rules, ...audience.rules, ...high_quality, ...families, ...age_bands]) {
        expect(said("x", one, language).join("\n")).not.toMatch(/[{}]|undefined/u);
      }
      for (const one of labels.flatMap(({ severity }) => severity)) {
        expect(said("x", one, language).join("\n")).not.toMatch(/[{}]/u);
      }
    }
    expect(labels.length).toBeGreaterThan(20);
  });

  it("leaves what has no words as it is in the file, and a sentence as it was written", () => {
    expect(said("meta", { odd: [1] }, "id")).toEqual(['{"odd":[1]}']);
    expect(said("labels.SYN-MASS.name.en", "true", "id")).toEqual(["true"]);
    expect(said("labels.SYN-MASS.note", "", "id")).toEqual([]);
  });
});
