import { words } from "./words";

type Key = keyof typeof words.en;

/** The key of a code such as `is_partly_readable`; undefined where there are no words for it. */
export const keyed = <K extends Key>(code: string): K | undefined => {
  const key = code.replaceAll("-", "_");
  return key in words.en ? (key as K) : undefined;
};
