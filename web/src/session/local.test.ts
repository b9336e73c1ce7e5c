import { expect, it } from "vitest";
import { defaults, readLocal } from "./local";

it("starts dark and Indonesian where nothing is known", () => {
  expect(readLocal(null)).toEqual(defaults);
  expect(defaults).toMatchObject({ language: "id", theme: "dark" });
});

it("keeps what is known and fills in what an older version did not store", () => {
  expect(readLocal('{"language":"en","speed":2}')).toEqual({ ...defaults, language: "en", speed: 2 });
});

it("survives a store that holds something else", () => {
  expect(readLocal("not json")).toEqual(defaults);
  expect(readLocal("null")).toEqual(defaults);
  expect(readLocal('"text"')).toEqual(defaults);
});
