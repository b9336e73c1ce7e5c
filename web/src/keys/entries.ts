import { both, translator } from "../i18n/catalogue";
import { words as benchWords } from "../bench/words";
import type { Command } from "./match";
import { words } from "./words";

/** What a command is, apart from what it does: the palette, the help, the docs and the tests read the same. */
export type Entry = Omit<Command, "run" | "enabled">;

type BenchWord = Parameters<typeof both<keyof typeof benchWords.en>>[1];
type AppWord = Parameters<typeof both<keyof typeof words.en>>[1];
type More = Partial<Pick<Entry, "fixed" | "repeat">>;

const bench = (
  id: string,
  keys: string[],
  title: BenchWord,
  group: BenchWord = "group",
  more: More = {},
): Entry => ({
  id: `bench.${id}`,
  keys,
  group: both(benchWords, group),
  title: both(benchWords, title),
  ...more,
});

const player = (id: string, keys: string[], title: BenchWord, more: More = {}): Entry =>
  bench(id, keys, title, "groupPlayer", more);

const app = (id: string, keys: string[], title: AppWord): Entry => ({
  id: `app.${id}`,
  keys,
  group: both(words, "app"),
  title: both(words, title),
});

const digit = (n: number): Entry => ({
  ...bench(`digit${n}`, [String(n)], "cmdEnter", "group", { fixed: true }),
  title: {
    id: translator(benchWords, "id")("cmdDigit", { n }),
    en: translator(benchWords, "en")("cmdDigit", { n }),
  },
});

/** Every command with keys, in the order of the help. Stopping stands first and cannot be moved. */
export const entries: readonly Entry[] = [
  bench("stop", ["Esc Esc"], "cmdStop", "group", { fixed: true }),
  bench("escape", ["Esc"], "cmdEscape", "group", { fixed: true }),
  bench("enter", ["Enter"], "cmdEnter", "group", { fixed: true }),
  ...Array.from({ length: 10 }, (_, n) => digit(n)),
  bench("back-step", ["Backspace"], "cmdStepBack"),
  bench("undo", ["Z"], "cmdUndo"),
  bench("edge", ["E"], "cmdEdge"),
  bench("file", ["F"], "cmdFile"),
  bench("precedents", ["D"], "cmdPrecedents"),
  bench("last", ["R"], "cmdLast"),
  bench("skip", ["W"], "cmdSkip"),
  bench("pause", ["P"], "cmdPause"),
  player("play", ["Space", "K"], "cmdPlay"),
  player("back", ["J"], "cmdBack", { repeat: true }),
  player("faster", ["L"], "cmdFaster"),
  player("speed", ["S"], "cmdSpeed"),
  player("frameBack", [","], "cmdFrameBack", { repeat: true }),
  player("frameOn", ["."], "cmdFrameOn", { repeat: true }),
  player("markIn", ["I"], "cmdMarkIn"),
  player("markOut", ["O"], "cmdMarkOut"),
  player("next", ["N"], "cmdNext"),
  player("blur", ["B"], "cmdBlur"),
  player("grey", ["G"], "cmdGrey"),
  player("mute", ["M"], "cmdMute"),
  player("half", ["H"], "cmdHalf"),
  player("captions", ["C"], "cmdCaptions"),
  app("palette", ["?", "Mod+K"], "palette"),
  app("language", ["T"], "language"),
  app("theme", [], "theme"),
  app("keys", [], "keys"),
  app("signOut", [], "signOut"),
];

const known = new Map(entries.map((entry) => [entry.id, entry]));

/** The command with this id and what it does here. */
export function command(id: string, run: Command["run"], enabled?: () => boolean): Command {
  const entry = known.get(id);
  if (!entry) throw new Error(`no such command: ${id}`);
  return enabled ? { ...entry, run, enabled } : { ...entry, run };
}

export const entryOf = (id: string): Entry | undefined => known.get(id);
