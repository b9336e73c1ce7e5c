import { expect, it } from "vitest";
import { evenVolume, faster, nextSpeed, SPEEDS } from "./Deck";

it("brings loud sound down to the target and leaves quiet sound as it is", () => {
  expect(evenVolume(-23)).toBe(1);
  expect(evenVolume(-35)).toBe(1);
  expect(evenVolume(null)).toBe(1);
  expect(20 * Math.log10(evenVolume(-9))).toBeCloseTo(-14);
});

it("goes through the speeds and round again, and faster no further than the fastest", () => {
  expect(SPEEDS).toEqual([0.5, 1, 1.5, 2, 3, 4]);
  expect(nextSpeed(4)).toBe(0.5);
  expect(faster(4)).toBe(4);
  expect(faster(1)).toBe(1.5);
});
