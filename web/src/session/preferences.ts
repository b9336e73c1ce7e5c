import { useSyncExternalStore } from "react";
import { ApiProblem, patch } from "../api/fetch";
import type { Preferences, Session } from "../api/types";
import { i18n } from "../i18n/catalogue";
import { setOwnKeys } from "../keys/own";
import { readLocal } from "./local";
import { Unsent } from "./unsent";

const key = "tilik.preferences";

let current = readLocal(localStorage.getItem(key));
const listeners = new Set<() => void>();

function keep(next: Preferences): void {
  current = next;
  localStorage.setItem(key, JSON.stringify(next));
  setOwnKeys(next.keys, next.single_keys);
  document.documentElement.lang = next.language;
  void i18n.changeLanguage(next.language);
  for (const listener of listeners) listener();
}

keep(current);

const unsent = new Unsent(
  localStorage,
  (change) => patch("/api/session/preferences", change),
  // Only what the server found wrong with the change itself would be refused again.
  (error) => error instanceof ApiProblem && error.status === 422,
);
window.addEventListener("online", () => void unsent.send());

/**
 * The server's answer is the person's own choice made on any machine, so it wins over the local one, but for
 * what it has not heard of yet.
 */
export function adopt(session: Session | null): void {
  if (session) keep({ ...session.preferences, ...unsent.begin(session.person.pseudonym) });
  else unsent.end();
}

/** Takes effect at once; the server learns of it when it can be reached, be it by the next page. */
export function changePreferences(change: Partial<Preferences>): void {
  keep({ ...current, ...change });
  unsent.add(change);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);
