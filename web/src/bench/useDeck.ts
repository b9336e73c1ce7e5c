import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Desk } from "./desk/Desk";
import type { Item } from "./desk/state";
import { Deck, type DeckState } from "./player/Deck";
import { Recorder } from "./player/recorder";

const BEAT = 1_000;
const RENEW = 60_000;

export type DeckHere = { deck: Deck; deckState: DeckState; recorder: Recorder };

/** The player's deck and the recorder behind it: trace, active seconds, and leases while somebody is here. */
export function useDeck(desk: Desk, item: Item | null): DeckHere {
  const [deckState, setDeckState] = useState<DeckState>("empty");
  const [recorder] = useState(() => new Recorder(Date.now()));
  const [deck] = useState(() => new Deck(recorder, setDeckState));
  const task = item?.task.task ?? null;
  const loop = desk.snapshot().bench.loop;

  const latest = useRef(item);
  useLayoutEffect(() => {
    latest.current = item;
  });
  // Before anything is painted or played, so that nothing of the old item is counted for the new one.
  useLayoutEffect(() => {
    recorder.begin(task, latest.current?.draft.watched ?? { trace: [], seconds: 0 }, Date.now());
  }, [recorder, task]);

  useEffect(() => deck.setLoop(loop), [deck, loop]);

  useEffect(() => {
    const sign = (): void => recorder.sign(Date.now());
    window.addEventListener("keydown", sign);
    window.addEventListener("pointerdown", sign);
    window.addEventListener("pointermove", sign);
    return () => {
      window.removeEventListener("keydown", sign);
      window.removeEventListener("pointerdown", sign);
      window.removeEventListener("pointermove", sign);
    };
  }, [recorder]);

  useEffect(() => {
    const beat = (): void => {
      recorder.beat(Date.now(), !document.hidden, deck.playing);
      if (task) desk.dispatch({ type: "watched", task, watched: recorder.watched() });
    };
    const renew = (): void => void desk.renew(recorder.isActive(Date.now()));
    const timers = [setInterval(beat, BEAT), setInterval(renew, RENEW)];
    return () => timers.forEach((timer) => clearInterval(timer));
  }, [desk, deck, recorder, task]);

  useEffect(() => {
    const hide = (): void => {
      if (document.hidden) recorder.broke();
    };
    document.addEventListener("visibilitychange", hide);
    return () => document.removeEventListener("visibilitychange", hide);
  }, [recorder]);

  return { deck, deckState, recorder };
}
