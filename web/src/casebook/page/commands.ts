import { both } from "../../i18n/catalogue";
import type { Command } from "../../keys/match";
import { words } from "../words";

type Word = Parameters<typeof both<keyof typeof words.en>>[1];

/** A command of the casebook's pages: it stands in the palette and the help while its page is open. */
export const caseCommand = (
  id: string,
  keys: string[],
  title: Word,
  run: () => void,
  repeat = false,
): Command => ({
  id: `casebook.${id}`,
  keys,
  group: both(words, "title"),
  title: both(words, title),
  run,
  repeat,
});
