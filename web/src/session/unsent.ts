import type { Preferences } from "../api/types";

/** Where it lies while the page is away: `localStorage`, or a map in tests. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;
export type Change = Partial<Preferences>;
/** Tells the server; throws where it could not be told. */
export type Tell = (change: Change) => Promise<void>;
/** Whether telling the same again would fail the same way. */
export type IsRefused = (error: unknown) => boolean;

const key = "tilik.preferences.unsent";

/**
 * Changes that the server does not know yet, of one person. They outlive the page, go one after another so that
 * the last one stands, and win over what the server still says.
 */
export class Unsent {
  private readonly shelf: Shelf;
  private readonly tell: Tell;
  private readonly refused: IsRefused;
  private person: string | null = null;
  private change: Change = {};
  private telling = false;

  constructor(shelf: Shelf, tell: Tell, refused: IsRefused) {
    this.shelf = shelf;
    this.tell = tell;
    this.refused = refused;
  }

  /** Somebody signed in; what another person had left here is dropped. */
  begin(person: string): Change {
    this.person = person;
    const held = read(this.shelf.getItem(key));
    this.put(held?.person === person ? held.change : {});
    void this.send();
    return this.change;
  }

  /** Nobody is signed in any more. What is not sent waits for the same person. */
  end(): void {
    this.person = null;
    this.change = {};
  }

  add(change: Change): void {
    if (this.person === null) return;
    this.put({ ...this.change, ...change });
    void this.send();
  }

  /** Tries now; whoever is offline tries again at the next change, or when the network is back. */
  async send(): Promise<void> {
    if (this.telling || this.person === null || Object.keys(this.change).length === 0) return;
    this.telling = true;
    const { person, change: going } = this;
    const through = await this.tell(going).then(() => true, this.refused);
    this.telling = false;
    if (!through) return;
    if (this.person === person) this.put(without(this.change, going));
    await this.send();
  }

  private put(change: Change): void {
    this.change = change;
    if (Object.keys(change).length === 0) this.shelf.removeItem(key);
    else this.shelf.setItem(key, JSON.stringify({ person: this.person, change }));
  }
}

const without = (change: Change, sent: Change): Change =>
  Object.fromEntries(
    Object.entries(change).filter(([name, value]) => sent[name as keyof Preferences] !== value),
  );

function read(text: string | null): { person: string; change: Change } | null {
  try {
    return JSON.parse(text ?? "null") as { person: string; change: Change } | null;
  } catch {
    return null;
  }
}
