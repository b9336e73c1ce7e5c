import { expect, it } from "vitest";
import { Unsent, type Change, type Shelf } from "./unsent";

class Refused extends Error {}

function place(shelf: Shelf = memory()) {
  const told: Change[] = [];
  const waiting: ((error?: Error) => void)[] = [];
  const unsent = new Unsent(
    shelf,
    (change) => {
      told.push(change);
      return new Promise((done, fail) => waiting.push((error) => (error ? fail(error) : done())));
    },
    (error) => error instanceof Refused,
  );
  const answer = async (problem?: Error): Promise<void> => {
    waiting.shift()?.(problem);
    for (let n = 0; n < 5; n += 1) await Promise.resolve();
  };
  return { unsent, told, answer, shelf };
}

function memory(): Shelf {
  const held = new Map<string, string>();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, text) => void held.set(key, text),
    removeItem: (key) => void held.delete(key),
  };
}

it("changes go one after another, and the last one stands", async () => {
  const { unsent, told, answer } = place();
  unsent.begin("R1");
  for (const target of [4, 40, 400]) unsent.add({ target });
  expect(told).toEqual([{ target: 4 }]);
  await answer();
  expect(told).toEqual([{ target: 4 }, { target: 400 }]);
  await answer();
  expect(unsent.begin("R1")).toEqual({});
});

it("a page that goes before the answer keeps them, and the next one sends them", async () => {
  const { unsent, shelf } = place();
  unsent.begin("R1");
  unsent.add({ opt_out: ["SYN"] });
  const next = place(shelf);
  expect(next.unsent.begin("R1")).toEqual({ opt_out: ["SYN"] });
  expect(next.told).toEqual([{ opt_out: ["SYN"] }]);
  await next.answer();
  expect(place(shelf).unsent.begin("R1")).toEqual({});
});

it("offline they wait; refused they are dropped", async () => {
  const { unsent, told, answer } = place();
  unsent.begin("R1");
  unsent.add({ target: 9 });
  await answer(new Error("offline"));
  expect(told).toHaveLength(1);
  void unsent.send();
  await answer(new Refused());
  expect(told).toHaveLength(2);
  expect(unsent.begin("R1")).toEqual({});
});

it("an answer to one person's change says nothing about another's", async () => {
  const { unsent, told, answer } = place();
  unsent.begin("R1");
  unsent.add({ target: 9 });
  unsent.begin("R2");
  unsent.add({ target: 9 });
  await answer();
  expect(told).toEqual([{ target: 9 }, { target: 9 }]);
});

it("nobody gets what another person chose", () => {
  const { unsent, told, shelf } = place();
  unsent.begin("R1");
  unsent.add({ target: 9 });
  unsent.end();
  unsent.add({ target: 1 });
  expect(place(shelf).unsent.begin("R2")).toEqual({});
  expect(told).toEqual([{ target: 9 }]);
});
