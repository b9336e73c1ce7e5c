import { describe as group, expect, it } from "vitest";
import type { EvidenceItem } from "../../api/types";
import { clock } from "../player/clock";
import { brief, describe, kindName } from "./describe";
import { evidenceLanes, lanesOf, neighbour, nextEvidence, ofWhole, drawnAt } from "./lanes";

const item = (kind: string, start: number, end: number, value: unknown = null): EvidenceItem => ({
  kind,
  start,
  end,
  value,
  source: "shots/1",
  note: "",
});
const evidence = [
  item("flash", 6, 8, { verdict: "fail", transitions_per_second: 7 }),
  item("shot", 0, 4, { index: 0 }),
  item("shot", 4, 10, { index: 1 }),
  item("pace", 0, 10, { shots: 2, cuts_per_minute: 6, median_seconds: 5 }),
  item("new-kind", 1, 2, "x"),
];
const own = {
  trace: [
    [0, 2, 1],
    [1, 3, 2],
  ] as [number, number, number][],
  marks: [{ question: "label.X", start: 1, end: 2 }],
  loose: [{ start: 5, end: 6 }],
};

group("lanes", () => {
  it("lays bars of the same time side by side, three at most", () => {
    const [lane] = evidenceLanes([
      item("on-screen-text", 0, 5, "satu"),
      item("on-screen-text", 0, 5, "dua"),
      item("on-screen-text", 0, 5, "tiga"),
      item("on-screen-text", 0, 5, "empat"),
      item("on-screen-text", 5, 9, "lima"),
    ]);
    expect(lane?.levels).toBe(3);
    expect(lane?.bars.map((bar) => bar.level)).toEqual([0, 1, 2, 2, 0]);
    const rows = lane?.bars.slice(0, 3).map((bar) => drawnAt(bar, lane.levels)) ?? [];
    expect(
      rows.every((row, k) => k === 0 || row.y >= (rows[k - 1]?.y ?? 0) + (rows[k - 1]?.height ?? 0)),
    ).toBe(true);
    expect(evidenceLanes(evidence).every((one) => one.levels === 1)).toBe(true);
  });

  it("has one row per kind present, coverage first, own marks last", () => {
    expect(lanesOf(evidence, own).map((lane) => lane.kind)).toEqual([
      "seen",
      "shot",
      "flash",
      "new-kind",
      "mark",
    ]);
    expect(lanesOf(evidence, own)[0]?.bars).toEqual([{ start: 0, end: 3, item: null }]);
    expect(lanesOf([], own).at(-1)?.bars).toHaveLength(2);
    expect(ofWhole(evidence).map((one) => one.kind)).toEqual(["pace"]);
  });

  it("goes to the next evidence and round again", () => {
    expect(nextEvidence(evidence, 0)?.kind).toBe("new-kind");
    expect(nextEvidence(evidence, 4)?.kind).toBe("flash");
    expect(nextEvidence(evidence, 9)?.start).toBe(0);
    expect(nextEvidence([], 0)).toBeNull();
  });
});

group("from bar to bar by keys", () => {
  const lanes = lanesOf(evidence, own);
  const [flash, first, second] = evidence;
  it("goes along a lane and stops at its ends, and to the nearest bar of the next lane", () => {
    expect(neighbour(lanes, null, "right")).toBe(first);
    expect(neighbour(lanes, first ?? null, "right")).toBe(second);
    expect(neighbour(lanes, second ?? null, "right")).toBe(second);
    expect(neighbour(lanes, second ?? null, "left")).toBe(first);
    expect(neighbour(lanes, first ?? null, "down")).toBe(flash);
    expect(neighbour(lanes, flash ?? null, "up")).toBe(second);
    expect(neighbour([], null, "left")).toBeNull();
  });
});

group("what evidence says", () => {
  it("is in the reader's language, with value and source", () => {
    const [flash] = evidence;
    if (!flash) throw new Error("no evidence");
    expect(describe(flash, "id")).toBe(
      "Kedipan · 0:06.0–0:08.0 · 7,0 pergantian terang per detik, melewati batas WCAG 2.3.1 (shots/1)",
    );
    expect(describe(flash, "en")).toContain("7.0 changes of light a second, over the WCAG 2.3.1 limit");
  });

  it("says a jump of loudness in words", () => {
    const jump = item("loudness", 3, 6, { change: -12.5, before: -14.0, after: -26.5 });
    expect(describe(jump, "en")).toContain("12.5 LU quieter: from -14.0 to -26.5 LUFS");
    expect(describe(jump, "id")).toContain("12,5 LU lebih pelan: dari -14,0 ke -26,5 LUFS");
  });

  it("never takes a missing manifest for a sign of anything", () => {
    const claim = { by: "tool", making: "unsaid", weight: "written", said: "Lavf62" };
    const none = item("provenance", 0, 9, {
      manifest: "none",
      making: "unsaid",
      conflict: false,
      claims: [claim],
    });
    expect(brief(none, "en")).toBe("no manifest: says nothing about origin");
    expect(brief(none, "id")).toBe("tanpa manifes: ini tidak mengatakan apa pun soal asal-usulnya");
    expect(describe(none, "en")).toContain("tool: Lavf62");
  });

  it("says who signed, what is claimed and where sources contradict", () => {
    const claimed = (manifest: string, weight: string): EvidenceItem =>
      item("provenance", 0, 9, {
        manifest,
        making: "partly-generated",
        conflict: true,
        issuer: "Kantor",
        claims: [{ by: "c2pa", making: "generated", weight, said: "trainedAlgorithmicMedia" }],
      });
    expect(brief(claimed("valid", "signed"), "en")).toBe(
      "C2PA signature sound, Kantor is not on the trust list; said to be made by AI in part; sources contradict each other",
    );
    expect(brief(claimed("trusted", "signed"), "id")).toContain("Kantor ada di daftar tepercaya");
    expect(describe(claimed("invalid", "broken"), "en")).toContain("broken manifest, not used: trained");
  });

  it("names languages and words found, and where", () => {
    const language = item("language", 0, 9, { language: "id", sure: 0.97, from: "caption" });
    expect(describe(language, "id")).toContain("Indonesia, keyakinan 97");
    expect(describe(language, "en")).toContain("Indonesian, confidence 97% (captions)");
    const word = item("lexicon", 1, 2, {
      entry: "slot",
      group: "judi",
      weight: 2,
      found: "sl0t",
      from: "on-screen-text",
    });
    expect(describe(word, "en")).toContain("“sl0t”, looked for: slot (on-screen text)");
  });

  it("says that spoken words were recognised by a machine, and how surely", () => {
    const words = item("speech-text", 1, 3, { text: "selamat pagi", score: 0.82, language: "id" });
    expect(describe(words, "id")).toContain(
      "Isi ucapan · 0:01.0–0:03.0 · selamat pagi (dikenali otomatis, keyakinan 82",
    );
    expect(describe(words, "en")).toContain("Words spoken");
  });

  it("keeps what it does not know as it came", () => {
    expect(kindName("new-kind", "id")).toBe("new-kind");
    expect(describe(item("other", 1, 1, { lufs: -14.2, peak: "high" }), "en")).toBe(
      "other · 0:01.0 · lufs -14.2, peak high (shots/1)",
    );
  });
});

group("clock", () => {
  it("never rounds up to a moment that is not there yet", () => {
    expect(clock(59.99)).toBe("0:59.9");
    expect(clock(7.3)).toBe("0:07.3");
    expect(clock(3753.5)).toBe("1:02:33.5");
    expect(clock(65, 0)).toBe("1:05");
  });
});
