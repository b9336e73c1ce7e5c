import type { ReactElement } from "react";
import type { Estimate, PersonQuality, TeamQuality } from "../api/types";
import { decimal, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Table } from "../ui/Table";
import { Interval } from "./Interval";
import classes from "./Quality.module.css";
import { words } from "./words";

const findings = { none: "none", open: "open", below: "below", "at-target": "atTarget" } as const;

/** Both rates of everybody with their intervals and targets, by pseudonym: never by score. */
export function RightTable({ team }: { team: TeamQuality }): ReactElement {
  const { t, language } = useWords(words);
  const head = [t("person"), t("sensitivity"), t("specificity"), t("test"), t("sources")];
  return (
    <Table label={t("people")} head={head}>
      {team.people.map((one) => (
        <tr key={one.person}>
          <Who one={one} />
          {(["sensitivity", "specificity"] as const).map((side) => (
            <td key={side}>
              <Rate
                estimate={one.right[side]}
                target={team.targets[side]}
                below={one.right.below.includes(side)}
              />
            </td>
          ))}
          <td data-tone={one.right.test === "below" ? "warn" : undefined}>{t(findings[one.right.test])}</td>
          <td className={classes.soft}>
            {t("sourcesAre", {
              gold: decimal(one.right.sources["gold"] ?? 0, language),
              ruled: decimal(one.right.sources["ruled"] ?? 0, language),
              agreed: decimal(one.right.sources["agreed"] ?? 0, language),
            })}
          </td>
        </tr>
      ))}
    </Table>
  );
}

type Named = Pick<PersonQuality, "pseudonym" | "simulated">;

export function Who({ one }: { one: Named }): ReactElement {
  const { t } = useWords(words);
  return (
    <th scope="row">
      {one.pseudonym}
      {one.simulated && <span className={classes.badge}>{t("simulated")}</span>}
    </th>
  );
}

type RateProps = { estimate: Estimate | null; target?: number | null; below?: boolean };

/** A rate with its interval and n, and the target where there is one. */
export function Rate({ estimate, target = null, below = false }: RateProps): ReactElement {
  const { t, language } = useWords(words);
  if (estimate === null || estimate.value === null || estimate.n === 0)
    return <span className={classes.soft}>{t("noFigure")}</span>;
  const { value, low, high, n } = estimate;
  return (
    <div className={classes.rate}>
      <span>
        {t("figure", {
          value: percent(value, language, 0),
          range: `${decimal(low * 100, language)}–${percent(high, language, 0)}`,
          n: decimal(n, language),
        })}
        {below && (
          <span className={classes.badge} data-tone="warn">
            {t("flagged")}
          </span>
        )}
      </span>
      <Interval low={low} value={value} high={high} target={target} />
    </div>
  );
}
