import { NativeSelect } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { Coverage, CoverageCell, Language } from "../../api/types";
import { decimal, range, share } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Table } from "../../ui/Table";
import { words } from "../words";
import classes from "./Casebook.module.css";

type Props = { coverage: Coverage; rows: string; columns: string };

/** Two domains against each other, the others held at one level each. Each cell says all in words. */
export function Heat({ coverage, rows, columns }: Props): ReactElement {
  const { t, language } = useWords(words);
  const others = coverage.by.filter((name) => name !== rows && name !== columns);
  const [held, setHeld] = useState<Record<string, string>>({});
  const levels = (name: string): string[] => byViews(coverage.cells, name);
  const level = (name: string): string => held[name] ?? levels(name)[0] ?? "";
  const here = coverage.cells.filter((one) => others.every((name) => one.levels[name] === level(name)));
  const one = rows === columns;
  const across = one ? [""] : levels(columns);
  const cell = (row: string, column: string): CoverageCell | undefined =>
    here.find(({ levels: at }) => at[rows] === row && (one || at[columns] === column));
  return (
    <section className={classes.panel} aria-label={t("gaps")}>
      {others.length > 0 && (
        <div className={classes.choose}>
          {others.map((name) => (
            <NativeSelect
              key={name}
              label={name}
              value={level(name)}
              onChange={(event) => setHeld({ ...held, [name]: event.currentTarget.value })}
              data={levels(name)}
            />
          ))}
        </div>
      )}
      <Table
        label={one ? rows : `${rows} × ${columns}`}
        head={[rows, ...across.map((name) => name || t("goodViews"))]}
      >
        {levels(rows).map((row) => (
          <tr key={row}>
            <th scope="row">{row}</th>
            {across.map((column) => {
              const found = cell(row, column);
              return (
                <td key={column} className={classes.cell}>
                  {found ? <Said cell={found} /> : <span className={classes.small}>{t("noCell")}</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </Table>
      <p className={classes.small}>
        {t("views")}: {decimal(sum(here), language)}
      </p>
    </section>
  );
}

function Said({ cell }: { cell: CoverageCell }): ReactElement {
  const { t, language } = useWords(words);
  const { good } = cell;
  const value = cell.thin ? null : (good?.value ?? null);
  const state = cell.thin ? "thin" : cell.lacking ? "lacking" : "good";
  return (
    <div className={classes.heat} data-state={state} style={{ "--share": value ?? 0 } as React.CSSProperties}>
      {value !== null && <strong>{share(value, language)}</strong>}
      <span>{good ? range(good.low, good.high, language, 0) : t("notJudged")}</span>
      <span className={classes.small}>{t("viewsCell", { views: compact(cell.views, language) })}</span>
      {cell.judged > 0 && (
        <span className={classes.small}>
          {t("judgedCell", { n: cell.judged, effective: decimal(cell.effective, language) })}
        </span>
      )}
      {cell.thin && <span className={classes.small}>{t("thin", { more: cell.more })}</span>}
      {cell.lacking && <span className={classes.small}>{t("lacking")}</span>}
    </div>
  );
}

/** Views in a cell's little room: `1,6 jt`, `1.6M`. */
const compact = (value: number, language: Language): string =>
  new Intl.NumberFormat(language === "id" ? "id-ID" : "en-GB", {
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(value);

const sum = (cells: readonly CoverageCell[]): number => cells.reduce((all, one) => all + one.views, 0);

/** The levels of a domain, the most viewed first. */
function byViews(cells: readonly CoverageCell[], name: string): string[] {
  const views = new Map<string, number>();
  for (const one of cells) {
    const level = one.levels[name];
    if (level !== undefined) views.set(level, (views.get(level) ?? 0) + one.views);
  }
  return [...views].toSorted((a, b) => b[1] - a[1]).map(([level]) => level);
}
