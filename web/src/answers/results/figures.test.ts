import { expect, it } from "vitest";
import type { Estimate } from "../../api/types";
import { domainOf, evenDomain, rowOf, saidWhole } from "./figures";

const one = { value: 3.456, low: 3.1, high: 3.9 } as Estimate;

it("says means to two places and shares in per cent, in the reader's language", () => {
  expect(saidWhole("SAF", one, "id")).toBe("3,46 (3,10 … 3,90)");
  expect(saidWhole("failing", { ...one, value: null, low: 0, high: 0.25 }, "en")).toBe("0.0% … 25.0%");
});

it("says what rounds to zero without a sign", () => {
  expect(saidWhole("SAF", { value: -0.001, low: -0.5, high: 0.004 } as Estimate, "en")).toBe(
    "0.00 (-0.50 … 0.00)",
  );
});

it("has no row without an estimate, and axes that hold every interval", () => {
  expect(rowOf("a", "A", null, "SAF", "en")).toEqual([]);
  const rows = rowOf("a", "A", { ...one, low: -0.4, high: 0.2 }, "SAF", "en");
  expect(evenDomain(rows)).toEqual([-0.4, 0.4]);
  expect(domainOf("SAF", rows)).toEqual([1, 5]);
  expect(domainOf("failing", rows)).toEqual([0, 0.2]);
});
