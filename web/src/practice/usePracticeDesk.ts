import { useCallback, useEffect, useRef, useState } from "react";
import type { Burst, Language, Task } from "../api/types";
import { Desk } from "../bench/desk/Desk";
import { noDrafts } from "../bench/desk/drafts";
import { server, type Wire } from "../bench/desk/wire";
import { exclusively, memoryBox } from "../bench/outbox/box";
import { isHeld } from "../bench/outbox/entry";
import { Sender } from "../bench/outbox/sender";
import { usePreferences } from "../session";
import { takeNext } from "./queries";

const now = (): number => Date.now();

export type Judged = { readonly task: string; readonly duration: number };

type Practising = {
  readonly desk: Desk | null;
  /** The task just judged, whose feedback is being read, and the length of its video in seconds. */
  readonly judged: Judged | null;
  /** The tasks judged so far. */
  readonly done: readonly string[];
  /** Nothing is left of the burst. */
  readonly over: boolean;
  /** The feedback was read: on to the next. */
  readonly goOn: () => void;
};

/** A desk that gets one item of a burst at a time and waits until its feedback was read. */
export function usePracticeDesk(person: string, burst: Burst): Practising {
  const [desk, setDesk] = useState<Desk | null>(null);
  const [judged, setJudged] = useState<Judged | null>(null);
  const [done, setDone] = useState<readonly string[]>(burst.done);
  const [over, setOver] = useState(false);
  const gate = useRef({ open: true });
  const { language } = usePreferences();
  const spoken = useRef<Language>(language);
  useEffect(() => {
    spoken.current = language;
  }, [language]);
  useEffect(() => {
    const door = gate.current;
    door.open = true;
    const lengths = new Map<string, number>();
    const wire = practiceWire(burst.id, door, lengths, () => setOver(true));
    const opened = openDesk(
      person,
      wire,
      () => spoken.current,
      (task) => {
        if (task === null) {
          door.open = true;
          return;
        }
        setJudged({ task, duration: lengths.get(task) ?? 0 });
        setDone((before) => [...new Set([...before, task])]);
      },
    );
    let gone = false;
    const show = async (): Promise<void> => {
      await opened.begun;
      if (!gone) setDesk(opened.desk);
    };
    void show();
    return () => {
      gone = true;
      opened.end();
    };
  }, [person, burst.id]);
  const goOn = useCallback(() => {
    gate.current.open = true;
    setJudged(null);
    desk?.online();
  }, [desk]);
  return { desk, judged, done, over, goOn };
}

function practiceWire(
  burst: string,
  door: { open: boolean },
  lengths: Map<string, number>,
  whenOver: () => void,
): Wire {
  let inHand: string | null = null;
  const ask = async (): Promise<Task | null> => {
    const { task } = await takeNext(burst);
    inHand = task?.task ?? null;
    if (task) lengths.set(task.task, task.media.duration);
    return task;
  };
  return {
    ...server,
    // What is in hand is asked for again only for fresh media links.
    held: async () => {
      const task = inHand === null ? null : await ask();
      return task ? [task] : [];
    },
    next: async () => {
      if (!door.open) return { task: null, reason: "enough-held" };
      const task = await ask();
      if (!task) whenOver();
      door.open = false;
      return { task, reason: task ? null : "enough-held" };
    },
    last: async () => [],
  };
}

/** Nothing is held back for undo: its feedback comes at once, and afterwards there is no way back. */
function openDesk(
  person: string,
  wire: Wire,
  language: () => Language,
  /** `null` after a stop-work, of which there is nothing to compare. */
  whenDone: (task: string | null) => void,
): { desk: Desk; begun: Promise<void>; end: () => void } {
  const desk = new Desk({ person, wire, drafts: noDrafts, durable: true, language, now });
  const sender: Sender = new Sender({
    box: memoryBox(),
    person,
    post: wire.send,
    now,
    chance: Math.random,
    exclusive: exclusively,
    tell: (entries) => {
      desk.told(entries);
      if (entries.some((entry) => isHeld(entry, now()))) void sender.flush();
    },
    arrived: (entry) => {
      desk.arrived();
      whenDone(entry.parcel.kind === "judgement" ? entry.task : null);
    },
  });
  window.addEventListener("online", desk.online);
  const begun = desk.open(sender);
  const end = (): void => {
    window.removeEventListener("online", desk.online);
    desk.close();
    void sender.flush().finally(() => sender.stop());
  };
  return { desk, begun, end };
}
