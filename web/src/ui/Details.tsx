import type { ReactElement, ReactNode } from "react";
import classes from "./Details.module.css";

export function Details({ summary, children }: { summary: string; children: ReactNode }): ReactElement {
  return (
    <details className={classes.details}>
      <summary>{summary}</summary>
      <div className={classes.body}>{children}</div>
    </details>
  );
}
