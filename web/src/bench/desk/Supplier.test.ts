import { expect, it, vi } from "vitest";
import type { NextTask } from "../../api/types";
import { emptyBench } from "./state";
import { Supplier } from "./Supplier";
import type { Wire } from "./wire";

it("asks again when something made room while the last question was out", async () => {
  let answer: (answer: NextTask) => void = () => undefined;
  const next = vi.fn(() => new Promise<NextTask>((resolve) => (answer = resolve)));
  const supplier = new Supplier({
    wire: { held: async () => [], next } as unknown as Wire,
    now: Date.now,
    bench: () => emptyBench("somebody"),
    outbox: () => [],
    dispatch: () => undefined,
    item: () => Promise.reject(new Error("no item is given out here")),
  });
  const resumed = supplier.resume(null);
  await vi.waitFor(() => expect(next).toHaveBeenCalledTimes(1));
  void supplier.fill();
  answer({ task: null, reason: "enough-held" });
  await vi.waitFor(() => expect(next).toHaveBeenCalledTimes(2));
  answer({ task: null, reason: "enough-held" });
  await resumed;
  expect(next).toHaveBeenCalledTimes(2);
});
