import { expect, it } from "vitest";
import { minutesLeft } from "./timer";

it("rounds against us, before and after the limit", () => {
  expect(minutesLeft("2026-03-01T08:15:00.000000Z", "2026-03-01T08:00:00.000000Z")).toBe(15);
  expect(minutesLeft("2026-03-01T08:15:00.000000Z", "2026-03-01T08:00:01.000000Z")).toBe(14);
  expect(minutesLeft("2026-03-01T08:15:00.000000Z", "2026-03-01T08:15:01.000000Z")).toBe(-1);
});
