import { expect, it } from "vitest";
import type { LogEntry, LogPage } from "../api/types";
import { isWhole, oldestSeq, pageSize } from "./chain";

const entry = (seq: number): LogEntry => ({
  seq,
  at: "2026-03-01T00:00:00Z",
  actor: "kenari",
  type: "judgement-made",
  subject: "s",
  hash: "h",
});
const page = (from: number, count: number, verified: number): LogPage => ({
  entries: Array.from({ length: count }, (_, index) => entry(from - index)),
  head: 120,
  verified_to: verified,
});

it("is whole only when verified to its end, whatever page is looked at", () => {
  expect(isWhole(page(90, 3, 120))).toBe(true);
  expect(isWhole(page(90, 3, 119))).toBe(false);
});

it("offers an older page while there is one", () => {
  expect(oldestSeq(page(120, pageSize, 120))).toBe(71);
  expect(oldestSeq(page(pageSize, pageSize, 120))).toBeNull();
  expect(oldestSeq(page(20, 20, 120))).toBeNull();
  expect(oldestSeq({ entries: [], head: 0, verified_to: 0 })).toBeNull();
});
