import { expect, it } from "vitest";
import { ApiProblem, Offline } from "./fetch";
import { retryDelay, worthRetrying } from "./query";

const refused = (status: number): ApiProblem =>
  new ApiProblem({ status, code: "x", message: { id: "x", en: "x" }, where: null, mend: null });

it("asks again for as long as nothing answers, some times after a fault, never after a refusal", () => {
  expect(worthRetrying(100, new Offline())).toBe(true);
  expect(worthRetrying(2, refused(503))).toBe(true);
  expect(worthRetrying(3, refused(503))).toBe(false);
  expect(worthRetrying(0, refused(403))).toBe(false);
});

it("waits longer each time, and never long", () => {
  expect([0, 1, 2, 10].map(retryDelay)).toEqual([500, 1000, 2000, 5000]);
});
