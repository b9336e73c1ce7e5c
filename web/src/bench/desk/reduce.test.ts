import { describe, expect, it } from "vitest";
import shipped from "../../../../tests/vectors/keluarga-id.json?raw";
import type { Task } from "../../api/types";
import { check, decide, type Guideline } from "../../guideline";
import { emptyDraft } from "../form/draft";
import { bench } from "./reduce";
import { emptyBench, type Bench, type Command, type Item } from "./state";

const guideline = JSON.parse(shipped) as Guideline;
const media = {
  condition: "playable",
  duration: 45,
  width: 1080,
  height: 1920,
  fps: 30,
  playback: { url: "/media/x", mime: "video/mp4" },
  poster: null,
  storyboard: null,
  loudness: null,
};
const taskOf = (task: string): Task => ({
  task,
  lease: { id: `lease-${task}`, until: "2026-01-01T00:00:00Z" },
  guideline: "hash",
  blind: true,
  title: `title ${task}`,
  media,
  evidence: [],
  earlier: null,
});
const itemOf = (task: string): Item => ({ task: taskOf(task), guideline, draft: emptyDraft, lost: null });
const start = (): Bench => bench(emptyBench("me"), { type: "arrived", items: [itemOf("a"), itemOf("b")] });

let stamps = 0;
const enter = (now = 1_000): Command => {
  stamps += 1;
  return { type: "enter", stamp: { now, key: `key-${stamps}`, language: "id" } };
};

/** Presses keys as a reader would: digits, `⏎` for Enter, `<` for Backspace. */
function press(state: Bench, keys: string, now = 1_000): Bench {
  let next = state;
  for (const key of keys) {
    if (key === "⏎") next = bench(next, enter(now));
    else if (key === "<") next = bench(next, { type: "back" });
    else next = bench(next, { type: "digit", digit: Number(key) });
  }
  return next;
}
const run = (state: Bench, ...commands: Command[]): Bench => commands.reduce(bench, state);
const cursor = (state: Bench) => state.queue[0]?.draft.cursor;
const answers = (state: Bench) => state.queue[0]?.draft.answers ?? {};
const posted = (state: Bench) => {
  const parcel = state.outgoing.at(-1)?.parcel;
  if (parcel?.kind !== "judgement") throw new Error("no judgement was submitted");
  return parcel.body;
};

// assessable · two signs and on · the audience proposed · from six · no family · no strength ·
// the verdict proposed · sure · no edge case · submit
const clean = "1 45⏎ ⏎ 3 0 ⏎ ⏎ 3 ⏎ ⏎".replaceAll(" ", "");

describe("a clean short", () => {
  it("takes at most twelve keys from load to submit", () => {
    expect([...clean]).toHaveLength(12);
    const state = press(start(), clean);
    expect(state.queue.map((item) => item.task.task)).toEqual(["b"]);
    const body = posted(state);
    expect(check(guideline, body.answers, body.marks, body.notes)).toEqual([]);
    expect(body.answers).toMatchObject({
      "audience.factors": ["AF4", "AF5"],
      audience: "AUD-MIX",
      min_age: 6,
      verdict: "Q2",
      confidence: 3,
      edge_case: null,
    });
    expect(body).toMatchObject({ task: "a", lease: "lease-a", guideline: "hash", language: "id" });
  });

  it("is not submitted one key early", () => {
    expect(press(start(), clean.slice(0, -1)).outgoing).toEqual([]);
  });

  it("no single key submits or skips: a digit that is not a choice says so and changes nothing", () => {
    const state = press(start(), "9");
    expect(answers(state)).toEqual({});
    expect(state.nudge?.code).toBe("not-a-choice");
    expect(press(start(), "⏎").nudge?.code).toBe("choose-first");
  });
});

describe("what cannot be judged", () => {
  it("goes straight to the end", () => {
    const state = press(start(), "2");
    expect(cursor(state)?.stop).toBe("submit");
    expect(posted(press(state, "⏎")).answers).toEqual({ assessable: "NA-GONE" });
  });

  it("asks the language first where the code wants it, and turns a long list with 0", () => {
    const asked = press(start(), "3");
    expect(cursor(asked)?.stop).toBe("assessable.language");
    expect(posted(press(asked, "2⏎")).answers).toEqual({
      assessable: "NA-LANG",
      "assessable.language": "su",
    });
    expect(answers(press(asked, "01"))["assessable.language"]).toBe("sas");
  });

  it("drops later answers when an early one is changed", () => {
    const state = press(press(start(), "145⏎⏎3"), "<<<<2");
    expect(answers(state)).toEqual({ assessable: "NA-GONE" });
  });
});

const opened = () => press(start(), "1⏎437⏎");

describe("families and labels", () => {
  it("asks nothing of closed families, and each label of an opened one", () => {
    const state = opened();
    expect(cursor(state)?.stop).toBe("label.CHI-EXPL");
    expect(answers(state)["family.SYN"]).toBe(false);
    expect(cursor(press(state, "000"))?.stop).toBe("strength.HQ-CARE");
  });

  it("will not take Enter for seven times no", () => {
    expect(press(start(), "1⏎43⏎").nudge?.code).toBe("none-is-zero");
  });

  it("wants span and sentence above level 0, loops the span, and moves on", () => {
    let state = press(opened(), "2");
    expect(cursor(state)).toEqual({ stop: "label.CHI-EXPL", part: "span" });
    state = press(state, "⏎");
    expect(state.nudge?.code).toBe("mark-first");
    state = run(state, { type: "mark-in", at: 3 }, { type: "mark-out", at: 5.5 });
    expect(state.loop).toEqual({ start: 3, end: 5.5 });
    state = press(state, "⏎");
    expect(cursor(state)?.part).toBe("reason");
    expect(press(state, "⏎").nudge?.code).toBe("reason-first");
    const write = (text: string): Command => ({ type: "write", question: "label.CHI-EXPL", text });
    expect(press(run(state, write("Tulis ke ibu@contoh.id")), "⏎").nudge?.code).toBe("personal-first");
    const numbered = run(state, write("Nomor 0812-3456-7890 dibacakan"));
    expect(press(numbered, "⏎").nudge?.code).toBe("personal-first");
    const stated = run(numbered, { type: "state", numbers: ["0812-3456-7890"] });
    expect(cursor(press(stated, "⏎"))?.stop).toBe("label.CHI-PRIV");
    state = run(state, { type: "write", question: "label.CHI-EXPL", text: " Anak menangis direkam. " });
    state = press(state, "⏎");
    expect(cursor(state)?.stop).toBe("label.CHI-PRIV");
    expect(state.loop).toBeNull();
    const body = posted(press(state, "00⏎⏎3⏎⏎"));
    expect(body.marks).toEqual([{ question: "label.CHI-EXPL", start: 3, end: 5.5 }]);
    expect(body.notes).toEqual({ "label.CHI-EXPL": "Anak menangis direkam." });
    expect(body.answers["verdict"]).toBe("Q3");
  });

  it("offers a span that was marked before its label was opened", () => {
    let state = run(start(), { type: "mark-in", at: 9 }, { type: "mark-out", at: 7 });
    expect(state.queue[0]?.draft.loose).toEqual([{ start: 7, end: 9 }]);
    state = press(state, "1⏎437⏎1⏎");
    expect(state.queue[0]?.draft.marks).toEqual([{ question: "label.CHI-EXPL", start: 7, end: 9 }]);
    expect(state.queue[0]?.draft.loose).toEqual([]);
  });

  it("forgets span and sentence when the level returns to 0 or the family closes", () => {
    let state = press(opened(), "2");
    state = run(state, { type: "mark-in", at: 3 }, { type: "mark-out", at: 5 });
    state = run(press(state, "⏎"), { type: "write", question: "label.CHI-EXPL", text: "x" });
    const level = run(state, { type: "choose", stop: "label.CHI-EXPL", option: 0 });
    expect(level.queue[0]?.draft).toMatchObject({ marks: [], notes: {} });
    const closed = run(state, { type: "choose", stop: "families", option: "CHI" });
    expect(closed.queue[0]?.draft).toMatchObject({ marks: [], notes: {} });
    expect(Object.keys(answers(closed)).some((id) => id.startsWith("label."))).toBe(false);
  });

  it("says that a span has no start", () => {
    expect(run(start(), { type: "mark-out", at: 4 }).nudge?.code).toBe("start-first");
  });
});

const before = () => press(start(), "1⏎430⏎");

describe("the verdict", () => {
  it("is proposed by rule; another one asks for a reason", () => {
    let state = before();
    expect(cursor(state)?.stop).toBe("verdict");
    state = press(state, "1");
    expect(cursor(state)).toEqual({ stop: "verdict", part: "reason" });
    expect(press(state, "⏎").nudge?.code).toBe("reason-first");
    state = run(state, { type: "write", question: "verdict", text: "Tempo dan bahasanya istimewa." });
    const body = posted(press(state, "⏎3⏎⏎"));
    expect(decide(guideline, body.answers)).toMatchObject({ overridden: true, verdict: "Q1" });
    expect(body.notes["verdict"]).toBe("Tempo dan bahasanya istimewa.");
  });

  it("the proposed one by its digit asks for nothing", () => {
    expect(cursor(press(before(), "2"))?.stop).toBe("confidence");
  });

  it("taken from the rule is asked again when the proposal changes", () => {
    const state = press(before(), "⏎3⏎");
    const changed = run(
      state,
      { type: "choose", stop: "strength.HQ-CARE", option: 2 },
      { type: "choose", stop: "strength.HQ-LEARN", option: 2 },
    );
    expect(answers(changed)["verdict"]).toBeUndefined();
    expect(cursor(changed)?.stop).toBe("verdict");
    expect(posted(press(changed, "⏎⏎")).answers["verdict"]).toBe("Q1");
  });
});

describe("step back and look again", () => {
  it("walks back through parts and stops, keeping answers", () => {
    const state = press(start(), "1⏎43");
    expect(cursor(press(state, "<"))?.stop).toBe("min_age");
    expect(answers(press(state, "<"))["min_age"]).toBe(6);
    expect(cursor(press(state, "<<<<"))?.stop).toBe("assessable");
    expect(press(state, "<<<<<").nudge?.code).toBe("first-already");
  });

  it("jumps to the edge case at any time and returns to what is open", () => {
    const state = run(press(start(), "1⏎"), { type: "go", stop: "edge_case" });
    expect(cursor(press(state, "1"))).toEqual({ stop: "edge_case", part: "reason" });
    expect(cursor(press(state, "1⏎"))?.stop).toBe("audience");
    expect(run(start(), { type: "go", stop: "edge_case" }).nudge?.code).toBe("not-yet");
  });

  it("undoes the last change of the draft", () => {
    const state = press(start(), "1⏎43");
    const undone = run(state, { type: "undo" });
    expect(answers(undone)["min_age"]).toBeUndefined();
    expect(cursor(undone)?.stop).toBe("min_age");
    expect(run(start(), { type: "undo" }).nudge?.code).toBe("nothing-to-undo");
  });
});

describe("undo of a submitted item", () => {
  it("brings it back with all answers, before the next one", () => {
    const state = press(start(), clean);
    const key = state.held?.key ?? "";
    const back = run(state, { type: "stowed", key }, { type: "taken-back", key });
    expect(back.queue.map((item) => item.task.task)).toEqual(["a", "b"]);
    expect(back.held).toBeNull();
    const again = press(back, "⏎", 2_000);
    expect(posted(again).answers).toEqual(posted(state).answers);
    expect(posted(again).key).not.toBe(key);
  });

  it("is over once the outbox has let it go", () => {
    const state = press(start(), clean);
    const key = state.held?.key ?? "";
    const gone = run(state, { type: "gone", key, late: true });
    expect(gone.nudge?.code).toBe("too-late");
    expect(run(gone, { type: "taken-back", key }).queue).toHaveLength(1);
  });

  it("a reload in between does not bring a submitted task back as new", () => {
    const state = press(start(), clean);
    expect(run(state, { type: "arrived", items: [itemOf("a")] }).queue).toHaveLength(1);
  });
});

const stopped = () => run(press(start(), "1⏎43"), { type: "stop", at: 12.5, now: 5_000 });

describe("stop-work", () => {
  it("answers only with escalations, erases the draft and lets the reader rest", () => {
    let state = press(stopped(), "1");
    expect(state.stopped?.choice).toBe("ESC-CSAM");
    state = run(state, { type: "stop-note", text: "uraian" });
    state = press(state, "⏎", 9_000);
    const parcel = state.outgoing.at(-1);
    expect(parcel?.parcel.kind).toBe("stop-work");
    expect(parcel?.parcel.body).toMatchObject({
      task: "a",
      lease: "lease-a",
      escalation: "ESC-CSAM",
      at: 12.5,
      note: null,
    });
    expect(parcel).toMatchObject({ title: null, heldUntil: 9_000 });
    expect(JSON.stringify(state)).not.toContain("uraian");
    expect(state.queue.map((item) => item.task.task)).toEqual(["b"]);
    expect(state).toMatchObject({ resting: "stop", held: null, past: [] });
    expect(answers(press(state, "1"))).toEqual({});
    expect(press(state, "⏎").resting).toBeNull();
  });

  it("keeps a sentence only where the guideline allows one", () => {
    const state = run(press(stopped(), "3"), { type: "stop-note", text: " anak di jalan raya " });
    expect(press(state, "⏎").outgoing.at(-1)?.parcel.body).toMatchObject({
      escalation: "ESC-DANGER",
      note: "anak di jalan raya",
    });
  });

  it("sends nothing before a choice, and one Escape leads back only before one", () => {
    expect(press(stopped(), "⏎").outgoing).toEqual([]);
    expect(run(stopped(), { type: "escape", now: 5_400 }).stopped).not.toBeNull();
    const back = run(stopped(), { type: "escape", now: 8_000 });
    expect(back.stopped).toBeNull();
    expect(answers(back)["min_age"]).toBe(6);
    expect(run(press(stopped(), "2"), { type: "escape", now: 8_000 }).stopped?.choice).toBe("ESC-GROOM");
  });

  it("no other key reaches the item", () => {
    const state = press(stopped(), "<");
    expect(cursor(state)).toEqual(cursor(stopped()));
    expect(run(stopped(), { type: "undo" }).queue[0]?.draft).toEqual(stopped().queue[0]?.draft);
  });
});

describe("supply", () => {
  it("shows why a lease was lost until its reader has seen it, and drops a lost prefetch at once", () => {
    const words = { id: "habis", en: "over" };
    const other = run(start(), { type: "lost", task: "b", words });
    expect(other.queue.map((item) => item.task.task)).toEqual(["a"]);
    const mine = run(press(start(), "1"), { type: "lost", task: "a", words });
    expect(mine.queue[0]).toMatchObject({ lost: words, draft: { answers: { assessable: "yes" } } });
    expect(press(mine, "⏎").queue.map((item) => item.task.task)).toEqual(["b"]);
  });

  it("renews, refreshes media and takes what was watched without touching answers", () => {
    const fresh = { ...taskOf("a"), media: { ...media, playback: { url: "/media/y", mime: "video/mp4" } } };
    const state = run(
      press(start(), "1"),
      { type: "renewed", task: "a", until: "2027-01-01T00:00:00Z" },
      { type: "watched", task: "a", watched: { trace: [[0, 4, 1]], seconds: 4 } },
      { type: "refreshed", task: fresh },
    );
    expect(state.queue[0]?.draft).toMatchObject({
      answers: { assessable: "yes" },
      watched: { trace: [[0, 4, 1]], seconds: 4 },
    });
    expect(state.queue[0]?.task.media.playback?.url).toBe("/media/y");
    expect(state.past).toHaveLength(1);
  });
});
