import type { Language, Task, Words } from "../../api/types";
import type { Guideline, Option } from "../../guideline";
import type { Nudge } from "../form/answering";
import type { Draft, Span, Watched } from "../form/draft";
import type { Entry } from "../outbox/entry";

/** A task in this person's hands, with the guideline it is judged by and the work done so far. */
export type Item = {
  readonly task: Task;
  readonly guideline: Guideline;
  readonly draft: Draft;
  /** Set when the lease is over or the task was settled by someone else. */
  readonly lost: Words | null;
};

/** A submitted item that can still be called back. */
export type Held = { readonly key: string; readonly until: number; readonly item: Item };

/** Work was stopped: nothing of the item is on screen, and one of the escalations is being chosen. */
export type Stopped = {
  readonly task: string;
  readonly at: number;
  readonly since: number;
  readonly choice: string | null;
  readonly note: string;
  /** Telephone numbers in the note that its writer stated to be nobody's. */
  readonly stated?: readonly string[];
};

/** Why nothing is on screen: after a stop-work, by one's own wish or a reminder, enough hard content, no hand. */
export type Rest = "stop" | "break" | "enough" | "idle";

export type Supply = "asking" | "more" | "empty" | "uncertified" | "unreachable";

export type Bench = {
  readonly person: string;
  /** The item on screen first, the prefetched one after it. */
  readonly queue: readonly Item[];
  readonly supply: Supply;
  readonly held: Held | null;
  readonly stopped: Stopped | null;
  /** Nothing is on screen until the reader says so: after a stop-work, in a break, or left alone. */
  readonly resting: Rest | null;
  /** A rest that begins with the next submitted item. */
  readonly due: Rest | null;
  /** The break was the bench's idea, so it says why. */
  readonly reminded: boolean;
  /** The item on screen was seen before, so it waits for the reader instead of playing. */
  readonly quiet: boolean;
  /** Earlier states of the draft on screen, for undo. */
  readonly past: readonly Draft[];
  readonly page: number;
  readonly loop: Span | null;
  readonly nudge: { readonly code: Nudge | "nothing-to-undo" | "too-late"; readonly count: number } | null;
  /** Sealed and not yet known to be on disk. */
  readonly outgoing: readonly Entry[];
};

/** What only the moment knows; given with a command so that the reducer stays pure. */
export type Stamp = { readonly now: number; readonly key: string; readonly language: Language };

export type Command =
  | { readonly type: "digit"; readonly digit: number }
  | { readonly type: "choose"; readonly stop: string; readonly option: Option }
  | { readonly type: "enter"; readonly stamp: Stamp }
  | { readonly type: "back" }
  | { readonly type: "go"; readonly stop: string }
  | { readonly type: "write"; readonly question: string; readonly text: string }
  | { readonly type: "state"; readonly numbers: readonly string[] }
  | { readonly type: "mark-in"; readonly at: number }
  | { readonly type: "mark-out"; readonly at: number }
  | { readonly type: "unmark"; readonly question: string | null; readonly span: Span }
  | { readonly type: "loop"; readonly span: Span | null }
  | { readonly type: "undo" }
  | { readonly type: "taken-back"; readonly key: string }
  | { readonly type: "gone"; readonly key: string; readonly late: boolean }
  | { readonly type: "watched"; readonly task: string; readonly watched: Watched }
  | { readonly type: "rest"; readonly why: Rest }
  | { readonly type: "due"; readonly why: Rest }
  | { readonly type: "reopened"; readonly item: Item }
  | { readonly type: "put-back"; readonly task: string }
  | { readonly type: "stop"; readonly at: number; readonly now: number }
  | { readonly type: "escape"; readonly now: number }
  | { readonly type: "stop-note"; readonly text: string }
  | { readonly type: "stop-state"; readonly numbers: readonly string[] }
  | { readonly type: "arrived"; readonly items: readonly Item[] }
  | { readonly type: "renewed"; readonly task: string; readonly until: string }
  | { readonly type: "lost"; readonly task: string; readonly words: Words }
  | { readonly type: "refreshed"; readonly task: Task }
  | { readonly type: "supply"; readonly supply: Supply }
  | { readonly type: "stopped-before"; readonly stopped: Stopped }
  | { readonly type: "stop-over" }
  | { readonly type: "stowed"; readonly key: string };

export const emptyBench = (person: string): Bench => ({
  person,
  queue: [],
  supply: "asking",
  held: null,
  stopped: null,
  resting: null,
  due: null,
  reminded: false,
  quiet: false,
  past: [],
  page: 0,
  loop: null,
  nudge: null,
  outgoing: [],
});
