import type { ReactElement } from "react";
import classes from "./Quality.module.css";

type Props = { low: number; value: number; high: number; target: number | null };

const width = 200;

/** An interval from 0 to 1 with its value and the target; the words beside it say the same. */
export function Interval({ low, value, high, target }: Props): ReactElement {
  return (
    <svg className={classes.interval} viewBox={`0 0 ${width} 12`} preserveAspectRatio="none" aria-hidden>
      <line x1="0" x2={width} y1="6" y2="6" stroke="var(--line)" />
      <rect
        x={low * width}
        width={Math.max(1, (high - low) * width)}
        y="3"
        height="6"
        fill="var(--accent)"
        fillOpacity="0.35"
      />
      <rect x={Math.max(0, value * width - 1.5)} width="3" y="1" height="10" fill="var(--accent)" />
      {target !== null && (
        <line
          x1={target * width}
          x2={target * width}
          y1="0"
          y2="12"
          stroke="var(--warn)"
          strokeWidth="1.5"
          strokeDasharray="3 2"
        />
      )}
    </svg>
  );
}
