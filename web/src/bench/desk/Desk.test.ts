import { afterEach, beforeEach, expect, it, vi } from "vitest";
import shipped from "../../../../tests/vectors/keluarga-id.json?raw";
import { ApiProblem, Offline } from "../../api/fetch";
import type { NextTask, Task } from "../../api/types";
import type { Guideline } from "../../guideline";
import type { Draft } from "../form/draft";
import { memoryBox } from "../outbox/box";
import { HOLD, type Parcel } from "../outbox/entry";
import { Sender } from "../outbox/sender";
import { Desk } from "./Desk";
import type { Drafts } from "./drafts";
import type { Stopped } from "./state";
import type { Wire } from "./wire";

const guideline = JSON.parse(shipped) as Guideline;

/** A server of some tasks that gives out four at a time, and can go away. */
class Queue implements Wire {
  open = ["a", "b", "c", "d", "e", "f"];
  inHand: string[] = [];
  sent: Parcel[] = [];
  away = false;
  refuse: ApiProblem | null = null;
  until = "2030-01-01T00:00:00Z";

  held = async () => (this.reach(), this.inHand.map((task) => this.task(task)));
  next = async (holding: readonly string[]): Promise<NextTask> => {
    this.reach();
    const known = this.inHand.find((task) => !holding.includes(task));
    if (known) return { task: this.task(known), reason: null };
    if (this.inHand.length >= 4) return { task: null, reason: "enough-held" };
    const fresh = this.open.shift();
    if (!fresh) return { task: null, reason: "queue-empty" };
    this.inHand.push(fresh);
    return { task: this.task(fresh), reason: null };
  };
  renew = async () => {
    this.reach();
    if (this.refuse) throw this.refuse;
    return "2031-01-01T00:00:00Z";
  };
  guideline = async () => guideline;
  send = async (parcel: Parcel) => {
    this.reach();
    this.sent.push(parcel);
    this.inHand = this.inHand.filter((task) => task !== parcel.body.task);
  };
  met = 0;
  released: string[] = [];
  day = async () => ({
    judged: this.sent.length,
    active_seconds: 0,
    waiting: this.open.length,
    exposure: { hour: this.met, day: this.met, hour_budget: 20, day_budget: 90 },
    hours: [],
  });
  last = async () => [];
  reopen = async (judgement: string): Promise<Task> => {
    this.reach();
    const answers = { assessable: "NA-GONE" };
    const earlier = { judgement, answers, marks: [], notes: {}, trace: [], active_seconds: 3 };
    return { ...this.task("old"), earlier };
  };
  release = async (task: string) => void this.released.push(task);

  private reach(): void {
    if (this.away) throw new Offline("away");
  }
  private task(task: string): Task {
    const media = { condition: "ready", duration: 9, width: 9, height: 16, fps: 25 };
    return {
      task,
      lease: { id: `lease-${task}`, until: this.until },
      guideline: "hash",
      blind: true,
      title: null,
      media: { ...media, playback: null, poster: null, storyboard: null, loudness: null },
      evidence: [],
      earlier: null,
    };
  }
}

function draftsIn(kept: Map<string, Draft>, stop: { now: Stopped | null }): Drafts {
  return {
    read: async (task) => kept.get(task) ?? null,
    save: async (task, draft) => void kept.set(task, draft),
    erase: async (task) => void kept.delete(task),
    sweep: async () => {},
    readStop: async () => stop.now,
    saveStop: async (stopped) => void (stop.now = stopped),
  };
}

function computer() {
  const wire = new Queue();
  const box = memoryBox();
  const kept = new Map<string, Draft>();
  const stop: { now: Stopped | null } = { now: null };
  /** Opens the page anew over the same disk and the same server. */
  const load = async () => {
    const drafts = draftsIn(kept, stop);
    const now = () => Date.now();
    const desk = new Desk({ person: "me", wire, drafts, durable: true, language: () => "id", now });
    const sender = new Sender({
      box,
      person: "me",
      post: wire.send,
      now,
      chance: () => 0.5,
      exclusive: (work) => work(),
      tell: desk.told,
      arrived: desk.arrived,
    });
    void desk.open(sender);
    await settle();
    return { desk, sender };
  };
  return { wire, kept, stop, load };
}

const settle = () => vi.advanceTimersByTimeAsync(20);
const queue = (desk: Desk) => desk.snapshot().bench.queue.map((item) => item.task.task);
const answers = (desk: Desk) => desk.snapshot().bench.queue[0]?.draft.answers;
const digit = (desk: Desk, digits: string) => {
  for (const each of digits) desk.dispatch({ type: "digit", digit: Number(each) });
};
const gone = (desk: Desk) => {
  digit(desk, "2");
  desk.enter(null);
};

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-01-01T00:00:00Z") }));
afterEach(() => void vi.useRealTimers());

it("holds the item on screen and the next one, and fetches on as judgements arrive", async () => {
  const { wire, load } = computer();
  const { desk } = await load();
  expect(queue(desk)).toEqual(["a", "b", "c"]);
  gone(desk);
  expect(queue(desk)).toEqual(["b", "c"]);
  await vi.advanceTimersByTimeAsync(300);
  expect(queue(desk), "while the first is still in hand").toEqual(["b", "c", "d"]);
  expect(wire.sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(HOLD + 500);
  expect(wire.sent.map((parcel) => parcel.body.task)).toEqual(["a"]);
  expect(desk.snapshot().bench.held).toBeNull();
  expect(desk.snapshot().day?.judged).toBe(1);
});

it("brings a held item back with its answers, and posts it once when submitted again", async () => {
  const { wire, load } = computer();
  const { desk } = await load();
  gone(desk);
  await vi.advanceTimersByTimeAsync(1_000);
  await desk.undo();
  expect(queue(desk).slice(0, 2)).toEqual(["a", "b"]);
  expect(answers(desk)).toEqual({ assessable: "NA-GONE" });
  expect(desk.snapshot().outbox).toEqual([]);
  await vi.advanceTimersByTimeAsync(HOLD * 3);
  expect(wire.sent).toEqual([]);
  desk.enter(null);
  await vi.advanceTimersByTimeAsync(HOLD * 3);
  expect(wire.sent.map((parcel) => parcel.body.task)).toEqual(["a"]);
});

it("undoes at once, even before the outbox has it on disk", async () => {
  const { wire, load } = computer();
  const { desk } = await load();
  gone(desk);
  await desk.undo();
  await vi.advanceTimersByTimeAsync(HOLD * 3);
  expect(queue(desk).slice(0, 2)).toEqual(["a", "b"]);
  expect(wire.sent).toEqual([]);
});

it("undoes the last act first: what was answered since, then the submission", async () => {
  const { wire, load } = computer();
  const { desk } = await load();
  gone(desk);
  digit(desk, "1");
  expect(answers(desk)).toEqual({ assessable: "yes" });
  await desk.undo();
  expect(queue(desk)[0]).toBe("b");
  expect(answers(desk)).toEqual({});
  await desk.undo();
  expect(queue(desk).slice(0, 2)).toEqual(["a", "b"]);
  expect(wire.sent).toEqual([]);
});

it("calls it back by its own button whatever was answered since, and keeps that too", async () => {
  const { load } = computer();
  const { desk } = await load();
  gone(desk);
  digit(desk, "1");
  await desk.callBack();
  expect(queue(desk).slice(0, 2)).toEqual(["a", "b"]);
  expect(desk.snapshot().bench.queue[1]?.draft.answers).toEqual({ assessable: "yes" });
});

it("says so when it is too late", async () => {
  const { load } = computer();
  const { desk } = await load();
  gone(desk);
  await settle();
  vi.setSystemTime(Date.now() + HOLD - 100);
  const undone = desk.undo();
  vi.setSystemTime(Date.now() + 200);
  await undone;
  expect(desk.snapshot().bench).toMatchObject({ held: null, nudge: { code: "too-late" } });
  expect(queue(desk)).not.toContain("a");
});

it("keeps a draft across a reload and drops it once the judgement is on disk", async () => {
  const { kept, load } = computer();
  const { desk } = await load();
  digit(desk, "14");
  await settle();
  const again = (await load()).desk;
  expect(answers(again)).toEqual({ assessable: "yes", "audience.factors": ["AF4"] });
  again.dispatch({ type: "choose", stop: "assessable", option: "NA-GONE" });
  again.enter(null);
  await settle();
  expect([...kept.keys()]).toEqual([]);
});

it("a reload while a judgement is held neither loses it nor shows its task again", async () => {
  const { wire, load } = computer();
  const first = await load();
  gone(first.desk);
  await settle();
  first.sender.stop();
  first.desk.close();
  const { desk } = await load();
  expect(queue(desk)).toEqual(["b", "c", "d"]);
  await vi.advanceTimersByTimeAsync(HOLD + 500);
  expect(wire.sent).toHaveLength(1);
  expect(queue(desk)).toEqual(["b", "c", "d"]);
});

it("works on offline with what is in hand, and sends everything once back", async () => {
  const { wire, load } = computer();
  const { desk } = await load();
  wire.away = true;
  gone(desk);
  gone(desk);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(desk.snapshot().bench.supply).toBe("unreachable");
  expect(desk.snapshot().outbox).toHaveLength(2);
  wire.away = false;
  desk.online();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(wire.sent.map((parcel) => parcel.body.task)).toEqual(["a", "b"]);
  expect(queue(desk)).toEqual(["c", "d", "e"]);
});

it("stop-work survives a reload without the item, then erases its draft and reports at once", async () => {
  const { wire, kept, stop, load } = computer();
  const first = await load();
  digit(first.desk, "1");
  first.desk.dispatch({ type: "stop", at: 3, now: Date.now() });
  digit(first.desk, "3");
  first.desk.dispatch({ type: "stop-note", text: "rahasia" });
  await settle();
  expect(JSON.stringify(stop.now)).not.toContain("rahasia");
  const { desk } = await load();
  expect(desk.snapshot().bench.stopped).toMatchObject({ task: "a", choice: null });
  digit(desk, "1");
  desk.enter(null);
  await settle();
  expect(wire.sent.map((parcel) => parcel.kind)).toEqual(["stop-work"]);
  expect(kept.has("a")).toBe(false);
  expect(stop.now).toBeNull();
  expect(desk.snapshot().bench.resting).toBe("stop");
});

it("renews leases only for somebody at work, and says why one was lost", async () => {
  const { wire, load } = computer();
  wire.until = new Date(Date.now() + 60_000).toISOString();
  const { desk } = await load();
  const until = () => desk.snapshot().bench.queue.map((item) => item.task.lease.until);
  await desk.renew(false);
  expect(new Set(until())).toEqual(new Set([wire.until]));
  await desk.renew(true);
  expect(new Set(until())).toEqual(new Set(["2031-01-01T00:00:00Z"]));
});

it("a lost lease leaves the record on screen until it is put away", async () => {
  const { wire, load } = computer();
  wire.until = new Date(Date.now() + 60_000).toISOString();
  const { desk } = await load();
  digit(desk, "1");
  const words = { id: "habis", en: "over" };
  wire.refuse = new ApiProblem({
    status: 409,
    code: "lease-expired",
    message: words,
    where: null,
    mend: null,
  });
  wire.inHand = [];
  await desk.renew(true);
  await settle();
  expect(desk.snapshot().bench.queue[0]).toMatchObject({
    lost: words,
    draft: { answers: { assessable: "yes" } },
  });
  desk.enter(null);
  await settle();
  expect(queue(desk)).not.toContain("a");
});

it("says when the queue is empty, and looks again by itself", async () => {
  const { wire, load } = computer();
  wire.open = [];
  const { desk } = await load();
  expect(desk.snapshot().bench.supply).toBe("empty");
  wire.open = ["z"];
  await vi.advanceTimersByTimeAsync(25_000);
  expect(queue(desk)).toEqual(["z"]);
});

it("brings one's own judgement back before the item on screen, and leaves it as it was if asked", async () => {
  const { wire, load } = computer();
  const { desk } = await load();
  digit(desk, "1");
  (await desk.reopen("judgement-1"))();
  expect(queue(desk)).toEqual(["old", "a", "b", "c"]);
  expect(answers(desk)).toEqual({ assessable: "NA-GONE" });
  expect(desk.snapshot().bench.quiet).toBe(true);
  const task = desk.snapshot().bench.queue[0]?.task;
  if (task) await desk.putBack(task);
  expect(wire.released).toEqual(["old"]);
  expect(queue(desk)).toEqual(["a", "b", "c"]);
  expect(answers(desk)).toEqual({ assessable: "yes" });
});

it("sends a changed judgement by the same way as a new one", async () => {
  const { wire, load } = computer();
  const { desk } = await load();
  (await desk.reopen("judgement-1"))();
  desk.dispatch({ type: "choose", stop: "assessable", option: "NA-AUDIO" });
  desk.enter(null);
  await vi.advanceTimersByTimeAsync(HOLD + 500);
  expect(wire.sent[0]?.body).toMatchObject({ task: "old", answers: { assessable: "NA-AUDIO" } });
  expect(queue(desk)[0]).toBe("a");
});

it("offers a rest once the hour's hard content is enough, after an item and never within one", async () => {
  const { wire, load } = computer();
  const { desk } = await load();
  wire.met = 21;
  gone(desk);
  await vi.advanceTimersByTimeAsync(HOLD + 500);
  expect(desk.snapshot().bench).toMatchObject({ due: "enough", resting: null });
  gone(desk);
  expect(desk.snapshot().bench).toMatchObject({ due: null, resting: "enough" });
  desk.enter(null);
  expect(desk.snapshot().bench.resting).toBeNull();
  gone(desk);
  await vi.advanceTimersByTimeAsync(HOLD + 500);
  expect(desk.snapshot().bench.due, "said once").toBeNull();
});
