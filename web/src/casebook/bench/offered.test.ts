import { describe, expect, it } from "vitest";
import { emptyDraft } from "../../bench/form/draft";
import { offered } from "./offered";

const label = { ...emptyDraft, cursor: { stop: "label.SYN-MASS", part: "answer" as const } };

describe("the span that goes along with a case", () => {
  it("is the last one marked for the question in view", () => {
    const marks = [
      { question: "label.SYN-MASS", start: 1, end: 2 },
      { question: "label.COM-GAMB", start: 3, end: 4 },
    ];
    expect(offered({ ...label, marks, loose: [{ start: 5, end: 6 }] }, 9, 10)).toEqual({ start: 1, end: 2 });
  });

  it("else one that belongs to no question yet, else the last of another", () => {
    const marks = [{ question: "label.COM-GAMB", start: 3, end: 4 }];
    expect(offered({ ...label, marks, loose: [{ start: 5, end: 6 }] }, 9, 10)).toEqual({ start: 5, end: 6 });
    expect(offered({ ...label, marks }, 9, 10)).toEqual({ start: 3, end: 4 });
  });

  it("else two seconds about the place on screen, within the video", () => {
    expect(offered(label, 4, 10)).toEqual({ start: 3, end: 5 });
    expect(offered(label, 0.25, 10)).toEqual({ start: 0, end: 1.25 });
    expect(offered(label, 10, 10)).toEqual({ start: 9, end: 10 });
    expect(offered(label, 0, 0)).toBeNull();
  });
});
