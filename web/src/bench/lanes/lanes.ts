import type { EvidenceItem, Mark, TraceRun } from "../../api/types";
import type { Span } from "../form/draft";
import { stretches } from "../trace";

/** One bar on a lane; `item` is what it says when asked, `level` where it lies beside bars of the same time. */
export type Bar = {
  readonly start: number;
  readonly end: number;
  readonly item: EvidenceItem | null;
  readonly level?: number;
};
/** `levels`: how many bars lie one below the other where they overlap; 1 where none does. */
export type Lane = { readonly kind: string; readonly bars: readonly Bar[]; readonly levels?: number };

export const ROW = 20;
const PAD = 4;
const THICK = 11;
/** More at once than this lie on top of each other: thinner bars could not be pointed at. */
const MOST_LEVELS = 3;
/** Seconds by which neighbours may overlap through rounding. */
const TOUCH = 0.02;

/** Rows appear in this order; kinds that are not named here come after, as they arrive. */
const ORDER = [
  "shot",
  "flash",
  "flash-red",
  "loudness",
  "silence",
  "speech",
  "speech-text",
  "language",
  "on-screen-text",
  "caption",
  "lexicon",
  "loop",
  "black",
  "freeze",
  "provenance",
];
/** Said once of the whole video, so a bar would show nothing. */
const WHOLE = new Set(["pace"]);

export type Way = "left" | "right" | "up" | "down";

export type Own = {
  readonly trace: readonly TraceRun[];
  readonly marks: readonly Mark[];
  readonly loose: readonly Span[];
};

/** What was watched first, then a row for each kind of evidence present, then the reader's own marks. */
export const lanesOf = (evidence: readonly EvidenceItem[], own: Own): Lane[] => [
  seenLane(own),
  ...evidenceLanes(evidence),
  markLane(own),
];

/** A row for each kind of evidence: of the video alone, so it is made once, however long the video is. */
export function evidenceLanes(evidence: readonly EvidenceItem[]): Lane[] {
  const kinds = new Map<string, Bar[]>();
  for (const item of evidence) {
    if (WHOLE.has(item.kind)) continue;
    const bar = { start: item.start, end: item.end, item };
    const lane = kinds.get(item.kind);
    if (lane) lane.push(bar);
    else kinds.set(item.kind, [bar]);
  }
  return [...kinds].toSorted(([a], [b]) => rank(a) - rank(b)).map(([kind, bars]) => levelled(kind, bars));
}

/** Bars of the same time side by side, so that each of them can be seen and pointed at. */
function levelled(kind: string, bars: readonly Bar[]): Lane {
  const ends: number[] = [];
  const placed = bars
    .toSorted((a, b) => a.start - b.start)
    .map((bar) => {
      const free = ends.findIndex((end) => end <= bar.start + TOUCH);
      const level = free === -1 ? Math.min(ends.length, MOST_LEVELS - 1) : free;
      ends[level] = Math.max(ends[level] ?? 0, bar.end);
      return { ...bar, level };
    });
  return { kind, bars: placed, levels: Math.max(1, ends.length) };
}

/** Where a bar is drawn in its row: pixels from the row's top, and its thickness. */
export function drawnAt({ level = 0 }: Bar, levels = 1): { y: number; height: number } {
  const step = THICK / levels;
  return { y: PAD + level * step, height: step - (levels > 1 ? 1 : 0) };
}

export const seenLane = (own: Pick<Own, "trace">): Lane => ({
  kind: "seen",
  bars: stretches(own.trace).map(([start, end]) => ({ start, end, item: null })),
});

export const markLane = (own: Pick<Own, "marks" | "loose">): Lane => ({
  kind: "mark",
  bars: [...own.marks, ...own.loose].map(({ start, end }) => ({ start, end, item: null })),
});

/** What holds for the whole video: shown as words beside the lanes. */
export const ofWhole = (evidence: readonly EvidenceItem[]): EvidenceItem[] =>
  evidence.filter((item) => WHOLE.has(item.kind));

/** `N`: the next thing that begins after this position; past the last one, the first again. */
export function nextEvidence(evidence: readonly EvidenceItem[], position: number): EvidenceItem | null {
  const sorted = evidence
    .filter((item) => !WHOLE.has(item.kind))
    .toSorted((a, b) => a.start - b.start || rank(a.kind) - rank(b.kind));
  return sorted.find((item) => item.start > position + 0.05) ?? sorted[0] ?? null;
}

/** From one bar to a neighbour: along its lane, or to the nearest in time of the lane above or below. */
export function neighbour(lanes: readonly Lane[], from: EvidenceItem | null, way: Way): EvidenceItem | null {
  const rows = lanes
    .map((lane) => lane.bars.flatMap(({ item }) => item ?? []).toSorted((a, b) => a.start - b.start))
    .filter((row) => row.length > 0);
  const at = from === null ? -1 : rows.findIndex((row) => row.includes(from));
  const here = rows[at];
  if (here === undefined || from === null) return rows[0]?.[0] ?? null;
  if (way === "left" || way === "right") {
    return here[here.indexOf(from) + (way === "right" ? 1 : -1)] ?? from;
  }
  const there = rows[at + (way === "down" ? 1 : -1)] ?? here;
  const near = there.toSorted((a, b) => Math.abs(a.start - from.start) - Math.abs(b.start - from.start));
  return near[0] ?? from;
}

const rank = (kind: string): number => {
  const place = ORDER.indexOf(kind);
  return place === -1 ? ORDER.length : place;
};
