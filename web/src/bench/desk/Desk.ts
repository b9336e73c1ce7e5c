import type { Judged, Language, MyDay, Task } from "../../api/types";
import { draftOf, emptyDraft, type Watched } from "../form/draft";
import { newKey, type Entry } from "../outbox/entry";
import type { Sender } from "../outbox/sender";
import type { Drafts } from "./drafts";
import { bench } from "./reduce";
import { emptyBench, type Bench, type Command, type Item } from "./state";
import { Supplier } from "./Supplier";
import { canCallBack, isLastAct } from "./undo";
import type { Wire } from "./wire";

/** Everything the screen shows, in one value that changes as a whole. */
export type View = {
  readonly bench: Bench;
  /** What has not reached the server yet, or was refused by it. */
  readonly outbox: readonly Entry[];
  readonly day: MyDay | null;
  /** False when the browser keeps nothing across a reload. */
  readonly durable: boolean;
};

export type DeskParts = {
  readonly person: string;
  readonly wire: Wire;
  readonly drafts: Drafts;
  readonly durable: boolean;
  readonly language: () => Language;
  readonly now: () => number;
};

/** How long the next picture has to come on screen before anything else is loaded (ms). */
const BREATH = 200;

/**
 * The reducer with its hands: it keeps drafts on disk, hands sealed work to the outbox, and sees to it
 * that the next item is always there. It decides nothing.
 */
export class Desk {
  private readonly parts: DeskParts;
  private readonly listeners = new Set<() => void>();
  private readonly saved = new Map<string, unknown>();
  private readonly supplier: Supplier;
  private readonly handed = new Set<string>();
  private sender: Sender | null = null;
  private takingBack: string | null = null;
  private toldAt = 0;
  private stowing: Promise<void> = Promise.resolve();
  private view: View;

  constructor(parts: DeskParts) {
    this.parts = parts;
    this.view = { bench: emptyBench(parts.person), outbox: [], day: null, durable: parts.durable };
    this.supplier = new Supplier({
      wire: parts.wire,
      now: parts.now,
      bench: () => this.view.bench,
      outbox: () => this.view.outbox,
      dispatch: (command) => this.dispatch(command),
      item: (task) => this.itemOf(task),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): View => this.view;

  /** Begins work: what is in the outbox, what is still in hand, then the next item. */
  async open(sender: Sender): Promise<void> {
    this.sender = sender;
    await sender.hurry();
    const stopped = await this.parts.drafts.readStop();
    if (stopped) this.dispatch({ type: "stopped-before", stopped });
    await this.supplier.resume(stopped?.task ?? null);
    await this.parts.drafts.sweep(this.view.bench.queue.map((item) => item.task.task));
    void this.refreshDay();
  }

  close(): void {
    this.supplier.stop();
  }

  readonly dispatch = (...commands: Command[]): void => {
    const next = commands.reduce(bench, this.view.bench);
    if (next === this.view.bench) return;
    const before = this.view.bench;
    this.show({ bench: next });
    this.keepDrafts(next);
    if (before.stopped !== next.stopped) void this.keepStop(next);
    for (const entry of next.outgoing) this.hand(entry);
    if (before.queue.length > next.queue.length) this.fillSoon(next);
  };

  /** Enter, with what only this moment knows. */
  enter(watched: Watched | null): void {
    const task = this.view.bench.queue[0]?.task.task;
    const stamp = { now: this.parts.now(), key: newKey(), language: this.parts.language() };
    const seen: Command[] = task && watched ? [{ type: "watched", task, watched }] : [];
    this.dispatch(...seen, { type: "enter", stamp });
  }

  /** The next picture comes first; what is to be loaded behind it may wait a moment. */
  private fillSoon({ queue }: Bench): void {
    if (queue.length === 0) void this.supplier.fill();
    else setTimeout(() => void this.supplier.fill(), BREATH);
  }

  /** `Z`: the last act, be it a change in view or the submission before it. */
  async undo(): Promise<void> {
    const here = this.view.bench;
    if (canCallBack(here, this.parts.now()) && isLastAct(here)) await this.callBack();
    else this.dispatch({ type: "undo" });
  }

  /** The submitted item comes back, if it is still held. */
  async callBack(): Promise<void> {
    const { held } = this.view.bench;
    if (!held || !canCallBack(this.view.bench, this.parts.now())) return;
    await this.stowing;
    this.takingBack = held.key;
    const back = await this.sender?.takeBack(held.key);
    this.takingBack = null;
    if (back) this.dispatch({ type: "taken-back", key: held.key });
    else this.dispatch({ type: "gone", key: held.key, late: true });
  }

  /** The outbox changed: what arrived makes room for the next item. */
  readonly told = (outbox: Entry[]): void => {
    const fewer = outbox.length < this.view.outbox.length;
    this.show({ outbox });
    const { held } = this.view.bench;
    if (held && held.key !== this.takingBack && this.parts.now() >= held.until) {
      this.dispatch({ type: "gone", key: held.key, late: false });
    }
    if (fewer) void this.supplier.fill();
  };

  readonly arrived = (): void => void this.refreshDay();

  /** Fresh addresses for the media of an item whose links have run out. */
  readonly refreshMedia = (task: string): Promise<boolean> => this.supplier.refreshMedia(task);

  /** Somebody is at work: leases must not run out under their hands. */
  readonly renew = (active: boolean): Promise<void> => this.supplier.renew(active);

  /** One's own last judgements that can still be changed. */
  readonly last = (): Promise<Judged[]> => this.parts.wire.last();

  /** Takes one of them up again; what it returns brings it on screen, before the item there. */
  async reopen(judgement: string): Promise<() => void> {
    const item = await this.itemOf(await this.parts.wire.reopen(judgement));
    // A draft kept from judging it the first time is older than the judgement itself.
    const draft = item.task.earlier ? draftOf(item.task.earlier) : item.draft;
    return () => this.dispatch({ type: "reopened", item: { ...item, draft } });
  }

  /** It stays as it was. */
  async putBack(task: Task): Promise<void> {
    this.dispatch({ type: "put-back", task: task.task });
    this.saved.delete(task.task);
    await this.parts.drafts.erase(task.task).catch(() => undefined);
    await this.parts.wire.release(task.task, task.lease.id).catch(() => undefined);
  }

  /** A person decides about a refused record. */
  readonly retry = (key: string): void => void this.sender?.retry(key);
  readonly putAway = (key: string): void => void this.sender?.putAway(key);

  /** The network is back. */
  readonly online = (): void => {
    void this.sender?.hurry();
    void this.supplier.fill();
  };

  private async refreshDay(): Promise<void> {
    const day = await this.parts.wire.day().catch(() => null);
    if (!day) return;
    const { hour, hour_budget: budget } = day.exposure;
    if (hour >= budget && this.spared(hour)) this.dispatch({ type: "due", why: "enough" });
    this.show({ day });
  }

  /** Said once for each further third of the budget, not after each item. */
  private spared(hour: number): boolean {
    if (hour < this.toldAt) this.toldAt = 0;
    if (hour < this.toldAt * 1.34) return false;
    this.toldAt = hour;
    return true;
  }

  private async itemOf(task: Task): Promise<Item> {
    const [guideline, draft] = await Promise.all([
      this.parts.wire.guideline(task.guideline),
      this.parts.drafts.read(task.task).catch(() => null),
    ]);
    const begun = task.earlier ? draftOf(task.earlier) : emptyDraft;
    return { task, guideline, draft: draft ?? begun, lost: null };
  }

  private hand(entry: Entry): void {
    if (this.handed.has(entry.key)) return;
    this.handed.add(entry.key);
    this.stowing = this.stow(entry, this.stowing);
  }

  /** On disk first; only then is the draft dropped. */
  private async stow(entry: Entry, before: Promise<void>): Promise<void> {
    await before;
    await this.sender?.add(entry);
    this.saved.delete(entry.task);
    await this.parts.drafts.erase(entry.task).catch(() => undefined);
    this.dispatch({ type: "stowed", key: entry.key });
  }

  private keepDrafts(state: Bench): void {
    for (const { task, draft } of state.queue) {
      if (this.saved.get(task.task) === draft || draft === emptyDraft) continue;
      this.saved.set(task.task, draft);
      this.parts.drafts.save(task.task, draft).catch(() => this.show({ durable: false }));
    }
  }

  /** A reload in the middle of a stop-work must not bring the picture back; what was typed is not kept. */
  private async keepStop({ stopped }: Bench): Promise<void> {
    const kept = stopped && { ...stopped, choice: null, note: "" };
    await this.parts.drafts.saveStop(kept).catch(() => undefined);
  }

  private show(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
