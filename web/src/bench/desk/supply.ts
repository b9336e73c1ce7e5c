import type { Task, Words } from "../../api/types";
import type { Bench, Item } from "./state";

/** Items that came from the server or out of a reload join behind what is there; none comes twice. */
export function arrive(state: Bench, items: readonly Item[]): Bench {
  const known = new Set(state.queue.map((item) => item.task.task));
  if (state.held) known.add(state.held.item.task.task);
  for (const entry of state.outgoing) known.add(entry.task);
  const fresh = items.filter((item) => !known.has(item.task.task));
  return { ...state, queue: [...state.queue, ...fresh] };
}

/** Changes one item in hand, on screen or not. */
export function put(state: Bench, task: string, how: (item: Item) => Item): Bench {
  return { ...state, queue: state.queue.map((item) => (item.task.task === task ? how(item) : item)) };
}

export const renew = (state: Bench, task: string, until: string): Bench =>
  put(state, task, (item) => ({
    ...item,
    lost: null,
    task: { ...item.task, lease: { ...item.task.lease, until } },
  }));

/** A lost item on screen stays until its reader has seen why; a prefetched one just goes. */
export function lose(state: Bench, task: string, words: Words): Bench {
  const onScreen = state.queue[0]?.task.task === task;
  if (onScreen) return put(state, task, (item) => ({ ...item, lost: words }));
  return { ...state, queue: state.queue.filter((item) => item.task.task !== task) };
}

/** The same task with fresh media addresses. */
export const refresh = (state: Bench, task: Task): Bench =>
  put(state, task.task, (item) => ({ ...item, task }));
