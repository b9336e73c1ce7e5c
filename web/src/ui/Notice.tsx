import { useId, type ReactElement, type ReactNode } from "react";
import classes from "./Notice.module.css";

/** Something that must not be overlooked, said once and calmly. */
export function Notice({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const heading = useId();
  return (
    <aside className={classes.notice} aria-labelledby={heading}>
      <strong id={heading}>{title}</strong>
      <div>{children}</div>
    </aside>
  );
}
