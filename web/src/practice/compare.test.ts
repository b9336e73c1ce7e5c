import { describe, expect, it } from "vitest";
import shipped from "../../../tests/vectors/keluarga-id.json?raw";
import type { Feedback, FeedbackSide } from "../api/types";
import type { Guideline } from "../guideline";
import { rowsOf, tracksOf, verdictOf } from "./compare";

const guideline = JSON.parse(shipped) as Guideline;
const families = Object.fromEntries(guideline.families.map(({ code }) => [`family.${code}`, false]));
const strengths = Object.fromEntries(guideline.high_quality.map(({ code }) => [`strength.${code}`, 0]));
const clean = {
  assessable: "yes",
  "audience.factors": [],
  audience: "AUD-GEN",
  min_age: 3,
  ...families,
  ...strengths,
  verdict: "Q2",
  confidence: 3,
  edge_case: null,
};
const labels = guideline.labels.filter(({ family }) => family === "SYN").map(({ code }) => `label.${code}`);
const mass = {
  ...clean,
  "family.SYN": true,
  ...Object.fromEntries(labels.map((id) => [id, 0])),
  "label.SYN-MASS": 3,
  verdict: "Q4",
  confidence: 1,
};
const side = (answers: FeedbackSide["answers"], more: Partial<FeedbackSide> = {}): FeedbackSide => ({
  answers,
  marks: [],
  notes: {},
  verdict: String(answers["verdict"]),
  proposed: String(answers["verdict"]),
  rule: "VR1",
  fails: answers["verdict"] === "Q4",
  ...more,
});
const mark = { question: "label.SYN-MASS", start: 1, end: 3 };
const feedback = (own: FeedbackSide, known: FeedbackSide): Feedback => ({
  task: "t",
  guideline: "hash",
  own,
  known,
  questions: {},
  spans: {},
});

describe("comparing answers with known ones", () => {
  it("tells what differs, and nothing of labels that are absent on both sides", () => {
    const rows = rowsOf(guideline, feedback(side(clean), side(mass)), "en").filter((row) => !row.same);
    expect(rows.map(({ title, own, known }) => [title, own, known])).toEqual([
      ["Quick scan", "none", "Synthetic and mass-produced"],
      ["Template mass production", null, "3 · Serious"],
      ["Verdict", "Fair", "Not for minors"],
    ]);
  });

  it("leaves out what is about the judge", () => {
    const rows = rowsOf(guideline, feedback(side(clean), side({ ...clean, confidence: 1 })), "id");
    expect(rows.every((row) => row.same)).toBe(true);
  });

  it("names a miss and an over-call", () => {
    expect(verdictOf(feedback(side(clean), side(mass)))).toBe("missed");
    expect(verdictOf(feedback(side(mass), side(clean)))).toBe("overcalled");
    expect(verdictOf(feedback(side(mass), side(mass)))).toBe("rightVerdict");
    expect(verdictOf(feedback(side(mass), side(clean, { verdict: null })))).toBe("noVerdict");
  });

  it("draws spans as shares of the length", () => {
    const found = tracksOf(feedback(side(clean), side(mass, { marks: [mark] })), 4);
    expect(found).toEqual([{ question: "label.SYN-MASS", own: [], known: [{ from: 0.25, width: 0.5 }] }]);
  });
});
