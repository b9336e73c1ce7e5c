import { expect, it } from "vitest";
import { grouped } from "./group";
import type { Command } from "./match";

const command = (id: string, title: string, group: string, keys: string[] = []): Command => ({
  id,
  keys,
  group: { id: group, en: group.toUpperCase() },
  title: { id: title, en: title.toUpperCase() },
  run: () => undefined,
});
const commands = [
  command("play", "putar atau jeda", "pemutar", ["Space", "K"]),
  command("stop", "henti kerja", "aman", ["Esc Esc"]),
  command("speed", "kecepatan putar", "pemutar", ["S"]),
];
const ids = (query: string): string[][] =>
  grouped(commands, query, "id").map((group) => group.commands.map((each) => each.id));

it("groups all commands in the order they were given", () => {
  expect(ids("")).toEqual([["play", "speed"], ["stop"]]);
});

it("finds by any word of title, group or key, all of them, in any case", () => {
  expect(ids("PUTAR")).toEqual([["play", "speed"]]);
  expect(ids("putar space")).toEqual([["play"]]);
  expect(ids("aman")).toEqual([["stop"]]);
  expect(ids("tidak ada")).toEqual([]);
});

it("names the groups in the reader's language", () => {
  expect(grouped(commands, "", "en").map((group) => group.name)).toEqual(["PEMUTAR", "AMAN"]);
});
