import type { Entry } from "./entries";
import type { Command } from "./match";
import { withOwnKeys, type OwnKeys } from "./own";

/** Keys that a page must leave to the browser and to people who move by keyboard. */
const RESERVED = new Set(["tab", "shift+tab", "enter", "esc", "f5", "mod+r", "mod+w", "mod+t"]);

const keysOf = (entry: Entry, own: OwnKeys): string[] => withOwnKeys(entry as Command, own).keys;

/** Why a command cannot have this key: another has it, or it belongs to the browser. `null`: it may. */
export function objection(
  entries: readonly Entry[],
  own: OwnKeys,
  id: string,
  key: string,
): { readonly reason: "taken"; readonly by: Entry } | { readonly reason: "reserved" } | null {
  const token = key.toLowerCase();
  if (RESERVED.has(token)) return { reason: "reserved" };
  const by = entries.find(
    (one) => one.id !== id && keysOf(one, own).some((each) => each.toLowerCase() === token),
  );
  return by ? { reason: "taken", by } : null;
}

/** Each key that runs more than one command, with their ids: none in what ships, none after `objection`. */
export function clashes(entries: readonly Entry[], own: OwnKeys): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const entry of entries) {
    for (const key of keysOf(entry, own)) {
      const token = key.toLowerCase();
      users.set(token, [...(users.get(token) ?? []), entry.id]);
    }
  }
  return new Map([...users].filter(([, ids]) => ids.length > 1));
}

/** The keys after a command was given one, or none. Giving it what it had by itself forgets the change. */
export function given(own: OwnKeys, entry: Entry, keys: readonly string[]): Record<string, string[]> {
  const others = Object.entries(own).filter(([id]) => id !== entry.id);
  const same = keys.join(" ").toLowerCase() === entry.keys.join(" ").toLowerCase();
  const next = same ? others : [...others, [entry.id, keys] as const];
  return Object.fromEntries(next.map(([id, each]) => [id, [...each]]));
}

/** `k` and `K` are one key, as keyboards print it. */
export const printed = (token: string): string =>
  token
    .split(/\+(?=.)/u)
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join("+");
