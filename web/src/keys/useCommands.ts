import { useLayoutEffect, useRef } from "react";
import type { Command } from "./match";
import { addLayer } from "./registry";

type Options = {
  /** While true these commands are the only ones: for a dialog that must own the keyboard. */
  exclusive?: boolean;
};

/** Offers commands while the component is on screen; `run` and `enabled` may close over its state. */
export function useCommands(commands: readonly Command[], { exclusive = false }: Options = {}): void {
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  // With the screen and not after it: a key pressed in between belongs to what is seen.
  useLayoutEffect(() => addLayer({ commands: () => latest.current, exclusive }), [exclusive]);
}
