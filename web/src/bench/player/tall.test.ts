import { expect, it } from "vitest";
import type { Task } from "../../api/types";
import { isTall } from "./tall";

const shown = (tile_width: number, tile_height: number): Pick<Task, "media"> =>
  ({ media: { storyboard: { tile_width, tile_height } } }) as Pick<Task, "media">;

it("tells upright videos, and takes what has no storyboard as lying", () => {
  expect([shown(90, 160), shown(120, 160), shown(160, 160), shown(160, 90)].map(isTall)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(isTall({ media: { storyboard: null } } as Pick<Task, "media">)).toBe(false);
});
