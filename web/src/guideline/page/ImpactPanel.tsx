import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get } from "../../api/fetch";
import type { Estimate, Impact, Version } from "../../api/types";
import { decimal, percent, range, share } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Facts } from "../../ui/Facts";
import { Table } from "../../ui/Table";
import { words } from "../words";
import classes from "./Guideline.module.css";
import { Rereview } from "./Rereview";
import { named, namesIn, type Names } from "./saying";
import { useNames } from "./useNames";

type StudyMove = Impact["studies"][number];

/** Every stored judgement read by this version: what flips, what was never asked, how the figures move. */
export function ImpactPanel({ from, version }: { from: Version; version: Version }): ReactElement {
  const { t } = useWords(words);
  const names = useNames([from.hash, version.hash]);
  const impact = useQuery({
    queryKey: ["impact", version.hash],
    queryFn: () => get<Impact>(`/api/versions/${version.hash}/impact`),
    staleTime: 60_000,
  });
  return (
    <section className={classes.panel} aria-label={t("impact")}>
      <h2>{t("impact")}</h2>
      <Answer query={impact}>{(found) => <Found impact={found} version={version} names={names} />}</Answer>
    </section>
  );
}

type FoundProps = { impact: Impact; version: Version; names: Names };

function Found({ impact, version, names }: FoundProps): ReactElement {
  const { t, language } = useWords(words);
  const name = (code: string): string => named(code, names, language);
  const count = (value: number): string => decimal(value, language);
  return (
    <div className={classes.stack}>
      <Facts
        wide
        facts={[
          [t("judgements"), count(impact.judgements)],
          [t("flips"), count(impact.flips)],
          [t("verdictFlips"), count(impact.verdict_flips)],
          [t("open"), count(impact.open)],
          [t("tasks"), count(impact.tasks)],
          [t("impressions"), count(impact.impressions)],
        ]}
      />
      {impact.verdicts.length > 0 && (
        <Table
          label={t("verdict")}
          head={[t("verdict"), t("becomes"), t("judgements"), t("impressions")]}
          numbersFrom={2}
        >
          {impact.verdicts.map((one) => (
            <tr key={`${one.before} ${one.after}`}>
              <td>{one.before ? name(one.before) : "–"}</td>
              <td>{one.after ? name(one.after) : t("undecided")}</td>
              <td data-number>{count(one.judgements)}</td>
              <td data-number>{count(one.impressions)}</td>
            </tr>
          ))}
        </Table>
      )}
      {impact.unasked.length > 0 && (
        <Table label={t("unasked")} head={[t("unasked"), t("judgements"), t("tasks")]} numbersFrom={1}>
          {impact.unasked.map((one) => (
            <tr key={one.question}>
              <td className={classes.place}>
                <span className={classes.code}>{one.question}</span>
                <span className={classes.small}>{namesIn(one.question, names, language).join(" · ")}</span>
              </td>
              <td data-number>{count(one.judgements)}</td>
              <td data-number>{count(one.tasks)}</td>
            </tr>
          ))}
        </Table>
      )}
      {impact.studies.map((study, at) => (
        <div key={study.id} className={classes.stack}>
          <h3>{study.name}</h3>
          <Figures study={study} />
          {impact.rereview[at] && <Rereview plan={impact.rereview[at]} study={study} version={version} />}
        </div>
      ))}
      {impact.listed.length > 0 && <Largest impact={impact} names={names} />}
    </div>
  );
}

function Figures({ study }: { study: StudyMove }): ReactElement {
  const { t, say, language } = useWords(words);
  const said = (estimate: Estimate | null): string => {
    if (estimate === null) return "–";
    const ends = range(estimate.low, estimate.high, language);
    return estimate.value === null ? ends : `${share(estimate.value, language)} (${ends})`;
  };
  const points = (value: number): string => percent(value, language, 2).replace("-", "−");
  const gap = (estimate: Estimate | null): string => {
    if (estimate === null) return "–";
    const ends = t("between", { low: points(estimate.low), high: points(estimate.high) });
    return estimate.value === null ? ends : `${points(estimate.value)} (${ends})`;
  };
  return (
    <div>
      <Table
        label={t("figures")}
        head={[t("figure"), t("before"), t("after"), t("difference")]}
        numbersFrom={1}
      >
        {study.figures.map((one) => (
          <tr key={one.code}>
            <td>{say(one.name)}</td>
            <td data-number>{said(one.before)}</td>
            <td data-number>{said(one.after)}</td>
            <td data-number>{gap(one.difference)}</td>
          </tr>
        ))}
      </Table>
      <p className={classes.small}>{t("still", { count: study.still })}</p>
    </div>
  );
}

function Largest({ impact, names }: { impact: Impact; names: Names }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <Table
      label={t("largest")}
      head={[t("largest"), t("verdict"), t("becomes"), t("impressions")]}
      numbersFrom={3}
    >
      {impact.listed.slice(0, 20).map((one) => (
        <tr key={one.judgement}>
          <td className={classes.code}>{one.task}</td>
          <td>{one.verdict_before ? named(one.verdict_before, names, language) : "–"}</td>
          <td>{one.verdict_after ? named(one.verdict_after, names, language) : t("undecided")}</td>
          <td data-number>{decimal(one.impressions, language)}</td>
        </tr>
      ))}
    </Table>
  );
}
