import type { ReactElement } from "react";
import type { BlindSpot, Estimate, SpotCondition } from "../../api/types";
import { decimal, percent, range } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Interval } from "../../quality/Interval";
import { Table } from "../../ui/Table";
import classes from "../Learn.module.css";
import { words } from "../words";
import { useConditions } from "./conditions";

/** Suspected slices, the one with the most failing impressions first. */
export function SpotTable({ spots }: { spots: readonly BlindSpot[] }): ReactElement {
  const { t, language } = useWords(words);
  const head = [
    "slice",
    "failsThere",
    "failsElsewhere",
    "shrunk",
    "burden",
    "units",
    "chance",
    "state",
  ] as const;
  return (
    <Table label={t("blindSpots")} head={head.map((key) => t(key))}>
      {spots.map((spot) => (
        <tr key={JSON.stringify(spot.conditions)}>
          <Slice conditions={spot.conditions} />
          <td>
            <Share estimate={spot.share} />
          </td>
          <td>
            <Share estimate={spot.rest} />
          </td>
          <td>{spot.shrunk.value === null ? "–" : percent(spot.shrunk.value, language)}</td>
          <td>{t("atLeast", { low: decimal(spot.burden.low, language) })}</td>
          <td>{decimal(spot.units, language)}</td>
          <td>{decimal(spot.p, language, 3)}</td>
          <td className={classes.state}>{t("suspected")}</td>
        </tr>
      ))}
    </Table>
  );
}

export function Slice({ conditions }: { conditions: readonly SpotCondition[] }): ReactElement {
  const { conditionText } = useConditions();
  return (
    <th scope="row">
      <div className={classes.slice}>
        {conditions.map((one) => (
          <span key={one.column}>{conditionText(one)}</span>
        ))}
      </div>
    </th>
  );
}

/** A share with its interval, in words and drawn. */
export function Share({ estimate }: { estimate: Estimate }): ReactElement {
  const { language } = useWords(words);
  const { value, low, high } = estimate;
  return (
    <div className={classes.figure}>
      <span>
        {value === null ? "" : `${percent(value, language)} `}
        <span className={classes.soft}>({range(low, high, language)})</span>
      </span>
      <Interval low={low} value={value ?? (low + high) / 2} high={high} target={null} />
    </div>
  );
}
