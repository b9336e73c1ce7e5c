import { beat, isActive, sign, startActivity, type Activity } from "../activity";
import type { Watched } from "../form/draft";
import { emptyTrace, pause, runsOf, tick, type Trace } from "../trace";

/** Keeps trace and active seconds of the item on screen, outside of any render. */
export class Recorder {
  private task: string | null = null;
  private trace: Trace = emptyTrace;
  private activity: Activity;
  private base = 0;
  private before = 0;

  constructor(now: number) {
    this.activity = startActivity(now);
  }

  /** Another item is on screen: go on from what its draft holds. */
  begin(task: string | null, watched: Watched, now: number): void {
    if (task === this.task) return;
    this.task = task;
    this.trace = { runs: watched.trace, open: null };
    this.base = watched.seconds;
    this.before += this.activity.seconds;
    this.activity = { ...startActivity(now), lastSign: this.activity.lastSign };
  }

  /** A frame was shown while playing. */
  seen(position: number, rate: number, now: number): void {
    if (this.task !== null) this.trace = tick(this.trace, position, rate, now);
  }

  /** Playing was broken off. */
  broke(): void {
    this.trace = pause(this.trace);
  }

  sign(now: number): void {
    this.activity = sign(this.activity, now);
  }

  beat(now: number, visible: boolean, playing: boolean): void {
    this.activity = beat(this.activity, now, visible, playing);
  }

  isActive(now: number): boolean {
    return isActive(this.activity, now);
  }

  /** Milliseconds since the last sign of somebody: a key, a hand, a playing video. */
  idleFor(now: number): number {
    return now - this.activity.lastSign;
  }

  /** Active seconds since the page was opened, whatever the item. */
  get active(): number {
    return this.before + this.activity.seconds;
  }

  watched(): Watched {
    return { trace: runsOf(this.trace), seconds: this.base + this.activity.seconds };
  }
}
