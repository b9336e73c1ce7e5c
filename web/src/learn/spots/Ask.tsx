import { Checkbox, NativeSelect, NumberInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState, type ReactElement } from "react";
import type { BlindSpots } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Details } from "../../ui/Details";
import classes from "../Learn.module.css";
import { words } from "../words";
import { useConditions } from "./conditions";
import type { Asked } from "./queries";

type Props = { found: BlindSpots; asked: Asked; onAsk: (asked: Asked) => void };

/** What is looked for, and where. */
export function Ask({ found, asked, onAsk }: Props): ReactElement {
  const { t, language } = useWords(words);
  const { columnName } = useConditions();
  const [chosen, setChosen] = useState(found.columns);
  const later = useDebouncedCallback(onAsk, 500);
  const choose = (columns: string[]): void => {
    setChosen(columns);
    if (columns.length > 0) later({ ...asked, columns });
  };
  return (
    <>
      <div className={classes.ask}>
        <NativeSelect
          label={t("lookFor")}
          value={asked.score}
          data={[
            { value: "", label: t("allFailing") },
            ...found.scores.map(({ score }) => ({ value: score, label: t("missedBy", { score }) })),
          ]}
          onChange={({ currentTarget: { value } }) => onAsk({ ...asked, score: value, threshold: null })}
        />
        {found.score !== "" && asked.score === found.score && (
          <NumberInput
            label={t("threshold")}
            defaultValue={found.threshold}
            min={0.01}
            max={0.99}
            step={0.05}
            decimalScale={2}
            decimalSeparator={language === "id" ? "," : "."}
            clampBehavior="strict"
            w={120}
            onChange={(value) =>
              typeof value === "number" && value > 0 && value < 1 && later({ ...asked, threshold: value })
            }
          />
        )}
      </div>
      <Details summary={t("lookIn", { chosen: chosen.length, there: found.there.length })}>
        <p className={classes.soft}>{t("lookInMore")}</p>
        <Checkbox.Group value={chosen} onChange={choose} aria-label={t("lookInMore")}>
          <div className={classes.columns}>
            {found.there.map((name) => (
              <Checkbox key={name} value={name} label={columnName(name)} />
            ))}
          </div>
        </Checkbox.Group>
      </Details>
    </>
  );
}
