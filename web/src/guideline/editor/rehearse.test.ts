import { expect, it } from "vitest";
import shipped from "../../../../tests/vectors/keluarga-id.json?raw";
import type { Command } from "../../bench/desk/state";
import type { Guideline } from "..";
import { enter, rehearsal, rehearse, retold } from "./rehearse";

const guideline = JSON.parse(shipped) as Guideline;
const digit = (n: number): Command => ({ type: "digit", digit: n });
const answers = (state: ReturnType<typeof rehearsal>) => state.queue[0]?.draft.answers ?? {};

it("walks the form as the bench does, and begins again after the last question", () => {
  const go = enter("id");
  let state = rehearsal(guideline);
  for (const command of [digit(1), go, digit(4), digit(2), digit(0), go, go, digit(3), go]) {
    state = rehearse(state, command);
  }
  expect(answers(state)).toMatchObject({ assessable: "yes", audience: "AUD-GEN", verdict: "Q2" });
  state = rehearse(state, go);
  expect(answers(state)).toEqual({});
  expect(state.outgoing).toEqual([]);
});

it("keeps what is still asked when the text changes", () => {
  let state = rehearsal(guideline);
  for (const command of [digit(1), enter("id"), digit(4)]) state = rehearse(state, command);
  const without = {
    ...guideline,
    flow: guideline.flow.filter(({ uses }) => uses !== "audience"),
  };
  expect(answers(retold(state, without))).toEqual({ assessable: "yes" });
  expect(answers(retold(state, guideline))).toMatchObject({ audience: "AUD-GEN" });
});
