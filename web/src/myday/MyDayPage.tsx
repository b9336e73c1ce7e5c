import type { ReactElement } from "react";
import { NumberInput } from "@mantine/core";
import { Link } from "wouter";
import type { MyDay } from "../api/types";
import { clockTime, decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Accuracy } from "../practice/Accuracy";
import { OwnQuality } from "../quality/OwnQuality";
import { changePreferences, usePreferences } from "../session";
import { Answer } from "../ui/Answer";
import { Facts } from "../ui/Facts";
import { Page } from "../ui/Page";
import { Table } from "../ui/Table";
import { Care } from "./Care";
import classes from "./MyDay.module.css";
import { pacePerHour, toGo } from "./pace";
import { useMyDay } from "./queries";
import { words } from "./words";

/** One's own day: what was done, at what pace, how much of it was hard. Nobody else can ask for it. */
export default function MyDayPage(): ReactElement {
  const { t } = useWords(words);
  const day = useMyDay();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Answer query={day}>
        {(found) => (
          <>
            <Done day={found} />
            <div className={classes.columns}>
              <Pace day={found} />
              <Exposure day={found} />
            </div>
            <Hours day={found} />
          </>
        )}
      </Answer>
      <Accuracy more={<Link href="/practice">{t("practise")}</Link>} />
      <OwnQuality />
      <Care />
    </Page>
  );
}

function Done({ day }: { day: MyDay }): ReactElement {
  const { t, language } = useWords(words);
  const each = day.judged > 0 ? decimal(day.active_seconds / day.judged, language) : "–";
  return (
    <Facts
      wide
      facts={[
        [t("done"), decimal(day.judged, language)],
        [t("time"), decimal(day.active_seconds / 60, language, 1)],
        [t("each"), t("seconds", { n: each })],
        [t("waiting"), decimal(day.waiting, language)],
      ]}
    />
  );
}

function Pace({ day }: { day: MyDay }): ReactElement {
  const { t, language } = useWords(words);
  const { target } = usePreferences();
  const pace = pacePerHour(day);
  const left = toGo(day, target);
  return (
    <section className={classes.panel} aria-labelledby="pace">
      <h2 id="pace">{t("pace")}</h2>
      <p>{pace === null ? t("paceNone") : t("paceNow", { n: decimal(pace, language) })}</p>
      <NumberInput
        label={t("target")}
        description={t("targetMore")}
        value={target}
        min={0}
        max={2000}
        step={10}
        allowDecimal={false}
        hideControls
        onChange={(value) => changePreferences({ target: Math.min(2000, Math.max(0, Number(value) || 0)) })}
      />
      {left && left.left === 0 && <p>{t("reached")}</p>}
      {left && left.left > 0 && left.hours !== null && (
        <p>{t("toGo", { n: decimal(left.left, language), hours: decimal(left.hours, language, 1) })}</p>
      )}
      {left && target > 0 && (
        <Bar met={day.judged} budget={target} label={t("of", { met: day.judged, budget: target })} />
      )}
    </section>
  );
}

function Exposure({ day }: { day: MyDay }): ReactElement {
  const { t, language } = useWords(words);
  const { exposure } = day;
  const rows = [
    [t("lastHour"), exposure.hour, exposure.hour_budget],
    [t("today"), exposure.day, exposure.day_budget],
  ] as const;
  return (
    <section className={classes.panel} aria-labelledby="exposure">
      <h2 id="exposure">{t("exposure")}</h2>
      <p className={classes.more}>{t("exposureMore")}</p>
      {rows.map(([name, met, budget]) => {
        const says = t("of", { met: decimal(met, language, 1), budget: decimal(budget, language) });
        return (
          <div key={name} className={classes.amount}>
            <span>{name}</span>
            <Bar met={met} budget={budget} label={says} />
            <span>{says}</span>
          </div>
        );
      })}
    </section>
  );
}

/** A length against its budget; the words beside it say the same. */
function Bar({ met, budget, label }: { met: number; budget: number; label: string }): ReactElement {
  const share = budget > 0 ? Math.min(1, met / budget) : 0;
  return (
    <span className={classes.bar} role="img" aria-label={label} data-full={share >= 1 || undefined}>
      <span style={{ width: `${100 * share}%` }} />
    </span>
  );
}

function Hours({ day }: { day: MyDay }): ReactElement | null {
  const { t, language } = useWords(words);
  if (day.hours.length === 0) return null;
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">{t("hours")}</h2>
      <Table label={t("hours")} head={[t("hour"), t("done"), t("time")]} numbersFrom={1}>
        {day.hours.map(({ start, judged, active_seconds: seconds }) => (
          <tr key={start}>
            <th scope="row">{clockTime(start, language)}</th>
            <td data-number>{decimal(judged, language)}</td>
            <td data-number>{decimal(seconds / 60, language, 1)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
