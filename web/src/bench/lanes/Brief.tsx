import type { ReactElement } from "react";
import type { EvidenceItem } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { brief } from "./describe";
import { ROW } from "./lanes";
import classes from "./Lanes.module.css";
import { laneWords } from "./words";

/** What one bar of the whole video says, in a line that ends in dots where there is no room for it. */
export function Brief({ item, y }: { item: EvidenceItem | null; y: number }): ReactElement | null {
  const { language } = useWords(laneWords);
  const said = item ? brief(item, language) : "";
  if (said === "") return null;
  return (
    <foreignObject className={classes.over} x="0" y={y} width="100%" height={ROW}>
      <p className={classes.brief}>{said}</p>
    </foreignObject>
  );
}
