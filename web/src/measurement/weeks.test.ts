import { expect, test } from "vitest";
import type { Estimate } from "../api/types";
import { daysOf, signedPoints } from "./weeks";

const change = (value: number | null, low: number, high: number): Estimate => ({
  value,
  low,
  high,
  n: 10,
  n_eff: 9,
  method: "mover-difference",
  of: "change",
  level: 0.95,
  inputs: {},
});

test("a change carries its sign in each language, and none where it rounds to nothing", () => {
  expect(signedPoints(change(0.038, -0.002, 0.079), "id")).toBe("+3,8 (−0,2 … +7,9)");
  expect(signedPoints(change(-0.038, -0.079, 0.0001), "en")).toBe("−3.8 (−7.9 … 0.0)");
});

test("without a point only the bounds are told", () => {
  expect(signedPoints(change(null, -0.1, 0.2), "en")).toBe("−10.0 … +20.0");
});

test("a period is said as short as it can be", () => {
  expect(daysOf("2026-03-02", "2026-03-08", "en")).toMatch(/^2\s?–\s?8 Mar 2026$/);
  expect(daysOf("2026-03-02", "2026-03-08", "id")).toMatch(/2\s?–\s?8 Mar 2026/);
  expect(daysOf("2026-03-02", "2026-03-02", "en")).toBe("2 Mar 2026");
});
