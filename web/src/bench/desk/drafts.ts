import { createStore, del, entries, get, set } from "idb-keyval";
import type { Draft } from "../form/draft";
import type { Stopped } from "./state";

type Kept = { readonly person: string; readonly at: number; readonly draft: Draft };

/** Unfinished work of one person in this browser: a draft for each task, and a stop-work under way. */
export type Drafts = {
  read(task: string): Promise<Draft | null>;
  save(task: string, draft: Draft): Promise<void>;
  erase(task: string): Promise<void>;
  /** Forget drafts of tasks that left this person's hands long ago. */
  sweep(inHand: readonly string[]): Promise<void>;
  readStop(): Promise<Stopped | null>;
  saveStop(stopped: Stopped | null): Promise<void>;
};

/** A lost draft may still be wanted tomorrow, not next month (ms). */
const KEPT_FOR = 3 * 24 * 3_600_000;

export function diskDrafts(person: string, now: () => number): Drafts {
  const store = createStore("tilik-drafts", "drafts");
  const keyOf = (task: string): string => `${person}/${task}`;
  const stopKey = `${person}#stop`;
  return {
    read: async (task) => (await get<Kept>(keyOf(task), store))?.draft ?? null,
    save: (task, draft) => set(keyOf(task), { person, at: now(), draft } satisfies Kept, store),
    erase: (task) => del(keyOf(task), store),
    sweep: async (inHand) => {
      const wanted = new Set(inHand.map(keyOf));
      for (const [key, kept] of await entries<string, Kept | Stopped>(store)) {
        const old = "draft" in kept && kept.person === person && now() - kept.at > KEPT_FOR;
        if (old && !wanted.has(key)) await del(key, store);
      }
    },
    readStop: async () => (await get<Stopped>(stopKey, store)) ?? null,
    saveStop: (stopped) => (stopped ? set(stopKey, stopped, store) : del(stopKey, store)),
  };
}

/** For a browser that gives no storage. */
export const noDrafts: Drafts = {
  read: async () => null,
  save: async () => {},
  erase: async () => {},
  sweep: async () => {},
  readStop: async () => null,
  saveStop: async () => {},
};
