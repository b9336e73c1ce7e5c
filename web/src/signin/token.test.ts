import { expect, it, vi } from "vitest";
import { takeToken } from "./token";

it("takes the token out of the address", () => {
  const replaceState = vi.fn();
  expect(takeToken({ hash: "#abc-123", pathname: "/sign-in" }, { replaceState, state: null })).toBe(
    "abc-123",
  );
  expect(replaceState).toHaveBeenCalledWith(null, "", "/sign-in");
});

it("leaves an address without a token alone", () => {
  const replaceState = vi.fn();
  expect(takeToken({ hash: "", pathname: "/sign-in" }, { replaceState, state: null })).toBeNull();
  expect(takeToken({ hash: "#", pathname: "/sign-in" }, { replaceState, state: null })).toBeNull();
  expect(replaceState).not.toHaveBeenCalled();
});
