import { useId, type ReactElement } from "react";
import type { Figure, Measurement } from "../api/types";
import { Data } from "./Data";
import { How } from "./How";
import { IntervalChart } from "./IntervalChart";
import classes from "./Measurement.module.css";

type Props = { title: string; lead: string; figures: readonly Figure[]; measurement: Measurement };

/** A chart of several figures with its two expanders: the data, and how they were computed. */
export function FigureSection({ title, lead, figures, measurement }: Props): ReactElement {
  const heading = useId();
  const first = figures[0];
  return (
    <section className={classes.panel} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p className={classes.lead}>{lead}</p>
      {first && (
        <>
          <IntervalChart figures={figures} title={title} />
          <div className={classes.more}>
            <Data figures={figures} title={title} study={measurement.study.id} />
            <How measurement={measurement} estimate={first.estimate} />
          </div>
        </>
      )}
    </section>
  );
}
