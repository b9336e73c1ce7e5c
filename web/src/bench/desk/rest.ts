import type { Bench, Item, Rest } from "./state";

/** Nothing is on screen and no time counts until Enter. A stop-work under way comes first. */
export function rest(state: Bench, why: Rest): Bench {
  if (state.stopped || state.resting) return state;
  return { ...state, resting: why, due: null, reminded: false, quiet: true, loop: null, nudge: null };
}

/** One's own judgement comes on screen again, before everything else, and waits for its reader. */
export function reopen(state: Bench, item: Item): Bench {
  if (state.stopped) return state;
  const others = state.queue.filter((one) => one.task.task !== item.task.task);
  return { ...state, queue: [item, ...others], ...still };
}

/** It stays as it was; the item it stood before comes back, paused. */
export function putBack(state: Bench, task: string): Bench {
  return { ...state, queue: state.queue.filter((one) => one.task.task !== task), ...still };
}

const still = { resting: null, quiet: true, past: [], page: 0, loop: null, nudge: null } as const;
