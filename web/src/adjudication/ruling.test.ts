import { describe, expect, it } from "vitest";
import shipped from "../../../tests/vectors/keluarga-id.json?raw";
import type { Answers, Contested } from "../api/types";
import type { Guideline } from "../guideline";
import { beginWork, draftHere, errorOf, ready, ruledOf, suggested, work, type Work } from "./ruling";

const guideline = JSON.parse(shipped) as Guideline;

const base: Answers = {
  assessable: "yes",
  "audience.factors": [],
  audience: "AUD-GEN",
  min_age: 0,
  ...Object.fromEntries(guideline.families.map(({ code }) => [`family.${code}`, false])),
  ...Object.fromEntries(guideline.high_quality.map(({ code }) => [`strength.${code}`, 0])),
  verdict: "Q2",
  confidence: 1,
  edge_case: null,
};
const gambling = (level: number): Answers => ({
  ...base,
  "family.COM": true,
  ...Object.fromEntries(
    guideline.labels.filter(({ family }) => family === "COM").map(({ code }) => [`label.${code}`, 0]),
  ),
  "label.COM-GAMB": level,
  verdict: level === 3 ? "Q4" : "Q3",
});
const side = (answers: Answers) => ({
  answers,
  marks: answers["label.COM-GAMB"] ? [{ question: "label.COM-GAMB", start: 1, end: 2 }] : [],
  notes: answers["label.COM-GAMB"] ? { "label.COM-GAMB": "Ada tautan." } : {},
});
const task: Contested = {
  task: "t",
  lease: "l",
  until: "",
  guideline: "g",
  title: null,
  media: null,
  evidence: [],
  a: side(gambling(3)),
  b: side(base),
  disputed: null,
};
const begun = (from: "a" | "b" | "own"): Work => work(beginWork(task, guideline), { type: "begin", from });

describe("a ruling", () => {
  it("begins from a side, whole and ready to settle", () => {
    const state = begun("a");
    expect(state.stage).toBe("form");
    expect(draftHere(state).answers).toEqual(gambling(3));
    expect(ready(state)).toBe(true);
    expect(ready(begun("own"))).toBe(false);
    expect(work(begun("own"), { type: "settle" }).stage).toBe("form");
  });

  it("asks for both errors, suggesting them, then for the reason", () => {
    let state = work(begun("a"), { type: "settle" });
    expect([state.stage, suggested(state)]).toEqual(["error-a", "none"]);
    state = work(state, { type: "accept" });
    expect([state.stage, suggested(state)]).toEqual(["error-b", "missed"]);
    state = work(state, { type: "error", error: "technical" });
    expect([state.stage, state.errorA, state.errorB]).toEqual(["reason", "none", "technical"]);
    expect(ruledOf(state, 3, "id")).toMatchObject({ begun: "a", error_a: "none", error_b: "technical" });
    expect(work(state, { type: "back" }).stage).toBe("error-b");
    expect(work(work(state, { type: "back" }), { type: "back" }).stage).toBe("error-a");
  });

  it("goes back to the beginning step by step and keeps the reason", () => {
    let state = work(work(begun("b"), { type: "settle" }), { type: "accept" });
    state = work(state, { type: "reason", text: "Jelas." });
    for (let n = 0; n < 3; n += 1) state = work(state, { type: "back" });
    expect([state.stage, state.reason]).toEqual(["begin", "Jelas."]);
  });

  it("of a dispute may leave the ruling as it is", () => {
    const state = work(beginWork(task, guideline), { type: "uphold" });
    expect([state.stage, state.upheld]).toEqual(["reason", true]);
  });
});

describe("what went wrong", () => {
  it.each([
    [base, gambling(2), "missed"],
    [gambling(2), base, "over-called"],
    [gambling(2), gambling(3), "wrong-level"],
    [gambling(2), gambling(2), "none"],
  ])("is named by what differs", (said, ruled, error) => {
    expect(errorOf(guideline, said, ruled)).toBe(error);
  });
});
