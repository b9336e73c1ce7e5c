import { useSyncExternalStore } from "react";
import { patch } from "../api/fetch";
import type { Preferences, Session } from "../api/types";
import { i18n } from "../i18n/catalogue";
import { setOwnKeys } from "../keys/own";
import { readLocal } from "./local";

const key = "tilik.preferences";

let current = readLocal(localStorage.getItem(key));
let signedIn = false;
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

/** The server's answer is the person's own choice made on any machine, so it wins over the local one. */
export function adopt(session: Session | null): void {
  signedIn = session !== null;
  if (session) keep(session.preferences);
}

/** Takes effect at once; the server learns of it when it can be reached. */
export function changePreferences(change: Partial<Preferences>): void {
  keep({ ...current, ...change });
  if (signedIn) patch("/api/session/preferences", change).catch(() => undefined);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);
