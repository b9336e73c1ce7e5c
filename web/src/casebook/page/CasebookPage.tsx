import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { Link, useLocation } from "wouter";
import type { Case } from "../../api/types";
import { day } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { Answer } from "../../ui/Answer";
import { Page } from "../../ui/Page";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";
import { useActive, useCases, useGuideline } from "../queries";
import { asked, isShown, spoken, type Show } from "../spoken";
import { words } from "../words";
import classes from "./Casebook.module.css";
import { caseCommand } from "./commands";
import { NearGroups } from "./NearGroups";

/** What the guideline does not settle yet, and what viewers lack: who looks after it, and until when. */
export default function CasebookPage(): ReactElement {
  const { t } = useWords(words);
  const cases = useCases();
  const [show, setShow] = useState<Show>("open");
  return (
    <Page title={t("title")} lead={t("lead")} aside={<Link href="/casebook/gaps">{t("toGaps")}</Link>}>
      <NearGroups />
      <section className={classes.panel} aria-label={t("cases")}>
        <div className={classes.buttons} role="group" aria-label={t("show")}>
          {(["open", "mine", "all"] as const).map((value) => (
            <Button
              key={value}
              size="compact-sm"
              variant={show === value ? "filled" : "default"}
              aria-pressed={show === value}
              onClick={() => setShow(value)}
            >
              {t(`show_${value}`)}
            </Button>
          ))}
        </div>
        <Answer query={cases}>{(list) => <List list={list.filter((one) => isShown(one, show))} />}</Answer>
      </section>
    </Page>
  );
}

function List({ list }: { list: readonly Case[] }): ReactElement {
  const { t, language } = useWords(words);
  const [at, setAt] = useState(0);
  const [, navigate] = useLocation();
  const guideline = useGuideline(useActive()).data;
  const here = Math.min(at, list.length - 1);
  const go = (by: number) => (): void => setAt(Math.max(0, Math.min(list.length - 1, here + by)));
  const open = (): void => {
    const one = list[here];
    if (one) navigate(`/casebook/${one.number}`);
  };
  useCommands([
    caseCommand("next", ["J", "ArrowDown"], "cmdNext", go(1), true),
    caseCommand("back", ["K", "ArrowUp"], "cmdBack", go(-1), true),
    caseCommand("open", ["Enter"], "cmdOpen", open),
  ]);
  if (list.length === 0) return <State title={t("none")}>{t("noneMore")}</State>;
  return (
    <Table label={t("cases")} head={[t("case"), t("said"), t("type"), t("state"), t("owner"), t("due")]}>
      {list.map((one, n) => (
        <tr key={one.id} aria-current={n === here || undefined} className={classes.row}>
          <td className={classes.number}>
            <Link href={`/casebook/${one.number}`}>K-{one.number}</Link>
            {one.group.length > 1 && (
              <span className={classes.badge}>{t("ofGroup", { count: one.group.length })}</span>
            )}
          </td>
          <td className={classes.said}>
            {one.hidden ? t("hidden") : one.said || one.title || "–"}
            {one.question && (
              <span className={classes.small}>{asked(guideline, one.question, language)}</span>
            )}
            {one.cell && <span className={classes.small}>{Object.values(one.cell).join(" · ")}</span>}
          </td>
          <td>{spoken(guideline, one.type, language)}</td>
          <td>{spoken(guideline, one.state, language)}</td>
          <td>
            {one.owner ?? "–"}
            {one.calls_me && <span className={classes.badge}>{t("callsMe")}</span>}
          </td>
          <td className={classes.number}>
            {one.due ? day(one.due, language) : "–"}
            {one.overdue && (
              <span className={classes.badge} data-tone="warn">
                {t("overdue")}
              </span>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
