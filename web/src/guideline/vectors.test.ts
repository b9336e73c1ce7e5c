import { describe, expect, it } from "vitest";
import shipped from "../../../tests/vectors/keluarga-id.json?raw";
import oneLabel from "../../../tests/vectors/one-label.json?raw";
import raw from "../../../tests/vectors/guideline.json?raw";
import type { Answers, Mark } from "../api/types";
import { check, decide, nextQuestion, prune, questions, type Guideline } from "./index";

type Case = {
  name: string;
  answers: Answers;
  marks: { question: string; span: { start: number; end: number } }[];
  notes: Record<string, string>;
  questions: string[];
  next: string | null;
  problems: string[];
  problem_questions: string[];
  decision: unknown;
};

const guideline = JSON.parse(shipped) as Guideline;
const vectors = JSON.parse(raw) as { guideline: string; questions: { id: string }[]; cases: Case[] };
const marksOf = (one: Case): Mark[] => one.marks.map(({ question, span }) => ({ question, ...span }));

describe("conformance with the server's interpreter", () => {
  it("has cases for the guideline that is shipped", () => {
    expect(vectors.guideline).toBe(`${guideline.id}.json`);
    expect(vectors.cases.length).toBeGreaterThan(300);
  });

  it("knows every question with its kind, step and options", () => {
    const all: Answers = { assessable: "yes" };
    for (const family of guideline.families) all[`family.${family.code}`] = true;
    const mine = [...questions(guideline, all), ...questions(guideline, { assessable: "NA-LANG" })];
    for (const expected of vectors.questions) {
      expect(mine.find((one) => one.id === expected.id)).toEqual(expected);
    }
  });

  it.each(vectors.cases)("$name", (one) => {
    const problems = check(guideline, one.answers, marksOf(one), one.notes);
    expect(questions(guideline, one.answers).map((each) => each.id)).toEqual(one.questions);
    expect(nextQuestion(guideline, one.answers)?.id ?? null).toBe(one.next);
    expect(problems.map((each) => each.code)).toEqual(one.problems);
    expect(problems.map((each) => each.question)).toEqual(one.problem_questions);
    expect(decide(guideline, one.answers)).toEqual(one.decision);
  });

  it("rules that name their labels count no others", () => {
    const own = JSON.parse(oneLabel) as {
      rules: Guideline["verdict"]["rules"];
      cases: { answers: Answers; verdict_proposed: string | null; rule: string | null }[];
    };
    const changed: Guideline = { ...guideline, verdict: { ...guideline.verdict, rules: own.rules } };
    for (const { answers, verdict_proposed, rule } of own.cases) {
      const found = decide(changed, answers);
      expect([found.verdict_proposed, found.rule]).toEqual([verdict_proposed, rule]);
    }
    expect(own.cases.some(({ rule }) => rule === "OWN")).toBe(true);
  });

  it("pruning leaves only what is asked, and asks the same again", () => {
    for (const { answers } of vectors.cases) {
      const kept = prune(guideline, answers);
      expect(questions(guideline, kept).map((one) => one.id)).toEqual(
        questions(guideline, answers).map((one) => one.id),
      );
      expect(prune(guideline, kept)).toEqual(kept);
    }
  });
});
