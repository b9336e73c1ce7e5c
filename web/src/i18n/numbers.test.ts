import { describe, expect, it } from "vitest";
import { decimal, percent, range, share } from "./numbers";

describe("numbers as each language writes them", () => {
  it("separates thousands and decimals the local way", () => {
    expect(decimal(1234567, "id")).toBe("1.234.567");
    expect(decimal(1234567, "en")).toBe("1,234,567");
    expect(decimal(210.44, "id", 1)).toBe("210,4");
  });
  it("keeps the percent sign with its number", () => {
    expect(percent(0.123, "id")).toBe("12,3\u00A0%");
    expect(percent(0.123, "en")).toBe("12.3%");
    expect(range(0.091, 0.156, "id")).toBe("9,1–15,6\u00A0%");
  });
  it("never prints zero for something that was seen", () => {
    expect(share(0.004, "en")).toBe("0.40%");
    expect(share(0.0004, "en")).toBe("0.040%");
    expect(share(0, "en")).toBe("0.00%");
  });
});
