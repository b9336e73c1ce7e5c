import { describe, expect, it } from "vitest";
import type { Estimate, Figure } from "../api/types";
import { axisEnd, holdsTruth, largestFirst, printed, shown, shownWithInterval } from "./figures";

const estimate = (value: number | null, low: number, high: number): Estimate => ({
  value,
  low,
  high,
  n: 400,
  n_eff: 210.4,
  method: "hajek+korn-graubard",
  of: "impression share",
  level: 0.95,
  inputs: {},
});
const figure = (code: string, made: Estimate, truth: number | null = null): Figure => ({
  code,
  name: { id: code, en: code },
  estimate: made,
  beside: null,
  corrected: false,
  uncorrected: null,
  truth,
});

describe("what is printed", () => {
  it("gives the value with its interval in the reader's way of writing numbers", () => {
    const made = estimate(0.1234, 0.0912, 0.1567);
    expect(shownWithInterval(made, "id")).toBe("12,3\u00A0% (9,1–15,7\u00A0%)");
    expect(shownWithInterval(made, "en")).toBe("12.3% (9.1–15.7%)");
  });
  it("gives a bound and no point where the value is not known", () => {
    const made = estimate(null, 0, 0.0042);
    expect(shown(made, "id")).toBe("≤ 0,42\u00A0%");
    expect(shownWithInterval(made, "en")).toBe("≤ 0.42%");
  });
  it("gives both bounds where a point is refused and the lower one says something", () => {
    expect(shown(estimate(null, 0.2, 0.81), "en")).toBe("20.0–81.0%");
    expect(shownWithInterval(estimate(null, 0.2, 0.81), "id")).toBe("20,0–81,0\u00A0%");
  });
  it("gives a bound where nothing was found", () => {
    expect(shown(estimate(0, 0, 0.0064), "en")).toBe("≤ 0.64%");
    expect(shownWithInterval(estimate(0, 0, 0.0064), "id")).toBe("≤ 0,64\u00A0%");
  });
});

describe("a pivot's levels", () => {
  it("draws those that bear a figure and leaves the thin ones out", () => {
    const cell = { share: 0.5, judged: 40, effective: 40, thin: null };
    const why = { id: "baru 3 dinilai", en: "only 3 judged" };
    const rows = printed([
      { ...cell, level: "id", estimate: estimate(0.1, 0.05, 0.2) },
      { ...cell, level: "ms", judged: 3, estimate: null, thin: why },
    ]);
    expect(rows.map(({ code, estimate: { value } }) => [code, value])).toEqual([["id", 0.1]]);
  });
});

describe("the chart's rows", () => {
  it("orders by value, bounds last and the wider bound before the narrower", () => {
    const rows = [
      figure("bound", estimate(null, 0, 0.02)),
      figure("none", estimate(0, 0, 0.01)),
      figure("small", estimate(0.001, 0, 0.9)),
      figure("wide", estimate(null, 0, 0.3)),
      figure("large", estimate(0.2, 0.1, 0.3)),
    ];
    expect(largestFirst(rows).map(({ code }) => code)).toEqual(["large", "small", "wide", "bound", "none"]);
  });
  it("ends the axis at a round share beyond all that is drawn", () => {
    expect(axisEnd([figure("a", estimate(0.1, 0.05, 0.17))])).toBe(0.2);
    expect(axisEnd([figure("a", estimate(0.1, 0.05, 0.17), 0.21)])).toBe(0.25);
    expect(axisEnd([figure("a", estimate(0.9, 0.85, 0.95))])).toBe(1);
    expect(axisEnd([])).toBe(0.005);
  });
  it("knows whether the interval holds the truth, ends included", () => {
    expect(holdsTruth(estimate(0.1, 0.05, 0.15), 0.15)).toBe(true);
    expect(holdsTruth(estimate(0.1, 0.05, 0.15), 0.1501)).toBe(false);
  });
});
