import type { Bench } from "./state";

const nudge = (state: Bench, code: "nothing-to-undo" | "too-late"): Bench => ({
  ...state,
  nudge: { code, count: (state.nudge?.count ?? 0) + 1 },
});

/**
 * `Z` on the item in view: the last change of its draft. Calling back a submitted item is asked of the
 * outbox first, which alone knows whether it has left; its answer is `taken-back`.
 */
export function undo(state: Bench): Bench {
  if (state.stopped || state.resting) return state;
  const item = state.queue[0];
  const before = state.past.at(-1);
  if (!item || !before) return nudge(state, "nothing-to-undo");
  const { watched } = item.draft;
  return {
    ...state,
    queue: [{ ...item, draft: { ...before, watched } }, ...state.queue.slice(1)],
    past: state.past.slice(0, -1),
    loop: null,
    nudge: null,
  };
}

/** Whether the submitted item is still in the reader's hand. */
export const canCallBack = (state: Bench, now: number): boolean =>
  state.held !== null && now < state.held.until && state.stopped === null;

/** Whether `Z` means the submitted item: the last act is undone first, and that may be an answer given since. */
export const isLastAct = (state: Bench): boolean => state.past.length === 0;

/** The outbox gave it back: the item returns to the screen with every answer. */
export function callBack(state: Bench, key: string): Bench {
  const { held } = state;
  if (held?.key !== key) return state;
  return {
    ...state,
    queue: [held.item, ...state.queue],
    held: null,
    quiet: true,
    past: [],
    page: 0,
    loop: null,
    nudge: null,
    outgoing: state.outgoing.filter((entry) => entry.key !== key),
  };
}

/** The held item has left; `late` when the reader had just asked for it. */
export function sentAway(state: Bench, key: string, late: boolean): Bench {
  if (state.held?.key !== key) return state;
  const without = { ...state, held: null };
  return late ? nudge(without, "too-late") : without;
}
