import { expect, it } from "vitest";
import { defaults } from "../../session/local";
import { emptyDraft } from "../form/draft";
import { comfortFor } from "./comfort";

const hard = { ...emptyDraft, answers: { "family.SEX": true, "family.SYN": false } };

it("rule People: what turned out hard becomes small, grey and silent for who asked for it", () => {
  const gentle = { ...defaults, gentle: true };
  expect(comfortFor(gentle, hard)).toMatchObject({ grey: true, half: true, muted: true, blur: false });
  expect(comfortFor(gentle, emptyDraft)).toEqual(gentle);
  expect(comfortFor(defaults, hard)).toEqual(defaults);
});
