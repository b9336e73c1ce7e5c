import type { ReactElement } from "react";
import classes from "./Wordmark.module.css";

/** An eye that looks closely (`tilik`), and the name. */
export function Wordmark(): ReactElement {
  return (
    <span className={classes.mark}>
      <svg viewBox="3 6 26 20" width="26" height="20" aria-hidden="true">
        <path d="M5 16c3.2-5.2 6.9-7.8 11-7.8s7.8 2.6 11 7.8c-3.2 5.2-6.9 7.8-11 7.8S8.2 21.2 5 16Z" />
        <circle cx="16" cy="16" r="3.6" />
      </svg>
      <span>Tilik</span>
    </span>
  );
}
