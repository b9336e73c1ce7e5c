import { createStore, del, entries, get, set, type UseStore } from "idb-keyval";
import type { Work } from "./rating";

/** What is kept of a task that is not submitted yet: all that was said, and whether work on it was stopped. */
export type Kept = { readonly work: Work; readonly seconds: number; readonly stopping: boolean };
type Stored = Kept & { readonly person: string; readonly at: number };

/** Unfinished work of one person in this browser; without storage it lives as long as the page. */
export type Keeper = {
  read(task: string): Promise<Kept | null>;
  save(task: string, kept: Kept): Promise<void>;
  erase(task: string): Promise<void>;
};

/** A task that nobody came back to within this time is somebody else's by now (ms). */
const KEPT_FOR = 3 * 24 * 3_600_000;

export function keeper(person: string, now: () => number = Date.now): Keeper {
  const keyOf = (task: string): string => `${person}/${task}`;
  let opened: UseStore | null = null;
  // Opened at the first use: a browser may give no storage, and then the work goes on without it.
  const store = (): UseStore => (opened ??= createStore("tilik-answer-drafts", "drafts"));
  const calmly = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch {
      return otherwise;
    }
  };
  void calmly(() => sweep(store(), person, now() - KEPT_FOR), undefined);
  return {
    read: (task) => calmly(async () => (await get<Stored>(keyOf(task), store())) ?? null, null),
    save: (task, kept) =>
      calmly(() => set(keyOf(task), { ...kept, person, at: now() } satisfies Stored, store()), undefined),
    erase: (task) => calmly(() => del(keyOf(task), store()), undefined),
  };
}

async function sweep(store: UseStore, person: string, before: number): Promise<void> {
  for (const [key, kept] of await entries<string, Stored>(store)) {
    if (kept.person === person && kept.at < before) await del(key, store);
  }
}
