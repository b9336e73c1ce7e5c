import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import type { BlindSpots as Found } from "../../api/types";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import classes from "../Learn.module.css";
import { OpenStudy } from "../OpenStudy";
import type { PartProps } from "../parts";
import { words } from "../words";
import { Ask } from "./Ask";
import { blindSpotsOf, secondsAddress, secondsOf, type Asked } from "./queries";
import { Seconds } from "./Seconds";
import { SpotTable } from "./SpotTable";

/** Where a study's judged draws fail beyond chance, and the second samples that confirm it. */
export default function BlindSpots({ study }: PartProps): ReactElement {
  const { t } = useWords(words);
  const [asked, setAsked] = useState<Asked>({ score: "", threshold: null, columns: [] });
  const found = useQuery({ ...blindSpotsOf(study, asked), placeholderData: keepPreviousData });
  return (
    <div className={classes.stack}>
      <section className={classes.panel} aria-labelledby="blind-spots">
        <h2 id="blind-spots">{t("blindSpots")}</h2>
        <p className={classes.soft}>{t("spotsLead")}</p>
        {found.data && <Ask key={found.data.score} found={found.data} asked={asked} onAsk={setAsked} />}
        <Answer query={found}>{(data) => <Spots found={data} />}</Answer>
      </section>
      {found.data && found.data.spots.length > 0 && !found.error && (
        <DrawSecond found={found.data} asked={asked} />
      )}
      <Seconds study={study} />
    </div>
  );
}

function Spots({ found }: { found: Found }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <>
      <p className={classes.soft}>
        {t("searched", {
          count: found.units,
          units: decimal(found.units, language),
          deepest: found.deepest,
          least: found.least,
        })}
      </p>
      {found.spots.length === 0 ? (
        <p>
          <strong>{t("noneFound")}.</strong>{" "}
          {t("noneFoundMore", {
            level: decimal(found.level, language, 2),
            deals: decimal(found.deals, language),
          })}
        </p>
      ) : (
        <SpotTable spots={found.spots} />
      )}
    </>
  );
}

/** The confirming sample; its size is proposed, and may be changed. */
function DrawSecond({ found, asked }: { found: Found; asked: Asked }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <OpenStudy
      id="confirm"
      title={t("confirmTitle")}
      more={t("confirmMore")}
      name={t("secondName", { study: found.name })}
      count={{ label: t("budget"), proposed: found.budget, min: 10, max: 20_000, step: 50 }}
      note={t("budgetMore", { budget: decimal(found.budget, language) })}
      button={t("draw")}
      address={secondsAddress(found.study)}
      body={(name, budget) => ({
        score: found.score,
        threshold: found.score === "" ? null : found.threshold,
        columns: asked.columns,
        name,
        budget,
      })}
      done={(count) => t("drawn", { count })}
      list={secondsOf(found.study).queryKey}
    />
  );
}
