/** Just before a picture's time stamp the one before it is on screen, whatever the rate (s). */
const EDGE = 0.001;
/** How long after a seek has arrived its picture may still be on its way (ms). */
const PATIENCE = 200;
const MOST_TRIES = 40;
const BACK_TRIES = 2;

/** What is stepped through: where it stands, can go and ends (s), and whether it is on its way somewhere. */
export type Film = { seek(to: number): void; seeking(): boolean; position(): number; end(): number };

/** A step under way: from the picture stamped `from`, by a seek so much on, or back where `by` is 0. */
type Step = { readonly from: number; readonly by: number; readonly tries: number };

/**
 * Frame by frame by the pictures' own time stamps. Back is one seek. On is a seek by one nominal frame, or by
 * small steps where the rate is not constant, until another picture is on screen. So many presses are so many
 * pictures: those made while a step is under way are counted and follow. A held key never runs ahead of what
 * is seen.
 */
export class Stepper {
  private readonly film: Film;
  /** Time stamp of the picture on screen; after a jump it is only `known` once that picture came. */
  private at = 0;
  private known = true;
  private under: Step | null = null;
  /** Pictures still to go: on above zero, back below. */
  private due = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Nominal frames a second; `null` where the rate varies or is not known. */
  private fps: number | null = null;

  constructor(film: Film) {
    this.film = film;
  }

  /** Another film is on screen, standing at `at`. */
  begin(fps: number | null, at: number): void {
    this.stop();
    this.fps = fps;
    this.at = at;
    this.known = true;
  }

  step(frames: 1 | -1, held = false): void {
    const busy = this.under !== null || this.due !== 0;
    if (held && busy) return;
    this.due += frames;
    if (this.under) return;
    if (!busy && this.isBehind()) this.lookAgain();
    else if (this.known) this.next();
    else this.wait();
  }

  /** The picture stamped `at` came on screen. */
  shown(at: number): void {
    this.at = at;
    const { under } = this;
    if (under && isAnother(under, at)) return this.next();
    // On the way somewhere it may be the picture from before: wait for the one that was asked for.
    if (this.film.seeking()) return;
    this.known = true;
    if (under) this.further(under);
    else this.next();
  }

  /** A seek has arrived; its picture came already or comes now. */
  arrived(): void {
    if (this.under || this.due !== 0) this.wait();
  }

  /** Somebody jumped elsewhere: what was to be stepped is of no use there. */
  jumped(): void {
    this.stop();
    this.known = false;
  }

  stop(): void {
    this.under = null;
    this.due = 0;
    clearTimeout(this.timer);
  }

  /** A busy machine tells of pictures late: playing may have come further than the last one told of. */
  private isBehind(): boolean {
    const longest = this.fps ? 1 / this.fps + EDGE : 0;
    return this.known && !this.film.seeking() && this.film.position() > this.at + longest;
  }

  /** Goes to where the film stands, for the picture there to be told. */
  private lookAgain(): void {
    this.known = false;
    this.film.seek(this.film.position());
    this.wait();
  }

  private next(): void {
    this.under = null;
    clearTimeout(this.timer);
    if (this.due === 0) return;
    const by = Math.sign(this.due);
    this.due -= by;
    const from = this.at;
    if (by < 0) this.try({ from, by: 0, tries: 0 });
    else this.try({ from, by: this.fps ? 1 / this.fps + EDGE : 8 * EDGE, tries: 0 });
  }

  private try(step: Step): void {
    this.under = step;
    this.film.seek(step.by === 0 ? Math.max(0, step.from - EDGE) : step.from + step.by);
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.late(), PATIENCE);
  }

  /** No picture came: because the seek takes longer, or because it found the same one. */
  private late(): void {
    if (this.film.seeking()) return this.wait();
    this.known = true;
    if (this.under) this.further(this.under);
    else this.next();
  }

  private further(step: Step): void {
    const tries = step.tries + 1;
    if (step.by === 0) {
      if (tries >= BACK_TRIES) return this.end();
      return this.try({ ...step, tries });
    }
    if (tries >= MOST_TRIES || step.from + step.by >= this.film.end()) return this.end();
    const more = this.fps ? 0.5 / this.fps : 8 * EDGE;
    this.try({ ...step, by: step.by + more, tries });
  }

  /** There is no picture that way; what was asked for in the other direction still holds. */
  private end(): void {
    const way = this.under?.by === 0 ? -1 : 1;
    if (Math.sign(this.due) === way) this.due = 0;
    this.next();
  }
}

const isAnother = ({ from, by }: Step, at: number): boolean =>
  by === 0 ? at < from - EDGE / 2 : at > from + EDGE / 2;
