import { expect, it } from "vitest";
import type { MyDay } from "../api/types";
import { pacePerHour, toGo } from "./pace";

const exposure = { hour: 0, day: 0, hour_budget: 20, day_budget: 90 };
const day = (judged: number, active_seconds: number): MyDay => ({
  judged,
  active_seconds,
  waiting: 9,
  exposure,
  hours: [],
});

it("goes by active time, never by the wall clock", () => {
  expect(pacePerHour(day(40, 2400))).toBe(60);
  expect(pacePerHour(day(0, 600))).toBeNull();
});

it("says how much of one's own target is left", () => {
  expect(toGo(day(40, 2400), 0)).toBeNull();
  expect(toGo(day(40, 2400), 100)).toEqual({ left: 60, hours: 1 });
  expect(toGo(day(0, 0), 100)).toEqual({ left: 100, hours: null });
  expect(toGo(day(120, 2400), 100)?.left).toBe(0);
});
