import type { ReactElement } from "react";
import type { Words } from "../../api/types";
import classes from "./Guideline.module.css";

/** One text in both languages, side by side. */
export function Pair({ text, strong = false }: { text: Words; strong?: boolean }): ReactElement {
  const look = strong ? (classes.name ?? "") : "";
  return (
    <div className={classes.pair}>
      <p lang="id" className={look}>
        {text.id}
      </p>
      <p lang="en" className={look}>
        {text.en}
      </p>
    </div>
  );
}
