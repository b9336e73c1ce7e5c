import type { Task } from "../../api/types";

/** Narrower than this (width over height), a picture has room for the lanes beside it. */
const TALL = 0.8;

/** Whether the video stands upright; known from the storyboard before any of it is loaded. */
export function isTall({ media }: Pick<Task, "media">): boolean {
  const board = media.storyboard;
  return board !== null && board.tile_width < TALL * board.tile_height;
}
