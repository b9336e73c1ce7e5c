type Listener = (position: number) => void;

/**
 * Where the playhead is, in seconds. Sixty times a second it moves without a render: what follows it
 * subscribes and sets its own place.
 */
export class Playhead {
  private readonly listeners = new Set<Listener>();
  private at = 0;

  get position(): number {
    return this.at;
  }

  move(position: number): void {
    this.at = position;
    for (const listener of this.listeners) listener(position);
  }

  follow(listener: Listener): () => void {
    this.listeners.add(listener);
    listener(this.at);
    return () => this.listeners.delete(listener);
  }
}
