import type { Words } from "../api/types";

/** Something a person can do, reached by keys, by the palette, and listed in the help. */
export type Command = {
  /** Stable, room first: `bench.play`. Remapped keys are kept under it. */
  id: string;
  /** Alternatives; each a key (`Space`, `K`, `?`, `Mod+K`) or a sequence (`Esc Esc`). */
  keys: string[];
  group: Words;
  title: Words;
  /** `held`: the key was not pressed anew but repeats itself. */
  run(held?: boolean): void;
  /** Asked at each press and each time the palette opens; absent means always. */
  enabled?(): boolean;
  /** Its keys cannot be taken away: stopping must work for whoever sits down. */
  fixed?: boolean;
  /** Whether holding the key down repeats it (a frame step may, an answer must not). */
  repeat?: boolean;
};

/** The part of a keyboard event that decides; a plain object, so that tests need no page. */
export type Stroke = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
};

export type Pressed = { token: string; at: number };

/** Two presses further apart than this are not a sequence. */
export const sequenceMs = 700;
const longestSequence = 3;

const named: Record<string, string> = { " ": "space", Escape: "esc", Spacebar: "space" };

/** `K` and `k` are one key; Shift counts only where it does not already make another character. */
export function tokenOf(stroke: Stroke): string {
  const key = named[stroke.key] ?? stroke.key.toLowerCase();
  const printed = [...stroke.key].length === 1 && !/^[\p{L} ]$/u.test(stroke.key);
  return [
    stroke.ctrlKey || stroke.metaKey ? "mod+" : "",
    stroke.altKey ? "alt+" : "",
    stroke.shiftKey && !printed ? "shift+" : "",
    key,
  ].join("");
}

export function remember(pressed: readonly Pressed[], token: string, at: number): Pressed[] {
  const last = pressed.at(-1);
  const kept = last && at - last.at <= sequenceMs ? pressed : [];
  return [...kept, { token, at }].slice(-longestSequence);
}

/** The enabled command whose keys end what was pressed; a longer sequence wins over its last key. */
export function match(commands: readonly Command[], pressed: readonly Pressed[]): Command | null {
  for (let length = Math.min(pressed.length, longestSequence); length > 0; length -= 1) {
    const tail = pressed
      .slice(-length)
      .map((each) => each.token)
      .join(" ");
    const found = commands.find((command) => hasKeys(command, tail) && (command.enabled?.() ?? true));
    if (found) return found;
  }
  return null;
}

const hasKeys = (command: Command, tail: string): boolean =>
  command.keys.some((keys) => keys.toLowerCase() === tail);

/** A key that types or answers by itself, which some people need switched off (WCAG 2.1.4). */
export const isSingleCharacter = (token: string): boolean => [...token].length === 1 || token === "space";
