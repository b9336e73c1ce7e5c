import type { Command } from "./match";
import { withOwnKeys } from "./own";

/** `commands` is asked at each press, so that it may answer from the latest render. */
export type Layer = { commands(): readonly Command[]; exclusive: boolean };

let layers: readonly Layer[] = [];

/** Adds commands until the returned function is called; an exclusive layer silences all below it. */
export function addLayer(layer: Layer): () => void {
  layers = [...layers, layer];
  return () => {
    layers = layers.filter((each) => each !== layer);
  };
}

/** What a key press may reach now, the newest layer first. */
export function activeCommands(): Command[] {
  const floor = layers.findLastIndex((layer) => layer.exclusive);
  return layers
    .slice(Math.max(floor, 0))
    .toReversed()
    .flatMap((layer) => layer.commands().map((command) => withOwnKeys(command)));
}
