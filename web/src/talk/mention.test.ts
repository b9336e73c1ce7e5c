import { describe, expect, it } from "vitest";
import { callOn, matching } from "./mention";

describe("calling on somebody", () => {
  it("goes on from what is being typed", () => {
    expect(callOn("Menurut @r0", "R02")).toBe("Menurut @R02 ");
    expect(callOn("@", "R02")).toBe("@R02 ");
    expect(callOn("", "R02")).toBe("@R02 ");
    expect(callOn("Lihat", "R02")).toBe("Lihat @R02 ");
    expect(callOn("surel a@b", "R02")).toBe("surel a@b @R02 ");
  });

  it("offers the names that fit", () => {
    expect(matching("Hai @r1", ["R02", "R11", "R12"])).toEqual(["R11", "R12"]);
    expect(matching("Hai", ["R02", "R11"])).toEqual(["R02", "R11"]);
  });
});
