import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { get } from "../api/fetch";
import type { Measurement } from "../api/types";
import { decimal, moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { ClassifierSection } from "./ClassifierSection";
import { Counts } from "./Counts";
import { FigureSection } from "./FigureSection";
import { largestFirst } from "./figures";
import { Headline } from "./Headline";
import classes from "./Measurement.module.css";
import { PivotSection } from "./PivotSection";
import { RatersSection } from "./RatersSection";
import { words } from "./words";

type Props = { study: string; several: boolean };

/** Everything measured in one study. It is asked for anew whenever the window is looked at again. */
export function StudyFigures({ study, several }: Props): ReactElement {
  const { t, say, language } = useWords(words);
  const measurement = useQuery({
    queryKey: ["measurement", study],
    queryFn: () => get<Measurement>(`/api/studies/${encodeURIComponent(study)}/measurement`),
    staleTime: 0,
    refetchOnWindowFocus: "always",
  });
  const known = measurement.data;
  return (
    <Page
      title={known ? say(known.study.question) : t("title")}
      lead={
        known && t("asOf", { at: moment(known.as_of.at, language), seq: decimal(known.as_of.seq, language) })
      }
      aside={several && <Link href="/measurement">{t("allStudies")}</Link>}
    >
      <Answer query={measurement}>{(data) => <Figures measurement={data} />}</Answer>
    </Page>
  );
}

function Figures({ measurement }: { measurement: Measurement }): ReactElement {
  const { t } = useWords(words);
  const labels = largestFirst(measurement.labels);
  return (
    <div className={classes.stack}>
      <Simulated measurement={measurement} />
      <Headline measurement={measurement} />
      <Counts study={measurement.study} />
      <FigureSection
        title={t("verdicts")}
        lead={t("verdictsMore")}
        figures={measurement.verdicts}
        measurement={measurement}
      />
      <FigureSection
        title={t("labels")}
        lead={labels.length === 0 ? t("labelsNone") : t("labelsMore")}
        figures={labels}
        measurement={measurement}
      />
      {measurement.scores.length > 0 && <ClassifierSection measurement={measurement} />}
      <RatersSection measurement={measurement} />
      {measurement.domains.length > 0 && <PivotSection measurement={measurement} />}
    </div>
  );
}

function Simulated({ measurement }: { measurement: Measurement }): ReactElement | null {
  const { t, language } = useWords(words);
  const { simulated, study } = measurement;
  if (simulated === 0) return null;
  const all = simulated >= study.judged;
  return (
    <Notice title={t("simulatedTitle")}>
      {all
        ? t("simulatedAll")
        : t("simulatedSome", {
            count: simulated,
            simulated: decimal(simulated, language),
            judged: decimal(study.judged, language),
          })}
    </Notice>
  );
}
