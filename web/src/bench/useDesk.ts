import { useEffect, useState } from "react";
import type { Language } from "../api/types";
import { usePreferences } from "../session";
import { Desk } from "./desk/Desk";
import { diskDrafts, noDrafts } from "./desk/drafts";
import { server } from "./desk/wire";
import { exclusively, openBox } from "./outbox/box";
import { Sender } from "./outbox/sender";

let language: Language = "id";
const now = (): number => Date.now();

/** The desk of the person signed in, opened once its storage is; `null` until then. */
export function useDesk(person: string): Desk | null {
  const [desk, setDesk] = useState<Desk | null>(null);
  const { language: spoken } = usePreferences();
  useEffect(() => {
    language = spoken;
  }, [spoken]);
  useEffect(() => {
    let over = false;
    let end = (): void => undefined;
    const begin = async (): Promise<void> => {
      const opened = await openDesk(person);
      if (over) return opened.end();
      end = opened.end;
      setDesk(opened.desk);
    };
    void begin();
    return () => {
      over = true;
      end();
    };
  }, [person]);
  return desk;
}

async function openDesk(person: string): Promise<{ desk: Desk; end: () => void }> {
  const { box, durable } = await openBox();
  const drafts = durable ? diskDrafts(person, now) : noDrafts;
  const desk = new Desk({ person, wire: server, drafts, durable, language: () => language, now });
  const sender = new Sender({
    box,
    person,
    post: server.send,
    now,
    chance: Math.random,
    exclusive: exclusively,
    tell: desk.told,
    arrived: desk.arrived,
  });
  // What is still held must not wait for the next visit: it is on disk, and may also leave now.
  const leave = (): void => void sender.flush(true);
  window.addEventListener("online", desk.online);
  window.addEventListener("pagehide", leave);
  void desk.open(sender);
  const end = (): void => {
    window.removeEventListener("online", desk.online);
    window.removeEventListener("pagehide", leave);
    desk.close();
    void sender.flush().finally(() => sender.stop());
  };
  return { desk, end };
}
