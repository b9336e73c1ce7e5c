import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { keeper, type Kept } from "./kept";
import { beginning } from "./rating";

const said: Kept = {
  work: {
    draft: { chosen: { "1.kind": ["direct"] }, at: 1 },
    text: "Tanya dulu kepada orang tuamu.",
    marks: [],
  },
  seconds: 12.5,
  stopping: false,
};
const DAY = 24 * 3_600_000;

it("gives back what one person said of a task, to that person alone", async () => {
  await keeper("sari").save("satu", said);
  expect(await keeper("sari").read("satu")).toMatchObject(said);
  expect(await keeper("budi").read("satu")).toBeNull();
  expect(await keeper("sari").read("dua")).toBeNull();
});

it("remembers that work was stopped, and forgets all of it once it is told", async () => {
  const desk = keeper("wati");
  await desk.save("satu", { work: beginning, seconds: 3, stopping: true });
  expect((await keeper("wati").read("satu"))?.stopping).toBe(true);
  await desk.erase("satu");
  expect(await keeper("wati").read("satu")).toBeNull();
});

it("forgets what nobody came back to for days", async () => {
  let now = 0;
  await keeper("tono", () => now).save("lama", said);
  now = 2 * DAY;
  expect(await keeper("tono", () => now).read("lama")).not.toBeNull();
  now = 4 * DAY;
  keeper("tono", () => now);
  await expect.poll(() => keeper("tono", () => now).read("lama")).toBeNull();
});
