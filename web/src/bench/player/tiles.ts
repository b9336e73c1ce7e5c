import type { Storyboard } from "../../api/types";

/** Height of the strip in CSS pixels. */
export const STRIP = 52;

/** A tile: the moment it shows, and where it lies in the sprite (sprite pixels). */
export type Tile = { readonly at: number; readonly x: number; readonly y: number };

/** As many tiles as fit side by side, each showing what is to be seen at the middle of its place. */
export function tilesFor(
  board: Storyboard,
  duration: number,
  width: number,
): { tiles: Tile[]; scale: number } {
  const scale = STRIP / board.tile_height;
  const fit = Math.max(0, Math.ceil(width / (board.tile_width * scale)));
  const tiles: Tile[] = [];
  for (let n = 0; n < fit; n += 1) {
    const middle = ((n + 0.5) / fit) * duration;
    const index = Math.min(board.count - 1, Math.max(0, Math.floor(middle / board.interval)));
    const x = (index % board.columns) * board.tile_width;
    const y = Math.floor(index / board.columns) * board.tile_height;
    tiles.push({ at: Math.round(middle * 100) / 100, x, y });
  }
  return { tiles, scale };
}
