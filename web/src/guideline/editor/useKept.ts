import { useEffect, useState } from "react";

/** How long the writer must rest before the text is kept (ms). */
const PAUSE = 400;

type Kept = { text: string; setText: (text: string) => void; again: boolean };

/** What is being written survives a reload of this tab; `again` says that it came back. */
export function useKept(version: string, saved: string): Kept {
  const name = `tilik.writing.${version}`;
  const [before] = useState(() => read(name));
  const [text, setText] = useState(before ?? saved);
  useEffect(() => {
    const keep = (): void => write(name, text === saved ? null : text);
    const timer = setTimeout(keep, PAUSE);
    // Who leaves in the middle of a word does not lose it.
    window.addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keep);
    };
  }, [name, text, saved]);
  return { text, setText, again: before !== null };
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // A full or forbidden store only means that a reload begins from what is saved.
  }
}
