import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { rememberPlace, takePlace, wasLocked } from "./lock";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

it("comes back once to where the person was", () => {
  rememberPlace("/measurement/abc");
  expect(wasLocked()).toBe(true);
  expect(takePlace()).toBe("/measurement/abc");
  expect(wasLocked()).toBe(false);
  expect(takePlace()).toBe("/");
});

it.each(["//evil.example", "https://evil.example", "/sign-in", "javascript:x", "/\\evil.example"])(
  "goes nowhere else: %s",
  (place) => {
    rememberPlace(place);
    expect(takePlace()).toBe("/");
  },
);
