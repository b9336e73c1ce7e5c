import { both, translator } from "../i18n/catalogue";
import { useCommands, type Command } from "../keys";
import { words } from "./words";

type Title = "cmdEnter" | "cmdBack" | "cmdUndo";

const entry = (id: string, keys: string[], title: Title, run: () => void): Command => ({
  id: `adjudication.${id}`,
  keys,
  group: both(words, "group"),
  title: both(words, title),
  run,
});

const digit = (n: number, run: () => void): Command => ({
  id: `adjudication.digit${n}`,
  keys: [String(n)],
  group: both(words, "group"),
  title: {
    id: translator(words, "id")("cmdDigit", { n }),
    en: translator(words, "en")("cmdDigit", { n }),
  },
  run,
});

/** What the keys of the adjudication bench do, whatever step it is at. */
export function useRulingKeys(acts: {
  digit(n: number): void;
  enter(): void;
  back(): void;
  undo(): void;
}): void {
  useCommands([
    ...Array.from({ length: 10 }, (_, n) => digit(n, () => acts.digit(n))),
    entry("enter", ["Enter"], "cmdEnter", acts.enter),
    entry("back", ["Backspace"], "cmdBack", acts.back),
    entry("undo", ["Z"], "cmdUndo", acts.undo),
  ]);
}

/** While a ruling is held the one thing to do is to call it back. */
export function useUndo(run: () => void): void {
  useCommands([entry("undo", ["Z"], "cmdUndo", run)]);
}
