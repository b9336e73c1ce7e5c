import { ApiProblem } from "../../api/fetch";
import { after, again, isDue, isHeld, letGo, untilNext, type Entry, type Parcel, type Posted } from "./entry";

/** A durable box. `change` is atomic, also between tabs; returning `null` removes the entry. */
export type Box = {
  all(): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  change(key: string, how: (entry: Entry) => Entry | null): Promise<void>;
};

type Post = (parcel: Parcel, last: boolean) => Promise<unknown>;
type Exclusive = (work: () => Promise<void>) => Promise<void>;
export type SenderParts = {
  readonly box: Box;
  readonly person: string;
  readonly post: Post;
  readonly now: () => number;
  readonly chance: () => number;
  /** Runs the work in one tab at a time. */
  readonly exclusive: Exclusive;
  readonly tell: (entries: Entry[]) => void;
  readonly arrived: (entry: Entry) => void;
};

/** Posts what is due, oldest first, until the server acknowledges; one per person and browser. */
export class Sender {
  private readonly parts: SenderParts;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;
  private signedOut = false;

  constructor(parts: SenderParts) {
    this.parts = parts;
  }

  /**
   * Written to disk before this resolves; only then may a draft be dropped. What was held before is
   * let go after that: the newest alone can be taken back, and nothing comes before its writing.
   */
  async add(entry: Entry): Promise<void> {
    await this.parts.box.put(entry);
    await this.changeMine((one) => (one.key === entry.key ? one : letGo(one, this.parts.now())));
    await this.look();
    if (isDue(entry, this.parts.now())) void this.pump();
  }

  /** Takes a held entry out again. False when it has already left. */
  async takeBack(key: string): Promise<boolean> {
    let taken = false;
    await this.parts.box.change(key, (entry) => {
      taken = isHeld(entry, this.parts.now());
      return taken ? null : entry;
    });
    await this.look();
    return taken;
  }

  /** End every hold and post now. `last` marks requests that must outlive the page. */
  async flush(last = false): Promise<void> {
    await this.changeMine((entry) => letGo(entry, this.parts.now()));
    await this.pump(last);
  }

  /** The network or the session is back: do not sit out the pause. */
  async hurry(): Promise<void> {
    this.signedOut = false;
    await this.changeMine((entry) => (entry.refusal ? entry : again(entry, this.parts.now())));
    await this.pump();
  }

  /** A person asks for one more attempt of a refused entry. */
  async retry(key: string): Promise<void> {
    await this.parts.box.change(key, (entry) => again(entry, this.parts.now()));
    await this.pump();
  }

  /** A person has read the refusal and puts the record away. */
  async putAway(key: string): Promise<void> {
    await this.parts.box.change(key, (entry) => (entry.refusal ? null : entry));
    await this.look();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** Posts everything due, then sleeps until the next entry is. */
  async pump(last = false): Promise<void> {
    if (this.stopped) return;
    await this.parts.exclusive(() => this.postDue(last));
    await this.look();
  }

  private async postDue(last: boolean): Promise<void> {
    for (const entry of await this.mine()) {
      if (!isDue(entry, this.parts.now())) continue;
      const posted = await this.attempt(entry, last);
      await this.parts.box.change(entry.key, (kept) =>
        after(kept, posted, this.parts.now(), this.parts.chance()),
      );
      if (posted.kind === "acknowledged") this.parts.arrived(entry);
      this.signedOut = posted.kind === "signed-out";
      if (posted.kind === "no-answer" || posted.kind === "signed-out") return;
    }
  }

  private async attempt(entry: Entry, last: boolean): Promise<Posted> {
    try {
      await this.parts.post(entry.parcel, last);
      return { kind: "acknowledged" };
    } catch (error) {
      return read(error);
    }
  }

  private async look(): Promise<void> {
    if (this.stopped) return;
    const entries = await this.mine();
    this.parts.tell(entries);
    if (this.timer !== null) clearTimeout(this.timer);
    // Without a session every attempt would fail: the next sign-in calls `hurry`.
    const wait = this.signedOut ? null : untilNext(entries, this.parts.now());
    // At least a beat, so that an entry another tab is posting does not spin this one.
    this.timer = wait === null ? null : setTimeout(() => void this.pump(), Math.max(wait, 200));
  }

  private async mine(): Promise<Entry[]> {
    const entries = await this.parts.box.all();
    return entries
      .filter((entry) => entry.person === this.parts.person)
      .toSorted((a, b) => a.madeAt - b.madeAt);
  }

  private async changeMine(how: (entry: Entry) => Entry): Promise<void> {
    for (const entry of await this.mine()) await this.parts.box.change(entry.key, how);
  }
}

/** A refusal needs a person; everything else is a matter of time. */
function read(error: unknown): Posted {
  if (!(error instanceof ApiProblem)) return { kind: "no-answer" };
  if (error.status === 401) return { kind: "signed-out" };
  if (error.status >= 500 || error.status === 408 || error.status === 429) return { kind: "no-answer" };
  return { kind: "refused", refusal: { code: error.code, words: error.words, mend: error.mend } };
}
