import type { NewAnswerJudgement, NewAnswerStop, NewJudgement, NewStop, Words } from "../../api/types";

/** How long a submitted judgement stays in the reader's hand before it is posted (ms). */
export const HOLD = 4_000;
/** The longest pause between two attempts (ms). */
const LONGEST_PAUSE = 60_000;

export type Parcel =
  | { readonly kind: "judgement"; readonly body: NewJudgement }
  | { readonly kind: "stop-work"; readonly body: NewStop }
  | { readonly kind: "answer"; readonly body: NewAnswerJudgement }
  | { readonly kind: "answer-stop"; readonly body: NewAnswerStop };

/** Why the server will not take a parcel as it is. */
export type Refusal = { readonly code: string; readonly words: Words; readonly mend: Words | null };

/**
 * One act on its way to the server. It leaves the box in two ways only: the server acknowledged it,
 * or the person who made it took it back or put it away.
 */
export type Entry = {
  readonly key: string;
  readonly person: string;
  readonly task: string;
  readonly title: string | null;
  readonly madeAt: number;
  readonly parcel: Parcel;
  readonly heldUntil: number;
  readonly attempts: number;
  readonly nextTry: number;
  readonly refusal: Refusal | null;
};

export type Posted =
  | { readonly kind: "acknowledged" }
  | { readonly kind: "no-answer" }
  | { readonly kind: "signed-out" }
  | { readonly kind: "refused"; readonly refusal: Refusal };

export function seal(
  parcel: Parcel,
  of: { person: string; title: string | null; now: number; hold: number },
): Entry {
  const { person, title, now, hold } = of;
  return {
    key: parcel.body.key,
    task: parcel.body.task,
    person,
    title,
    madeAt: now,
    parcel,
    heldUntil: now + hold,
    attempts: 0,
    nextTry: now + hold,
    refusal: null,
  };
}

/** Ready to be posted now. Refused parcels wait for a person. */
export const isDue = (entry: Entry, now: number): boolean => entry.refusal === null && entry.nextTry <= now;

/** Undo is possible while the parcel is held, and not a moment longer. */
export const isHeld = (entry: Entry, now: number): boolean => entry.refusal === null && now < entry.heldUntil;

/** End the hold early: the next item was submitted, or the page is being closed. */
export function letGo(entry: Entry, now: number): Entry {
  return isHeld(entry, now) ? { ...entry, heldUntil: now, nextTry: now } : entry;
}

/** Try at once: the network is back, or the reader pressed "try again". */
export function again(entry: Entry, now: number): Entry {
  return isHeld(entry, now) ? entry : { ...entry, refusal: null, nextTry: now };
}

/** The entry after one attempt; `null` when it has arrived. `chance` in 0..1 spreads the retries. */
export function after(entry: Entry, posted: Posted, now: number, chance: number): Entry | null {
  if (posted.kind === "acknowledged") return null;
  const attempts = entry.attempts + 1;
  if (posted.kind === "refused") return { ...entry, attempts, refusal: posted.refusal };
  const pause = Math.min(LONGEST_PAUSE, 1_000 * 2 ** entry.attempts);
  return { ...entry, attempts, nextTry: now + Math.round(pause * (0.75 + chance / 2)) };
}

/** Milliseconds until something becomes due; `null` when nothing waits. */
export function untilNext(entries: readonly Entry[], now: number): number | null {
  const times = entries.filter((entry) => entry.refusal === null).map((entry) => entry.nextTry);
  return times.length === 0 ? null : Math.max(0, Math.min(...times) - now);
}

/** Identifiers must also be made on plain http in a local network, where `randomUUID` is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
