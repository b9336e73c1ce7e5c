import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { DoubtRereview } from "../../api/types";
import { day, decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Failed } from "../../ui/State";
import { Table } from "../../ui/Table";
import classes from "../Learn.module.css";
import { Share } from "../spots/SpotTable";
import { words } from "../words";
import { rereviewsOf } from "./queries";

/** Re-reviews that were opened, and whether the list was worth the time. */
export function Rereviews({ study }: { study: string }): ReactElement | null {
  const { t } = useWords(words);
  const found = useQuery(rereviewsOf(study));
  if (found.error) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.data.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby="rereviews">
      <h2 id="rereviews">{t("rereviews")}</h2>
      {found.data.map((one) => (
        <One key={one.study} one={one} />
      ))}
    </section>
  );
}

function One({ one }: { one: DoubtRereview }): ReactElement {
  const { t, language } = useWords(words);
  const title = t("secondOf", { name: one.name, day: day(one.opened_at, language) });
  const counts = { waiting: decimal(one.waiting, language), drawn: decimal(one.drawn, language) };
  return (
    <article className={classes.stack}>
      <div>
        <h3>{title}</h3>
        <p className={classes.soft}>
          {one.waiting > 0 ? t("waits", counts) : t("allJudged", counts)}{" "}
          {one.left_out > 0 && t("leftOut", { count: one.left_out })}
        </p>
      </div>
      <Hits one={one} title={title} />
    </article>
  );
}

function Hits({ one, title }: { one: DoubtRereview; title: string }): ReactElement | null {
  const { t, language } = useWords(words);
  const { top, control, gain } = one;
  if (top === null || control === null || gain === null) return null;
  const points = (share: number): string => decimal(share * 100, language, 1);
  const rows = [
    { name: t("inTop"), estimate: top },
    { name: t("inControl"), estimate: control },
  ];
  return (
    <Table label={title} head={[t("slice"), t("changed"), t("units")]}>
      {rows.map(({ name, estimate }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>
            <Share estimate={estimate} />
          </td>
          <td>{decimal(estimate.n, language)}</td>
        </tr>
      ))}
      <tr>
        <th scope="row">{t("moreInTop")}</th>
        <td>
          {t("gapIs", { value: points(gain.value ?? 0), low: points(gain.low), high: points(gain.high) })}
        </td>
        <td>{decimal(gain.n, language)}</td>
      </tr>
    </Table>
  );
}
