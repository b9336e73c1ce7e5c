import type { ReactElement } from "react";
import { usePreferences } from "../session";
import { Kbd } from "../ui/Kbd";
import { entryOf } from "./entries";
import { withOwnKeys } from "./own";

/** The first key of a command as this person has it; `null` when it has none. */
export function useKeyOf(id: string): string | null {
  const { keys } = usePreferences();
  const entry = entryOf(id);
  return entry ? (withOwnKeys({ ...entry, run: () => undefined }, keys).keys[0] ?? null) : null;
}

/** The two keys that mark a span, for sentences that name them. */
export function useMarkKeys(): { in: string; out: string } {
  return { in: useKeyOf("bench.markIn") ?? "–", out: useKeyOf("bench.markOut") ?? "–" };
}

/** The key of a command, as this person has it. */
export function Key({ of }: { of: string }): ReactElement | null {
  const key = useKeyOf(of);
  return key === null ? null : <Kbd keys={key === "Backspace" ? "⌫" : key} />;
}
