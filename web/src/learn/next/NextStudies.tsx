import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { NextStudy } from "../../api/types";
import { day, decimal, percent } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Failed } from "../../ui/State";
import { Table } from "../../ui/Table";
import classes from "../Learn.module.css";
import { Share } from "../spots/SpotTable";
import { nextStudiesOf } from "./queries";
import { words } from "./words";

/** Studies that were opened of such videos, and what came of them by now. */
export function NextStudies({ study }: { study: string }): ReactElement | null {
  const { t } = useWords(words);
  const found = useQuery(nextStudiesOf(study));
  if (found.error) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.data.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby="next-studies">
      <h2 id="next-studies">{t("studies")}</h2>
      {found.data.map((one) => (
        <One key={one.study} one={one} />
      ))}
    </section>
  );
}

function One({ one }: { one: NextStudy }): ReactElement {
  const { t, language } = useWords(words);
  const title = t("studyOf", { name: one.name, day: day(one.opened_at, language) });
  const counts = { judged: decimal(one.drawn - one.waiting, language), drawn: decimal(one.drawn, language) };
  return (
    <article className={classes.stack}>
      <div>
        <h3>{title}</h3>
        <p className={classes.soft}>
          {t("state", counts)} {one.left_out > 0 && t("leftOut", { count: one.left_out })}
        </p>
      </div>
      {one.failing && (
        <>
          <Table label={title} head={[t("fails"), "n", t("expected")]}>
            <tr>
              <td>
                <Share estimate={one.failing} />
              </td>
              <td>{decimal(one.failing.n, language)}</td>
              <td>{one.expected === null ? "–" : percent(one.expected, language)}</td>
            </tr>
          </Table>
          <p className={classes.soft}>{t("chosen")}</p>
        </>
      )}
    </article>
  );
}
