import { describe, expect, it } from "vitest";
import { beat, isActive, sign, startActivity, type Activity } from "./activity";
import { emptyTrace, pause, runsOf, seenSeconds, stretches, tick, type Trace } from "./trace";

function play(trace: Trace, from: number, to: number, rate: number, clock: { now: number }): Trace {
  const step = 0.04;
  let state = trace;
  for (let at = from; at <= to + 1e-9; at += step * rate) {
    state = tick(state, at, rate, clock.now);
    clock.now += step * 1000;
  }
  return state;
}

describe("coverage trace", () => {
  it("joins ticks of one flow into one run", () => {
    const runs = runsOf(play(emptyTrace, 0, 4, 1, { now: 0 }));
    expect(runs).toHaveLength(1);
    expect(runs[0]?.[0]).toBe(0);
    expect(runs[0]?.[1]).toBeCloseTo(4, 1);
    expect(runs[0]?.[2]).toBe(1);
  });

  it("does not count what a seek jumps over", () => {
    const clock = { now: 0 };
    const runs = runsOf(play(play(emptyTrace, 0, 2, 1, clock), 30, 32, 1, clock));
    expect(runs.map(([from]) => from)).toEqual([0, 30]);
    expect(seenSeconds(runs)).toBeCloseTo(4, 0);
  });

  it("opens a new run when the speed changes", () => {
    const clock = { now: 0 };
    const runs = runsOf(play(play(emptyTrace, 0, 2, 1, clock), 2, 6, 4, clock));
    expect(runs.map((run) => run[2])).toEqual([1, 4]);
  });

  it("keeps one run across a pause at the same place, and sees a repeat only once", () => {
    const clock = { now: 0 };
    let trace = pause(play(emptyTrace, 0, 2, 1, clock));
    clock.now += 60_000;
    trace = play(trace, 2, 4, 1, clock);
    expect(runsOf(trace)).toHaveLength(1);
    trace = play(pause(trace), 1, 3, 1, clock);
    expect(seenSeconds(runsOf(trace))).toBeCloseTo(4, 0);
    expect(stretches(runsOf(trace))).toHaveLength(1);
  });

  it("a stall longer than a second and a half is not watching", () => {
    const clock = { now: 0 };
    const before = play(emptyTrace, 0, 1, 1, clock);
    clock.now += 5_000;
    expect(runsOf(play(before, 4, 5, 1, clock)).map(([from]) => from)).toEqual([0, 4]);
  });

  it("ignores a flicker", () => {
    expect(runsOf(pause(tick(emptyTrace, 7, 1, 0)))).toEqual([]);
  });
});

function beats(count: number, visible: boolean, playing: boolean, from = startActivity(0)): Activity {
  let state = from;
  for (let n = 1; n <= count; n += 1) state = beat(state, from.lastTick + n * 1000, visible, playing);
  return state;
}

describe("active seconds", () => {
  it("stops a minute after the last sign of life", () => {
    expect(beats(300, true, false).seconds).toBe(60);
    expect(isActive(beats(300, true, false), 300_000)).toBe(false);
  });

  it("goes on while the video plays, and never while the page is hidden", () => {
    expect(beats(300, true, true).seconds).toBe(300);
    expect(beats(300, false, true).seconds).toBe(0);
  });

  it("wakes with the next key, and a sleeping machine adds next to nothing", () => {
    const asleep = beat(sign(startActivity(0), 0), 59_000, true, false);
    expect(asleep.seconds).toBe(5);
    expect(beats(10, true, false, sign(beats(100, true, false), 100_000)).seconds).toBe(70);
  });
});
