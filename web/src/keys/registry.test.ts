import { expect, it } from "vitest";
import type { Command } from "./match";
import { activeCommands, addLayer, type Layer } from "./registry";

const words = { id: "x", en: "x" };
const command = (id: string): Command => ({
  id,
  keys: ["K"],
  group: words,
  title: words,
  run: () => undefined,
});
const layer = (id: string, exclusive = false): Layer => ({ commands: () => [command(id)], exclusive });
const ids = (): string[] => activeCommands().map((each) => each.id);

it("offers the newest layer first, silences what lies under an exclusive one, and restores it", () => {
  const endApp = addLayer(layer("app"));
  const endBench = addLayer(layer("bench"));
  expect(ids()).toEqual(["bench", "app"]);

  const endDialog = addLayer(layer("dialog", true));
  expect(ids()).toEqual(["dialog"]);

  endDialog();
  expect(ids()).toEqual(["bench", "app"]);
  endBench();
  endApp();
  expect(ids()).toEqual([]);
});

it("asks a layer anew at each press", () => {
  let title = "before";
  const end = addLayer({ commands: () => [command(title)], exclusive: false });
  title = "after";
  expect(ids()).toEqual(["after"]);
  end();
});
