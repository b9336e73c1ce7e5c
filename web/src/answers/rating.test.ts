import { expect, it } from "vitest";
import raw from "../../../tests/vectors/keluarga-id.json?raw";
import type { AnswerTask } from "../api/types";
import { back, blank, forward, isComplete, press, said, stepsOf, type Draft, type Yardstick } from "./rating";

const yardstick = (JSON.parse(raw) as { ai_response: Yardstick }).ai_response;
const turn = (role: "user" | "assistant"): AnswerTask["first"][number] => ({ role, text: "…" });
const task = (part: Partial<AnswerTask> = {}): AnswerTask => ({
  task: "t",
  lease: { id: "l", until: "" },
  guideline: "g",
  kind: "rating",
  band: "AB3",
  stated: false,
  language: "id",
  about_video: false,
  title: null,
  first: [turn("user"), turn("assistant")],
  second: null,
  ...part,
});

function play(of: AnswerTask, keys: string): Draft {
  let draft = blank;
  for (const key of keys) {
    const steps = stepsOf(of, yardstick, draft);
    if (key === "<") draft = back(draft);
    else draft = key === ">" ? forward(draft, steps) : press(draft, steps, Number(key));
  }
  return draft;
}

it("a whole answer takes nine choices, none needing a modifier", () => {
  const draft = play(task(), "1>5455555");
  const steps = stepsOf(task(), yardstick, draft);
  expect(isComplete(draft, steps)).toBe(true);
  expect(said(task(), steps, draft, "")).toEqual({
    kind: "rating",
    turns: [
      {
        turn: 1,
        kind: "answer",
        fails: [],
        scores: { DEV: 5, SAF: 4, FAI: 5, LID: 5, TON: 5, PRV: 5, USE: 5 },
      },
    ],
    highlights: [],
    better: "",
  });
});

it("critical fails are ticked and unticked, and a step back corrects", () => {
  const draft = play(task(), "1337>5<2");
  expect(draft.chosen["1.fails"]).toEqual(["CF7"]);
  expect(draft.chosen["1.DEV"]).toEqual(["2"]);
  expect(isComplete(draft, stepsOf(task(), yardstick, draft))).toBe(false);
});

it("nothing goes on past an open question", () => {
  expect(play(task(), ">>>").at).toBe(0);
  expect(play(task(), "9").at).toBe(0);
});

it("every answer of a dialogue is rated", () => {
  const long = task({ first: [turn("user"), turn("assistant"), turn("user"), turn("assistant")] });
  const draft = play(long, "1>44444441>3333333");
  const steps = stepsOf(long, yardstick, draft);
  expect(steps).toHaveLength(18);
  expect(isComplete(draft, steps)).toBe(true);
});

it("a preference needs the dimension that decided; none needs none", () => {
  const pair = task({ kind: "pair", second: [turn("user"), turn("assistant")] });
  const preferred = play(pair, "22");
  expect(said(pair, stepsOf(pair, yardstick, preferred), preferred, "x")).toEqual({
    kind: "pair",
    choice: "A_better",
    dimension: "SAF",
    reason: "x",
  });
  const same = play(pair, "3");
  const steps = stepsOf(pair, yardstick, same);
  expect(isComplete(same, steps)).toBe(true);
  expect(said(pair, steps, same, "")).toMatchObject({ choice: "same", dimension: null });
});
