import type { TraceRun } from "../api/types";

/**
 * What was really watched: stretches of video time with the speed they were played at.
 * Fed by the playhead; whatever breaks the flow (pause, seek, hidden page, new speed) closes the stretch.
 */
export type Trace = { readonly runs: readonly TraceRun[]; readonly open: OpenRun | null };
type OpenRun = { readonly from: number; readonly to: number; readonly rate: number; readonly at: number };

export const emptyTrace: Trace = { runs: [], open: null };

/** Longest silence of the playhead, in seconds of real time, that still counts as one flow. */
const LONGEST_GAP = 1.5;
/** Shorter stretches than this are a flicker of the playhead, not watching. */
const SHORTEST = 0.02;

/** The playhead is at `position` s, at speed `rate`, at the real time `now` (ms). */
export function tick(trace: Trace, position: number, rate: number, now: number): Trace {
  const { open } = trace;
  // The first picture of some files is stamped a little before zero.
  const to = Math.max(0, position);
  const start = { from: to, to, rate, at: now };
  if (open === null) return { ...trace, open: start };
  if (!continues(open, to, rate, now)) return { ...pause(trace), open: start };
  return { ...trace, open: { ...open, to, at: now } };
}

/** The flow stops here: a pause, a seek, a hidden page, the end. */
export function pause(trace: Trace): Trace {
  const { open } = trace;
  if (open === null) return trace;
  if (open.to - open.from < SHORTEST) return { runs: trace.runs, open: null };
  return { runs: joined(trace.runs, [round(open.from), round(open.to), open.rate]), open: null };
}

/** The trace as it is stored, with the stretch under way included. */
export const runsOf = (trace: Trace): TraceRun[] => [...pause(trace).runs];

/** Seconds of video seen at least once, whatever the speed. */
export function seenSeconds(runs: readonly TraceRun[]): number {
  return stretches(runs).reduce((sum, [from, to]) => sum + (to - from), 0);
}

/** Disjoint stretches seen at least once, in order. */
export function stretches(runs: readonly TraceRun[]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [from, to] of runs.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function continues(open: OpenRun, position: number, rate: number, now: number): boolean {
  const elapsed = (now - open.at) / 1000;
  const moved = position - open.to;
  if (rate !== open.rate || moved < 0 || elapsed > LONGEST_GAP) return false;
  return moved <= elapsed * rate + 0.5;
}

function joined(runs: readonly TraceRun[], next: TraceRun): readonly TraceRun[] {
  const last = runs.at(-1);
  const touches = last && last[2] === next[2] && Math.abs(last[1] - next[0]) < 0.05;
  return touches ? [...runs.slice(0, -1), [last[0], next[1], last[2]]] : [...runs, next];
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
