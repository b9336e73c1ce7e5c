import { NativeSelect, NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get } from "../api/fetch";
import type { Classifier, Measurement } from "../api/types";
import { share } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Data } from "./Data";
import { How } from "./How";
import { IntervalChart } from "./IntervalChart";
import classes from "./Measurement.module.css";
import { MovingTheLine } from "./MovingTheLine";
import { words } from "./words";

type Asked = { score: string; threshold: number };

/** A score of the frame at a threshold: precision, recall and specificity. */
export function ClassifierSection({ measurement }: { measurement: Measurement }): ReactElement {
  const { t, language } = useWords(words);
  const first = measurement.scores.find(({ designed }) => designed) ?? measurement.scores[0];
  const [asked, setAsked] = useState<Asked>({
    score: first?.score ?? "",
    threshold: first?.threshold ?? 0.5,
  });
  const [settled] = useDebouncedValue(asked, 300);
  const at = new URLSearchParams({ score: settled.score, threshold: String(settled.threshold) });
  const { id } = measurement.study;
  const found = useQuery({
    queryKey: ["classifier", id, settled, measurement.as_of.seq],
    queryFn: () => get<Classifier>(`/api/studies/${encodeURIComponent(id)}/classifier?${at}`),
    placeholderData: keepPreviousData,
  });
  const judged = found.data?.figures.some(({ estimate }) => estimate.n > 0) && !found.error;
  return (
    <section className={classes.panel} aria-labelledby="classifier">
      <h2 id="classifier">{t("classifier")}</h2>
      <p className={classes.lead}>{t("classifierMore")}</p>
      <Ask asked={asked} scores={measurement.scores} onAsk={setAsked} />
      <Answer query={found}>
        {(data) => (
          <>
            <p className={classes.lead}>{t("flags", { share: share(data.flagged, language) })}</p>
            <IntervalChart figures={data.figures} title={t("classifier")} />
            <div className={classes.more}>
              <Data figures={data.figures} title={t("classifier")} />
              {data.figures[0] && (
                <How measurement={measurement} estimate={data.figures[0].estimate} how={data.how} />
              )}
            </div>
          </>
        )}
      </Answer>
      {judged && (
        <MovingTheLine
          study={id}
          score={settled.score}
          threshold={settled.threshold}
          seq={measurement.as_of.seq}
        />
      )}
    </section>
  );
}

type AskProps = { asked: Asked; scores: Measurement["scores"]; onAsk: (asked: Asked) => void };

function Ask({ asked, scores, onAsk }: AskProps): ReactElement {
  const { t, language } = useWords(words);
  return (
    <div className={classes.ask}>
      <NativeSelect
        label={t("score")}
        value={asked.score}
        data={scores.map(({ score }) => score)}
        onChange={({ currentTarget: { value } }) =>
          onAsk({
            score: value,
            threshold: scores.find(({ score }) => score === value)?.threshold ?? asked.threshold,
          })
        }
      />
      <NumberInput
        label={t("threshold")}
        value={asked.threshold}
        min={0.01}
        max={0.99}
        step={0.05}
        decimalScale={2}
        decimalSeparator={language === "id" ? "," : "."}
        clampBehavior="strict"
        w={120}
        onChange={(value) =>
          typeof value === "number" && value > 0 && value < 1 && onAsk({ ...asked, threshold: value })
        }
      />
    </div>
  );
}
