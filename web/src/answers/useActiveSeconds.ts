import { useEffect, useRef, useState } from "react";
import { beat, sign, startActivity, type Activity } from "../bench/activity";

const signs = ["keydown", "pointerdown", "wheel"] as const;
const beatMs = 1_000;

/** Seconds at work on what is on the screen, as the bench counts them, on top of those from `before`. */
export function useActiveSeconds(before = 0): () => number {
  const [base] = useState(before);
  const activity = useRef<Activity | null>(null);
  useEffect(() => {
    activity.current = startActivity(performance.now());
    const seen = (): void => {
      if (activity.current) activity.current = sign(activity.current, performance.now());
    };
    const timer = window.setInterval(() => {
      const visible = document.visibilityState === "visible";
      if (activity.current) activity.current = beat(activity.current, performance.now(), visible, false);
    }, beatMs);
    for (const name of signs) window.addEventListener(name, seen, { passive: true });
    return () => {
      window.clearInterval(timer);
      for (const name of signs) window.removeEventListener(name, seen);
    };
  }, []);
  return () => Math.round((base + (activity.current?.seconds ?? 0)) * 10) / 10;
}
