import { describe, expect, it } from "vitest";
import { entries, entryOf, type Entry } from "./entries";
import { withOwnKeys } from "./own";
import { clashes, given, objection, printed } from "./remap";

const entry = (id: string): Entry => {
  const found = entryOf(id);
  if (!found) throw new Error(id);
  return found;
};

describe("the registry that ships", () => {
  it("gives no key to two commands", () => expect([...clashes(entries, {})]).toEqual([]));
  it("names each command once", () => {
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });
  it("asks for no modifier to answer", () => {
    const answering = entries.filter(({ id }) => id.startsWith("bench."));
    expect(answering.flatMap(({ keys }) => keys).filter((key) => key.includes("+"))).toEqual([]);
  });
  it("says every command in both languages", () => {
    for (const { id, title } of entries) expect(title.id !== title.en || id === "", id).toBe(true);
  });
});

describe("a person's own keys", () => {
  it("run instead of the ones that ship", () => {
    const play = { ...entry("bench.play"), run: () => undefined };
    expect(withOwnKeys(play, { "bench.play": ["P"] }).keys).toEqual(["P"]);
    expect(withOwnKeys(play, { "bench.play": [] }).keys).toEqual([]);
    expect(withOwnKeys(play, {}).keys).toEqual(["Space", "K"]);
  });
  it("never take stopping away", () => {
    const stop = { ...entry("bench.stop"), run: () => undefined };
    expect(withOwnKeys(stop, { "bench.stop": [] }).keys).toEqual(["Esc Esc"]);
  });
  it("are refused where another command has them", () => {
    expect(objection(entries, {}, "bench.play", "z")).toMatchObject({ by: { id: "bench.undo" } });
    expect(objection(entries, {}, "bench.play", "5")).toMatchObject({ by: { id: "bench.digit5" } });
    expect(objection(entries, { "bench.undo": ["U"] }, "bench.play", "z")).toBeNull();
    expect(objection(entries, { "bench.undo": ["U"] }, "bench.play", "u")).toMatchObject({ reason: "taken" });
    expect(objection(entries, {}, "bench.undo", "Z")).toBeNull();
  });
  it("leave the browser's own alone", () => {
    expect(objection(entries, {}, "bench.play", "Tab")).toEqual({ reason: "reserved" });
  });
  it("are forgotten once they are what ships", () => {
    const changed = given({}, entry("bench.undo"), ["U"]);
    expect(changed).toEqual({ "bench.undo": ["U"] });
    expect(given(changed, entry("bench.undo"), ["z"])).toEqual({});
  });
});

it("writes keys as keyboards print them", () => {
  expect(["k", "mod+k", "space", "shift+f2", "+"].map(printed)).toEqual([
    "K",
    "Mod+K",
    "Space",
    "Shift+F2",
    "+",
  ]);
});
