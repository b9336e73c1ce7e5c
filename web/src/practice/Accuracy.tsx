import type { ReactElement, ReactNode } from "react";
import type { Estimate } from "../api/types";
import { decimal, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Facts } from "../ui/Facts";
import classes from "./Practice.module.css";
import { useOwnAccuracy } from "./queries";
import { words } from "./words";

/** One's own accuracy in practice: each figure with its interval and n. */
export function Accuracy({ more }: { more?: ReactNode }): ReactElement {
  const { t, language } = useWords(words);
  const query = useOwnAccuracy();
  const said = ({ value, low, high, n }: Estimate): string =>
    value === null
      ? t("noFigure")
      : t("figure", {
          value: percent(value, language, 0),
          low: decimal(low * 100, language),
          high: percent(high, language, 0),
          n,
        });
  return (
    <section className={classes.panel} aria-labelledby="accuracy">
      <h2 id="accuracy">{t("accuracy")}</h2>
      <p className={classes.soft}>{t("accuracyMore")}</p>
      <Answer query={query}>
        {({ sensitivity, specificity, right }) => (
          <Facts
            facts={[
              [t("sensitivity"), said(sensitivity)],
              [t("specificity"), said(specificity)],
              [t("right"), said(right)],
            ]}
          />
        )}
      </Answer>
      {more}
    </section>
  );
}
