import { useEffect, useState, type ReactElement } from "react";
import type { Language } from "../../api/types";
import classes from "./Stage.module.css";

const EVERY = 10_000;

type Props = { pseudonym: string; task: string; language: Language };

/** Who looked at what and when, faint and never long in one place: a photograph of the screen carries it. */
export function Watermark({ pseudonym, task, language }: Props): ReactElement {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY);
    return () => clearInterval(timer);
  }, []);
  const turn = Math.floor(now / EVERY);
  const time = new Intl.DateTimeFormat(language === "id" ? "id-ID" : "en-GB", {
    dateStyle: "short",
    timeStyle: "short",
  }).format(now);
  return (
    <span
      className={classes.watermark}
      aria-hidden
      style={{ left: `${8 + ((turn * 37) % 52)}%`, top: `${10 + ((turn * 53) % 74)}%` }}
    >
      {pseudonym} · {time} · {task.slice(-8)}
    </span>
  );
}
