import type { Task } from "../../api/types";
import type { Entry } from "../outbox/entry";
import type { Bench, Command, Item } from "./state";
import { isRefusal, type Wire } from "./wire";

type Parts = {
  readonly wire: Wire;
  readonly now: () => number;
  readonly bench: () => Bench;
  readonly outbox: () => readonly Entry[];
  readonly dispatch: (command: Command) => void;
  readonly item: (task: Task) => Promise<Item>;
};

/** One on screen and two behind it, so that the next one is loaded even for somebody in a hurry. */
export const IN_HAND = 3;
/** Leases are renewed when less than this is left of them (ms). */
const RENEW_BEFORE = 20 * 60_000;
/** How long to wait before asking an empty queue, or an unreachable server, again (ms). */
const ASK_AGAIN = { empty: 20_000, unreachable: 3_000 };

/** Sees to it that there is something to judge, and that it stays in this person's hands. */
export class Supplier {
  private readonly parts: Parts;
  private asking: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;
  private resumed = false;
  private wanted = false;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** What is still in hand from before, one task (a stop-work under way) ahead of all others. */
  async resume(first: string | null): Promise<void> {
    try {
      const sent = new Set(this.parts.outbox().map((entry) => entry.task));
      const tasks = (await this.parts.wire.held()).filter((task) => !sent.has(task.task));
      const sorted = tasks.toSorted((a, b) => Number(b.task === first) - Number(a.task === first));
      const items = await Promise.all(sorted.map((task) => this.parts.item(task)));
      if (first !== null && sorted[0]?.task !== first) this.parts.dispatch({ type: "stop-over" });
      this.parts.dispatch({ type: "arrived", items });
      this.resumed = true;
    } catch (error) {
      this.wait(error, () => void this.resume(first));
      return;
    }
    await this.fill();
  }

  /** Asks for items until enough are in hand; one question at a time. A wish made meanwhile is not lost. */
  fill(): Promise<void> {
    this.wanted = true;
    this.asking ??= this.askWhileWanted();
    return this.asking;
  }

  /** Media links live some minutes; the same task comes back with fresh ones. */
  async refreshMedia(id: string): Promise<boolean> {
    try {
      const task = (await this.parts.wire.held()).find((one) => one.task === id);
      if (task) this.parts.dispatch({ type: "refreshed", task });
      return task !== undefined;
    } catch {
      return false;
    }
  }

  async renew(active: boolean): Promise<void> {
    if (!active || this.parts.bench().stopped) return;
    for (const { task, lost } of this.parts.bench().queue) {
      const left = Date.parse(task.lease.until) - this.parts.now();
      if (lost === null && left < RENEW_BEFORE) await this.renewOne(task);
    }
  }

  private async renewOne(task: Task): Promise<void> {
    try {
      const until = await this.parts.wire.renew(task.task, task.lease.id);
      this.parts.dispatch({ type: "renewed", task: task.task, until });
    } catch (error) {
      if (isRefusal(error) && error.status !== 401) {
        this.parts.dispatch({ type: "lost", task: task.task, words: error.words });
        void this.fill();
      }
    }
  }

  private async askWhileWanted(): Promise<void> {
    while (this.wanted) {
      this.wanted = false;
      await this.ask();
    }
    this.asking = null;
  }

  private async ask(): Promise<void> {
    while (!this.stopped && this.resumed && this.parts.bench().queue.length < IN_HAND) {
      try {
        const before = this.parts.bench().queue.length;
        const { task, reason } = await this.parts.wire.next(this.holding());
        if (task) this.parts.dispatch({ type: "arrived", items: [await this.parts.item(task)] });
        const none = {
          "queue-empty": "empty",
          "not-certified": "uncertified",
          "enough-held": "more",
        } as const;
        this.parts.dispatch({ type: "supply", supply: reason ? none[reason] : "more" });
        if (reason && reason !== "enough-held") this.later(ASK_AGAIN.empty);
        if (!task || this.parts.bench().queue.length === before) return;
      } catch (error) {
        this.wait(error, () => void this.fill());
        return;
      }
    }
  }

  /** Tasks this browser has, on screen, prefetched, or judged and not yet acknowledged. */
  private holding(): string[] {
    const { queue, outgoing } = this.parts.bench();
    const all = [...queue.map((item) => item.task), ...outgoing, ...this.parts.outbox()];
    return [...new Set(all.map((one) => one.task))].slice(0, 10);
  }

  private wait(error: unknown, what: () => void): void {
    if (this.stopped || (isRefusal(error) && error.status === 401)) return;
    this.parts.dispatch({ type: "supply", supply: "unreachable" });
    this.later(ASK_AGAIN.unreachable, what);
  }

  private later(pause: number, what: () => void = () => void this.fill()): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(what, pause);
  }
}
