import type { ReactElement, ReactNode } from "react";
import classes from "./Facts.module.css";

type Props = { facts: readonly (readonly [name: string, value: ReactNode])[]; wide?: boolean };

/** Names and values: one under the other, or as a row of figures. */
export function Facts({ facts, wide = false }: Props): ReactElement {
  return (
    <dl className={classes.facts} data-wide={wide || undefined}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
