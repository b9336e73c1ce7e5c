import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { get, post } from "../api/fetch";
import type { AnswerTask, NewAnswerJudgement, NextAnswer } from "../api/types";
import { server } from "../bench/desk/wire";
import { exclusively, openBox } from "../bench/outbox/box";
import { HOLD, isHeld, newKey, seal, type Entry } from "../bench/outbox/entry";
import { Sender } from "../bench/outbox/sender";
import { keeper, type Kept } from "./kept";
import { beginning, type Rubric, type Work } from "./rating";

/** One on the screen and one behind it. */
const IN_HAND = 2;
/** How long before an empty queue, or a server that did not answer, is asked again (ms). */
const ASK_AGAIN = 20_000;

export type Item = Kept & { task: AnswerTask; rubric: Rubric };
const untouched: Kept = { work: beginning, seconds: 0, stopping: false };
type Supply = "asking" | "more" | NonNullable<NextAnswer["reason"]> | "unreachable";
export type Held = { key: string; until: number; item: Item };

export type AnswerDesk = {
  item: Item | null;
  supply: Supply;
  held: Held | null;
  outbox: readonly Entry[];
  /** What is said of the answer on the screen so far, after so many active seconds; a reload keeps it. */
  change(work: Work, seconds: number): void;
  /** The text goes from the screen until it is told why, or until the reader comes back to it. */
  halt(stopping: boolean): void;
  send(body: NewAnswerJudgement): void;
  stop(escalation: string, note: string, impersonal: boolean): void;
  /** The answer just submitted comes back with all that was said, while it is still held. */
  callBack(): Promise<void>;
  retry(key: string): void;
  putAway(key: string): void;
};

/** The bench's outbox and hold for machine answers: nothing is lost, and four seconds to think again. */
export function useAnswerDesk(person: string): AnswerDesk {
  const [queue, setQueue] = useState<readonly Item[]>([]);
  const [supply, setSupply] = useState<Supply>("asking");
  const [held, setHeld] = useState<Held | null>(null);
  const [outbox, setOutbox] = useState<readonly Entry[]>([]);
  const sender = useSender(person, setOutbox);
  const busy = useRef(false);
  const kept = useMemo(() => keeper(person), [person]);

  const fill = useCallback(async () => {
    if (busy.current || !sender || queue.length >= IN_HAND) return;
    busy.current = true;
    const holding = [...queue.map(({ task }) => task.task), ...outbox.map(({ task }) => task)];
    try {
      const { task, reason } = await post<NextAnswer>("/api/answers/next", {
        holding: [...new Set(held ? [...holding, held.item.task.task] : holding)].slice(-10),
      });
      if (task) {
        const rubric = await rubricOf(task.guideline);
        const found = { ...untouched, ...(await kept.read(task.task)), task, rubric };
        setQueue((now) => (now.some((one) => one.task.task === task.task) ? now : [...now, found]));
      }
      setSupply(task ? "more" : (reason ?? "queue-empty"));
    } catch {
      setSupply("unreachable");
    }
    busy.current = false;
  }, [held, kept, outbox, queue, sender]);

  useEffect(() => {
    const wait = supply === "asking" || supply === "more" ? 0 : ASK_AGAIN;
    const timer = setTimeout(() => void fill(), wait);
    return () => clearTimeout(timer);
  }, [fill, supply]);

  useEffect(() => {
    if (!held) return undefined;
    const timer = setTimeout(() => setHeld(null), Math.max(0, held.until - Date.now()));
    return () => clearTimeout(timer);
  }, [held]);

  const item = queue[0] ?? null;
  const retell = (told: Partial<Kept>): void => {
    if (!item) return;
    const { work, seconds, stopping } = { ...item, ...told };
    void kept.save(item.task.task, { work, seconds, stopping });
    setQueue((now) => now.map((one) => (one.task === item.task ? { ...one, ...told } : one)));
  };
  const leave = (entry: Entry): void => {
    void sender?.add(entry).then(() => kept.erase(entry.task));
    setQueue((now) => now.slice(1));
    setSupply("asking");
  };
  return {
    item,
    supply,
    held,
    outbox,
    change: (work, seconds) => retell({ work, seconds }),
    halt: (stopping) => retell({ stopping }),
    send: (body) => {
      if (!item) return;
      const entry = seal({ kind: "answer", body }, { person, title: null, now: Date.now(), hold: HOLD });
      setHeld({ key: entry.key, until: entry.heldUntil, item });
      leave(entry);
    },
    stop: (escalation, note, impersonal) => {
      if (!item) return;
      const { task, lease } = item.task;
      const body = {
        key: newKey(),
        task,
        lease: lease.id,
        escalation,
        note: note.trim() || null,
        impersonal,
      };
      const parcel = { kind: "answer-stop", body } as const;
      leave(seal(parcel, { person, title: null, now: Date.now(), hold: 0 }));
    },
    callBack: async () => {
      if (!held || Date.now() >= held.until) return;
      const back = await sender?.takeBack(held.key);
      setHeld(null);
      if (!back) return;
      const { task, work, seconds, stopping } = held.item;
      void kept.save(task.task, { work, seconds, stopping });
      setQueue((now) => [held.item, ...now]);
    },
    retry: (key) => void sender?.retry(key),
    putAway: (key) => void sender?.putAway(key),
  };
}

/** What is on its way, of this person; opened with the page and flushed when it closes. */
function useSender(person: string, tell: (entries: Entry[]) => void): Sender | null {
  const [sender, setSender] = useState<Sender | null>(null);
  useEffect(() => {
    let opened: Sender | null = null;
    let over = false;
    const leave = (): void => void opened?.flush(true);
    const online = (): void => void opened?.hurry();
    const open = async (): Promise<void> => {
      const { box } = await openBox();
      if (over) return;
      const parts = { box, person, post: server.send, now: Date.now, chance: Math.random };
      opened = new Sender({ ...parts, exclusive: exclusively, tell, arrived: () => undefined });
      await opened.hurry();
      if (!over) setSender(opened);
    };
    void open();
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", online);
    return () => {
      over = true;
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("online", online);
      const last = opened;
      void last?.flush().finally(() => last.stop());
    };
  }, [person, tell]);
  return sender;
}

const rubrics = new Map<string, Promise<Rubric>>();

/** A guideline never changes under its hash, so each is fetched once. */
function rubricOf(hash: string): Promise<Rubric> {
  const asked = rubrics.get(hash) ?? get<Rubric>(`/api/guidelines/${hash}`);
  rubrics.set(hash, asked);
  asked.catch(() => rubrics.delete(hash));
  return asked;
}

export const waiting = (entries: readonly Entry[], now: number): number =>
  entries.filter((one) => one.refusal === null && !isHeld(one, now)).length;
