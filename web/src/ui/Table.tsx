import type { ReactElement, ReactNode } from "react";
import classes from "./Table.module.css";

type Props = {
  label: string;
  head: readonly string[];
  /** From this column on (counted from 0) headings stand over numbers (`<td data-number>`). */
  numbersFrom?: number;
  children: ReactNode;
};

/** A plain table that scrolls within itself when narrow. */
export function Table({ label, head, numbersFrom = head.length, children }: Props): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={classes.scroll} role="group" aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={name} scope="col" data-number={column >= numbersFrom || undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
