import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Stepper } from "./Stepper";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const STEADY = Array.from({ length: 40 }, (_, n) => n * 0.04);

/**
 * A player as browsers have it: a seek takes `takes` ms, a newer one supersedes it, and what it finds is the
 * last picture stamped at or before the place, told `late` ms after the seek has arrived.
 */
function film(stamps: readonly number[], fps: number | null, { takes = 30, late = 0 } = {}) {
  let shown = stamps[0] ?? 0;
  let under: ReturnType<typeof setTimeout> | undefined;
  let stands = shown;
  const arrive = (to: number): void => {
    under = undefined;
    stands = to;
    stepper.arrived();
    const next = stamps.findLast((at) => at <= to + 1e-9) ?? shown;
    if (next === shown) return;
    shown = next;
    setTimeout(() => stepper.shown(next), late);
  };
  const seek = (to: number): void => {
    clearTimeout(under);
    under = setTimeout(() => arrive(to), takes);
  };
  const stepper = new Stepper({
    seek,
    seeking: () => under !== undefined,
    position: () => stands,
    end: () => stamps.at(-1) ?? 0,
  });
  stepper.begin(fps, shown);
  const jump = (to: number): void => {
    stepper.jumped();
    seek(to);
  };
  /** Played on to `to`, on a machine too busy to tell of the pictures since. */
  const played = (to: number): void => {
    stands = to;
  };
  const rest = (): number => {
    vi.runAllTimers();
    return shown;
  };
  const press = (frames: 1 | -1): number => {
    stepper.step(frames);
    return rest();
  };
  return { stepper, press, jump, played, rest };
}

describe("rule Player: a frame step goes by the pictures' own time stamps", () => {
  it("at a constant rate", () => {
    const { press } = film([0, 0.04, 0.08, 0.12], 25);
    expect([press(1), press(1), press(1), press(-1), press(-1)]).toEqual([0.04, 0.08, 0.12, 0.08, 0.04]);
  });
  it("where pictures come when they like, near and far, without skipping one", () => {
    const stamps = [0, 0.01, 0.05, 0.3, 0.31, 0.6];
    const { press } = film(stamps, null);
    expect(stamps.slice(1).map(() => press(1))).toEqual(stamps.slice(1));
    expect(stamps.slice(1).map(() => press(-1))).toEqual(stamps.slice(0, -1).toReversed());
  });
  it("stays at both ends, and leaves them at the next press", () => {
    const { stepper, press, rest } = film([0, 0.04], 25);
    expect([press(-1), press(1), press(1), press(-1)]).toEqual([0, 0.04, 0.04, 0]);
    for (const frames of [1, 1, 1, -1] as const) stepper.step(frames);
    expect(rest()).toBe(0.04);
  });
});

describe("rule Player: so many presses are so many pictures", () => {
  it.each([
    { name: "a quick player", takes: 5, late: 0 },
    { name: "pictures later than their seeks", takes: 30, late: 60 },
    { name: "seeks that take longer than any patience, as in long films", takes: 900, late: 120 },
  ])("however fast they come: $name", (slow) => {
    for (const every of [0, 7, 40, 200]) {
      const { stepper, rest } = film(STEADY, 25, slow);
      for (let n = 0; n < 12; n += 1) {
        stepper.step(1);
        vi.advanceTimersByTime(every);
      }
      expect(rest()).toBeCloseTo(12 * 0.04);
      for (let n = 0; n < 5; n += 1) {
        stepper.step(-1);
        vi.advanceTimersByTime(every);
      }
      expect(rest()).toBeCloseTo(7 * 0.04);
    }
  });
  it("to and fro", () => {
    const { stepper, rest } = film(STEADY, 25);
    for (const frames of [1, 1, -1, 1, 1, -1, 1] as const) stepper.step(frames);
    expect(rest()).toBeCloseTo(3 * 0.04);
  });
  it("after a jump they go from the picture that comes, not from the place asked for", () => {
    const { stepper, jump, rest } = film(STEADY, 25);
    jump(0.439);
    stepper.step(1);
    expect(rest()).toBeCloseTo(0.44);
    jump(0.439);
    stepper.step(-1);
    stepper.step(-1);
    expect(rest()).toBeCloseTo(0.32);
  });
  it("after playing they go from where it stands, not from a picture told of long before", () => {
    const { press, played } = film(STEADY, 25);
    played(0.199);
    expect([press(1), press(1)].map((at) => at.toFixed(2))).toEqual(["0.20", "0.24"]);
    played(0.419);
    expect(press(-1)).toBeCloseTo(0.36);
  });
  it("and so where pictures come when they like", () => {
    const { press, played } = film([0, 0.01, 0.05, 0.3, 0.31, 0.6], null);
    played(0.307);
    expect([press(1), press(-1), press(-1)]).toEqual([0.31, 0.3, 0.05]);
  });
  it("but a held key never runs ahead of what is seen", () => {
    const { stepper, rest } = film(STEADY, 25, { takes: 100 });
    for (let n = 0; n < 10; n += 1) {
      stepper.step(1, true);
      vi.advanceTimersByTime(30);
    }
    expect(rest()).toBeCloseTo(3 * 0.04);
  });
  it("and what was not done yet is forgotten at a jump", () => {
    const { stepper, jump, rest } = film(STEADY, 25);
    for (let n = 0; n < 9; n += 1) stepper.step(1);
    jump(0.8);
    expect(rest()).toBeCloseTo(0.8);
  });
});
