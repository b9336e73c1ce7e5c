import { useEffect, useRef, type RefObject } from "react";
import type { Deck } from "./Deck";

/** Lets an element follow the playhead by its own hand, sixty times a second, without a render. */
export function useFollow<E extends Element>(
  deck: Deck,
  move: (element: E, position: number) => void,
): RefObject<E | null> {
  const ref = useRef<E>(null);
  const latest = useRef(move);
  useEffect(() => {
    latest.current = move;
    if (ref.current) move(ref.current, deck.playhead.position);
  });
  useEffect(
    () =>
      deck.playhead.follow((position) => {
        if (ref.current) latest.current(ref.current, position);
      }),
    [deck],
  );
  return ref;
}
