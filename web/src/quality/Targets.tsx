import { Button, NumberInput } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { QualityTargets } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Failed } from "../ui/State";
import classes from "./Quality.module.css";
import { useSetTargets } from "./queries";
import { words } from "./words";

type Field = number | string;

const shown = (share: number | null): Field => (share === null ? "" : Math.round(share * 1000) / 10);
const kept = (field: Field): number | null => (field === "" ? null : Number(field));
const keptShare = (field: Field): number | null => (field === "" ? null : Number(field) / 100);

type Props = {
  /** Empty: everybody's targets are set, which hold wherever a study has none of its own. */
  study: string;
  own: QualityTargets;
  holding: QualityTargets;
};

/** What is asked of everybody, or in one study; each change is kept in the log. */
export function Targets({ study, own, holding }: Props): ReactElement {
  const { t } = useWords(words);
  const [sensitivity, setSensitivity] = useState<Field>(shown(own.sensitivity));
  const [specificity, setSpecificity] = useState<Field>(shown(own.specificity));
  const [daily, setDaily] = useState<Field>(own.daily ?? "");
  const save = useSetTargets(study);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate({
      sensitivity: keptShare(sensitivity),
      specificity: keptShare(specificity),
      daily: kept(daily),
    });
  };
  const share = { min: 50, max: 99.9, decimalScale: 1, hideControls: true } as const;
  return (
    <form className={classes.work} onSubmit={submit} aria-labelledby="targets">
      <h3 id="targets">{t(study ? "targetsHere" : "targets")}</h3>
      <p className={classes.lead}>{t(study ? "targetsHereMore" : "targetsMore")}</p>
      <div className={classes.ask}>
        <NumberInput
          {...share}
          label={t("targetSensitivity")}
          placeholder={String(shown(holding.sensitivity))}
          value={sensitivity}
          onChange={setSensitivity}
        />
        <NumberInput
          {...share}
          label={t("targetSpecificity")}
          placeholder={String(shown(holding.specificity))}
          value={specificity}
          onChange={setSpecificity}
        />
        <NumberInput
          label={t("targetDaily")}
          placeholder={String(holding.daily ?? "")}
          value={daily}
          min={1}
          max={2000}
          allowDecimal={false}
          hideControls
          onChange={setDaily}
        />
        <Button type="submit" loading={save.isPending}>
          {t("save")}
        </Button>
      </div>
      {save.error && <Failed error={save.error} />}
    </form>
  );
}
