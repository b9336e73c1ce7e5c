import { Button, NativeSelect } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get, post } from "../../api/fetch";
import type { Baselines, KeptBaseline } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Failed } from "../../ui/State";
import classes from "../Learn.module.css";
import type { PartProps } from "../parts";
import { Trained } from "./Trained";
import { words } from "./words";

const address = (study: string): string => `/api/learn/studies/${encodeURIComponent(study)}/baselines`;
const baselinesOf = (study: string) =>
  queryOptions({ queryKey: ["baselines", study], queryFn: () => get<Baselines>(address(study)) });

/** A study's own classifier beside the incumbent score: trained at one press. */
export default function Baseline({ study }: PartProps): ReactElement {
  const { t } = useWords(words);
  const found = useQuery(baselinesOf(study));
  return (
    <div className={classes.stack}>
      <section className={classes.panel} aria-labelledby="baselines">
        <h2 id="baselines">{t("baselines")}</h2>
        <p className={classes.soft}>{t("baselinesLead")}</p>
        <Answer query={found}>
          {({ scores, baselines }) => (
            <>
              <Train study={study} scores={scores} />
              {baselines.length === 0 && <p>{t("noBaselines")}</p>}
            </>
          )}
        </Answer>
      </section>
      {found.data?.baselines.map((one) => (
        <Trained key={one.id} one={one} />
      ))}
    </div>
  );
}

type TrainProps = { study: string; scores: readonly string[] };

function Train({ study, scores }: TrainProps): ReactElement {
  const { t } = useWords(words);
  const cache = useQueryClient();
  const [chosen, setChosen] = useState(scores[0] ?? "");
  const train = useMutation({
    mutationFn: () => post<KeptBaseline>(address(study), { against: chosen }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["baselines", study] }),
  });
  return (
    <>
      <div className={classes.ask}>
        {scores.length > 0 && (
          <NativeSelect
            label={t("against")}
            value={chosen}
            data={[
              ...scores.map((score) => ({ value: score, label: score })),
              { value: "", label: t("nothing") },
            ]}
            onChange={({ currentTarget: { value } }) => setChosen(value)}
          />
        )}
        <Button loading={train.isPending} onClick={() => train.mutate()}>
          {t("train")}
        </Button>
      </div>
      {train.isPending && <p role="status">{t("trains")}</p>}
      {train.error && <Failed error={train.error} />}
    </>
  );
}
