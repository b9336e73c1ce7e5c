import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get } from "../api/fetch";
import type { Estimate, OwnAnswerQuality, OwnQuality as Own } from "../api/types";
import { decimal, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Facts } from "../ui/Facts";
import classes from "./Quality.module.css";
import { words } from "./words";

/** One's own figures up to yesterday, as a lead sees them; nobody else's. */
export function OwnQuality(): ReactElement {
  const { t, language } = useWords(words);
  const own = useQuery({ queryKey: ["my", "quality"], queryFn: () => get<Own | null>("/api/my/quality") });
  const answers = useQuery({
    queryKey: ["my", "quality", "answers"],
    queryFn: () => get<OwnAnswerQuality | null>("/api/my/quality/answers"),
  });
  const said = ({ value, low, high, n }: Estimate): string =>
    value === null || n === 0
      ? t("noFigure")
      : t("figure", {
          value: percent(value, language, 0),
          range: `${decimal(low * 100, language)}–${percent(high, language, 0)}`,
          n: decimal(n, language),
        });
  return (
    <section className={classes.panel} aria-labelledby="own-quality">
      <h2 id="own-quality">{t("own")}</h2>
      <p className={classes.lead}>{t("ownMore")}</p>
      <Answer query={own}>
        {(found) => {
          const right = answers.data?.right;
          const facts: [string, string][] = [];
          if (found !== null)
            facts.push(
              [t("sensitivity"), said(found.right.sensitivity)],
              [t("specificity"), said(found.right.specificity)],
              [t("seen"), found.work.seen === null ? "–" : percent(found.work.seen, language, 0)],
            );
          if (right) facts.push([t("answersRight"), said(right)]);
          return facts.length === 0 ? <p>{t("ownNone")}</p> : <Facts facts={facts} />;
        }}
      </Answer>
    </section>
  );
}
