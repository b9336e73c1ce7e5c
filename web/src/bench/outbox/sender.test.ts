import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem, Offline } from "../../api/fetch";
import { HOLD, newKey, seal, type Entry, type Parcel } from "./entry";
import { Sender, type Box } from "./sender";

class MemoryBox implements Box {
  readonly kept = new Map<string, Entry>();
  all = async () => [...this.kept.values()];
  put = async (entry: Entry) => void this.kept.set(entry.key, structuredClone(entry));
  change = async (key: string, how: (entry: Entry) => Entry | null) => {
    const entry = this.kept.get(key);
    if (!entry) return;
    const next = how(entry);
    if (next) this.kept.set(key, next);
    else this.kept.delete(key);
  };
}

const parcel = (task: string): Parcel => ({
  kind: "judgement",
  body: {
    key: newKey(),
    task,
    lease: "lease",
    guideline: "hash",
    answers: { assessable: "yes" },
    marks: [],
    notes: {},
    trace: [],
    active_seconds: 1,
    language: "id",
    impersonal: false,
  },
});

const refuse = (status: number, code: string) =>
  new ApiProblem({ status, code, message: { id: "tidak", en: "no" }, where: null, mend: null });

function setUp(answer: (parcel: Parcel) => Promise<unknown>, box = new MemoryBox()) {
  const sent: string[] = [];
  const arrived: string[] = [];
  const sender = new Sender({
    box,
    person: "me",
    post: async (one) => {
      sent.push(one.body.task);
      return answer(one);
    },
    now: () => Date.now(),
    chance: () => 0.5,
    exclusive: (work) => work(),
    tell: () => {},
    arrived: (entry) => arrived.push(entry.task),
  });
  const put = async (task: string, hold = HOLD) => {
    const entry = seal(parcel(task), { person: "me", title: null, now: Date.now(), hold });
    await sender.add(entry);
    return entry;
  };
  return { box, sender, sent, arrived, put };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe("outbox", () => {
  it("holds a judgement four seconds, then posts it once", async () => {
    const { put, sent, arrived, box } = setUp(async () => ({}));
    await put("a");
    await vi.advanceTimersByTimeAsync(HOLD - 100);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(sent).toEqual(["a"]);
    expect(arrived).toEqual(["a"]);
    expect(box.kept.size).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(["a"]);
  });

  it("gives it back while held, and refuses to once it may have left", async () => {
    const { put, sender, sent } = setUp(async () => ({}));
    const first = await put("a");
    expect(await sender.takeBack(first.key)).toBe(true);
    await vi.advanceTimersByTimeAsync(HOLD * 3);
    expect(sent).toEqual([]);
    const second = await put("b");
    vi.setSystemTime(Date.now() + HOLD + 1);
    expect(await sender.takeBack(second.key)).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toEqual(["b"]);
  });

  it("lets go of the one before as soon as the next is written", async () => {
    const { put, sent, sender } = setUp(async () => ({}));
    const first = await put("a");
    const second = await put("b");
    await vi.advanceTimersByTimeAsync(300);
    expect(sent).toEqual(["a"]);
    expect(await sender.takeBack(first.key)).toBe(false);
    expect(await sender.takeBack(second.key)).toBe(true);
  });

  it("retries with growing pauses until the server answers, with the same key", async () => {
    let up = false;
    const keys = new Set<string>();
    const times: number[] = [];
    const { put, box } = setUp(async (one) => {
      keys.add(one.body.key);
      times.push(Date.now());
      if (!up) throw new Offline("away");
      return {};
    });
    await put("a", 0);
    await vi.advanceTimersByTimeAsync(20_000);
    const gaps = times.slice(1).map((time, n) => time - (times[n] ?? 0));
    expect(gaps.length).toBeGreaterThanOrEqual(3);
    expect(gaps.every((gap, n) => n === 0 || gap > (gaps[n - 1] ?? 0))).toBe(true);
    up = true;
    await vi.advanceTimersByTimeAsync(70_000);
    expect(box.kept.size).toBe(0);
    expect(keys.size).toBe(1);
  });

  it("survives the page: a new sender posts what the old one left", async () => {
    const first = setUp(async () => ({}));
    await first.put("a");
    first.sender.stop();
    const second = setUp(async () => ({}), first.box);
    await second.sender.pump();
    await vi.advanceTimersByTimeAsync(HOLD + 200);
    expect(first.sent).toEqual([]);
    expect(second.sent).toEqual(["a"]);
  });

  it("keeps a refused record until a person has seen it", async () => {
    const { put, sender, box, sent } = setUp(async () => {
      throw refuse(409, "lease-expired");
    });
    const entry = await put("a", 0);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(sent).toHaveLength(1);
    expect(box.kept.get(entry.key)?.refusal?.code).toBe("lease-expired");
    await sender.retry(entry.key);
    expect(sent).toHaveLength(2);
    await sender.putAway(entry.key);
    expect(box.kept.size).toBe(0);
  });

  it("waits when the session ended, and a put-away never drops a waiting record", async () => {
    const { put, sender, box, sent } = setUp(async () => {
      throw refuse(401, "not-signed-in");
    });
    const entry = await put("a", 0);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(sent).toHaveLength(1);
    await sender.hurry();
    expect(sent).toHaveLength(2);
    await sender.putAway(entry.key);
    expect(box.kept.size).toBe(1);
    expect(box.kept.get(entry.key)?.refusal).toBeNull();
  });

  it("posts in the order they were made, and never another person's", async () => {
    const { put, sent, box, sender } = setUp(async () => ({}));
    const other = seal(parcel("theirs"), { person: "you", title: null, now: 0, hold: 0 });
    await box.put(other);
    await put("a");
    await vi.advanceTimersByTimeAsync(10);
    await put("b");
    await sender.flush();
    expect(sent).toEqual(["a", "b"]);
    expect(box.kept.has(other.key)).toBe(true);
  });
});

describe("newKey", () => {
  it("makes distinct version 4 identifiers", () => {
    const keys = Array.from({ length: 200 }, newKey);
    expect(new Set(keys).size).toBe(200);
    for (const key of keys)
      expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
