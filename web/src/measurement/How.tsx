import type { ReactElement } from "react";
import type { Estimate, Measurement } from "../api/types";
import { percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Details } from "../ui/Details";
import { Facts } from "../ui/Facts";
import classes from "./Measurement.module.css";
import { words } from "./words";

type Props = { measurement: Measurement; estimate: Estimate; how?: Measurement["how"] };

/** What a reader needs to compute the figure again: method, design, guideline, seed, log position. */
export function How({ measurement, estimate, how = measurement.how }: Props): ReactElement {
  const { t, say, language } = useWords(words);
  const { study, as_of: asOf } = measurement;
  const code = (text: string): ReactElement => <code>{text}</code>;
  return (
    <Details summary={t("how")}>
      <h3>{say(how.title)}</h3>
      {how.lines.map((line) => (
        <p key={line.en}>{say(line)}</p>
      ))}
      <Facts
        facts={[
          [t("estimand"), code(estimate.of)],
          [t("method"), code(estimate.method)],
          [t("level"), percent(estimate.level, language, 0)],
          [t("design"), code(asText(study.design))],
          [t("guideline"), code(study.guideline)],
          [t("seed"), code(String(study.seed))],
          [t("log"), code(`${asOf.seq} · ${asOf.hash}`)],
        ]}
      />
      {how.sources.length > 0 && (
        <>
          <h3>{t("sources")}</h3>
          <ul className={classes.sources}>
            {how.sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </>
      )}
    </Details>
  );
}

const asText = (design: Record<string, unknown>): string =>
  Object.entries(design)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
