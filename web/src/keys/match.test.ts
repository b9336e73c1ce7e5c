import { describe, expect, it } from "vitest";
import { match, remember, sequenceMs, tokenOf, type Command, type Pressed, type Stroke } from "./match";

const words = { id: "x", en: "x" };
const command = (id: string, keys: string[], enabled?: () => boolean): Command => ({
  id,
  keys,
  group: words,
  title: words,
  run: () => undefined,
  ...(enabled ? { enabled } : {}),
});
const stroke = (key: string, held: Partial<Stroke> = {}): Stroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const press = (...tokens: string[]): Pressed[] =>
  tokens.reduce<Pressed[]>((pressed, token, index) => remember(pressed, token, index * 100), []);

describe("the name of a key", () => {
  it("is the same with and without capitals lock", () => {
    expect(tokenOf(stroke("k"))).toBe("k");
    expect(tokenOf(stroke("K"))).toBe("k");
  });
  it("counts Shift for letters and named keys but not where it makes another character", () => {
    expect(tokenOf(stroke("K", { shiftKey: true }))).toBe("shift+k");
    expect(tokenOf(stroke("Tab", { shiftKey: true }))).toBe("shift+tab");
    expect(tokenOf(stroke("?", { shiftKey: true }))).toBe("?");
    expect(tokenOf(stroke("1", { shiftKey: true }))).toBe("1");
  });
  it("takes Control and Command as the same modifier", () => {
    expect(tokenOf(stroke("k", { ctrlKey: true }))).toBe("mod+k");
    expect(tokenOf(stroke("k", { metaKey: true }))).toBe("mod+k");
  });
  it("names what cannot be seen", () => {
    expect(tokenOf(stroke(" "))).toBe("space");
    expect(tokenOf(stroke("Escape"))).toBe("esc");
  });
});

describe("matching", () => {
  const stop = command("stop", ["Esc Esc"]);
  const close = command("close", ["Esc"]);
  const play = command("play", ["Space", "K"]);

  it("finds any of a command's keys, in any case", () => {
    expect(match([play], press("space"))?.id).toBe("play");
    expect(match([play], press("k"))?.id).toBe("play");
    expect(match([play], press("j"))).toBeNull();
  });
  it("lets the longer sequence win over its last key", () => {
    expect(match([close, stop], press("esc"))?.id).toBe("close");
    expect(match([close, stop], press("esc", "esc"))?.id).toBe("stop");
  });
  it("is not fooled by another key in between", () => {
    expect(match([stop], press("esc", "k", "esc"))).toBeNull();
  });
  it("forgets what was pressed too long ago", () => {
    const late = remember(remember([], "esc", 0), "esc", sequenceMs + 1);
    expect(match([stop], late)).toBeNull();
  });
  it("passes over a command that is not enabled now", () => {
    const never = command("never", ["K"], () => false);
    expect(match([never, play], press("k"))?.id).toBe("play");
    expect(match([never], press("k"))).toBeNull();
  });
});
