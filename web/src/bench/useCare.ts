import { useEffect } from "react";
import type { Desk } from "./desk/Desk";
import type { Recorder } from "./player/recorder";

/** Minutes without a hand or a playing video after which the screen is covered (ms). */
export const IDLE = 10 * 60_000;
/** Active work after which a break is offered, between two items (s). */
export const STRETCH = 50 * 60;
const LOOK = 5_000;

/** Covers the screen when nobody is here, and offers a break to somebody who has not had one. */
export function useCare(desk: Desk, recorder: Recorder): void {
  useEffect(() => {
    let last = recorder.active;
    let worked = 0;
    const look = (): void => {
      const { resting, stopped, queue } = desk.snapshot().bench;
      worked = resting ? 0 : worked + Math.max(0, recorder.active - last);
      last = recorder.active;
      if (worked >= STRETCH) {
        desk.dispatch({ type: "due", why: "break" });
        worked = 0;
      }
      const idle = recorder.idleFor(Date.now()) >= IDLE;
      if (idle && !resting && !stopped && queue.length > 0) desk.dispatch({ type: "rest", why: "idle" });
    };
    const timer = setInterval(look, LOOK);
    return () => clearInterval(timer);
  }, [desk, recorder]);
}
