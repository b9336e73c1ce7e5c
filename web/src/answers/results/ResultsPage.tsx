import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link, useLocation } from "wouter";
import { get } from "../../api/fetch";
import type { AnswerReport, AnswerSet } from "../../api/types";
import type { AgeRange } from "../../guideline/model";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { has, useSession } from "../../session";
import { Answer } from "../../ui/Answer";
import { Facts } from "../../ui/Facts";
import { Page } from "../../ui/Page";
import { State } from "../../ui/State";
import { domainOf, evenDomain, EVERY_BAND, FAILING } from "./figures";
import classes from "./Results.module.css";
import { Section } from "./Section";
import { resultWords } from "./words";

/** What is known of a set of machine answers, for leads: every figure with its interval. */
export default function ResultsPage({ set }: { set: string | undefined }): ReactElement {
  const { t } = useWords(resultWords);
  const sets = useQuery({ queryKey: ["answer-sets"], queryFn: () => get<AnswerSet[]>("/api/answers/sets") });
  const back = has(useSession(), "reviewer") && <Link href="/answers">{t("back")}</Link>;
  return (
    <Page title={t("title")} lead={t("lead")} aside={back}>
      <Answer query={sets}>
        {(list) => {
          const shown = list.find(({ id }) => id === set) ?? list[0];
          if (!shown) {
            return (
              <State title={t("noSets")}>
                <p>{t("noSetsMore")}</p>
              </State>
            );
          }
          return <Chosen key={shown.id} list={list} shown={shown} />;
        }}
      </Answer>
    </Page>
  );
}

function Chosen({ list, shown }: { list: readonly AnswerSet[]; shown: AnswerSet }): ReactElement {
  const { t } = useWords(resultWords);
  const [, navigate] = useLocation();
  const report = useQuery({
    queryKey: ["answer-report", shown.id],
    queryFn: () => get<AnswerReport>(`/api/answers/sets/${shown.id}/report`),
  });
  const guideline = useQuery({
    queryKey: ["guideline", shown.guideline],
    queryFn: () => get<{ age_bands: AgeRange[] }>(`/api/guidelines/${shown.guideline}`),
    staleTime: Infinity,
  });
  return (
    <>
      <label className={classes.choose}>
        {t("set")}
        <select
          value={shown.id}
          onChange={(event) => navigate(`/answers/results/${event.currentTarget.value}`)}
        >
          {list.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Answer query={guideline}>
        {({ age_bands: bands }) => (
          <Answer query={report}>
            {(found) => <Found report={found} bands={bands} guideline={shown.guideline} />}
          </Answer>
        )}
      </Answer>
    </>
  );
}

type Props = { report: AnswerReport; bands: readonly AgeRange[]; guideline: string };

function Found({ report, bands, guideline }: Props): ReactElement {
  const { t, say, language } = useWords(resultWords);
  const dimensions = [...new Map(report.scores.map((one) => [one.dimension, one.name]))];
  const [chosen, setDimension] = useState(dimensions[0]?.[0] ?? FAILING);
  const bandName = (code: string): string => {
    if (code === EVERY_BAND) return t("allBands");
    const band = bands.find((one) => one.code === code);
    return band ? say(band.name) : code;
  };
  const scores = report.scores.filter(({ dimension }) => dimension === chosen);
  const gaps = report.gaps.filter(({ dimension }) => dimension === chosen);
  return (
    <>
      <Facts
        wide
        facts={[
          [t("judgements"), decimal(report.judgements, language)],
          [t("models"), decimal(report.models.length, language)],
          [t("bands"), report.bands.map(bandName).join(", ") || "–"],
        ]}
      />
      <div className={classes.dimensions} role="group" aria-label={t("dimension")}>
        {dimensions.map(([code, name]) => (
          <button key={code} type="button" aria-pressed={code === chosen} onClick={() => setDimension(code)}>
            {say(name)}
          </button>
        ))}
      </div>
      <Section
        title={t("scores")}
        counted={t("judged")}
        how={t("howScores")}
        dimension={chosen}
        guideline={guideline}
        domain={(rows) => domainOf(chosen, rows)}
        lines={scores.map((one) => ({
          id: `${one.model} ${one.band}`,
          name: `${one.model} · ${bandName(one.band)}`,
          n: one.judged,
          estimate: one.estimate,
        }))}
      />
      <Section
        title={t("gaps")}
        counted={t("prompts")}
        how={t("howGaps")}
        dimension={chosen}
        guideline={guideline}
        zero
        domain={evenDomain}
        lines={gaps.map(({ first, second, prompts, estimate }) => ({
          id: `${first} ${second}`,
          name: t("minus", { first, second }),
          n: prompts,
          estimate,
        }))}
      />
      <Section
        title={t("preferences")}
        counted={t("pairs")}
        how={t("howPreferences")}
        dimension={FAILING}
        guideline={guideline}
        domain={() => [0, 1]}
        lines={report.preferences.map(({ first, second, pairs, estimate }) => ({
          id: `${first} ${second}`,
          name: t("over", { first, second }),
          n: pairs,
          estimate,
        }))}
      />
    </>
  );
}
