import { useEffect } from "react";
import { get } from "../api/fetch";
import { idleSeconds, watchSigns } from "../api/idle";

const LOOK_EVERY = 20_000;

/**
 * Tells the server that somebody is here, and lets it lock the session when nobody was for so many minutes.
 * The server decides; a page that sleeps learns of it with its next call.
 */
export function useIdleLock(minutes: number): void {
  useEffect(() => {
    if (minutes <= 0) return undefined;
    const stop = watchSigns();
    const timer = setInterval(() => {
      const idle = idleSeconds();
      if (idle < 60 || idle >= minutes * 60) get("/api/session").catch(() => undefined);
    }, LOOK_EVERY);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [minutes]);
}
