import { createStore, entries, promisifyRequest, set, type UseStore } from "idb-keyval";
import type { Entry } from "./entry";
import type { Box } from "./sender";

/** The outbox on disk. Each change is one transaction, so two tabs never act on the same entry at once. */
export function diskBox(): Box {
  const store = createStore("tilik-outbox", "entries");
  return {
    all: async () => (await entries<string, Entry>(store)).map(([, entry]) => entry),
    put: (entry) => set(entry.key, entry, store),
    change: (key, how) => changeIn(store, key, how),
  };
}

function changeIn(store: UseStore, key: string, how: (entry: Entry) => Entry | null): Promise<void> {
  return store("readwrite", (table) => {
    const found = table.get(key) as IDBRequest<Entry | undefined>;
    found.addEventListener("success", () => {
      if (found.result === undefined) return;
      const next = how(found.result);
      if (next === null) table.delete(key);
      else if (next !== found.result) table.put(next, key);
    });
    return promisifyRequest(table.transaction);
  });
}

/** For a browser that gives no storage: the work still reaches the server, but not across a reload. */
export function memoryBox(): Box {
  const kept = new Map<string, Entry>();
  return {
    all: async () => [...kept.values()],
    put: async (entry) => void kept.set(entry.key, entry),
    change: async (key, how) => {
      const entry = kept.get(key);
      const next = entry && how(entry);
      if (next) kept.set(key, next);
      else kept.delete(key);
    },
  };
}

/** The disk where it can be had; `durable` says which it is. */
export async function openBox(): Promise<{ box: Box; durable: boolean }> {
  try {
    const box = diskBox();
    await box.all();
    return { box, durable: true };
  } catch {
    return { box: memoryBox(), durable: false };
  }
}

/** One tab posts at a time; where the browser has no locks, the server's keys keep it to once. */
export const exclusively = async (work: () => Promise<void>): Promise<void> => {
  if (!("locks" in navigator)) return work();
  await navigator.locks.request("tilik-outbox", { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
};
