import { expect, test } from "vitest";
import { pieces } from "./marked";

const shown = (text: string, marks: [number, number][]): string =>
  pieces(text, marks)
    .map((piece) => (piece.meant ? `[${piece.text}]` : piece.text))
    .join("");

test("what was meant is set off, and nothing of the text is lost", () => {
  expect(shown("main slot gacor", [[5, 9]])).toBe("main [slot] gacor");
  expect(
    shown("slot slot", [
      [0, 4],
      [5, 9],
    ]),
  ).toBe("[slot] [slot]");
  expect(shown("tanpa", [])).toBe("tanpa");
});

test("a picture sign counts as one letter", () => {
  expect(shown("🎰🎰 slot", [[3, 7]])).toBe("🎰🎰 [slot]");
});
