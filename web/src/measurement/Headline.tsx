import type { ReactElement } from "react";
import type { Figure, Measurement } from "../api/types";
import { decimal, percent, range, share } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Facts } from "../ui/Facts";
import { holdsTruth, onlyBound, shownWithInterval } from "./figures";
import { Data } from "./Data";
import { How } from "./How";
import { IntervalChart } from "./IntervalChart";
import classes from "./Measurement.module.css";
import { words } from "./words";

/** The study's one answer: the number, how sure it is, and on how much it rests. */
export function Headline({ measurement }: { measurement: Measurement }): ReactElement {
  const { t } = useWords(words);
  const { overall } = measurement;
  return (
    <section className={classes.panel} aria-labelledby="overall">
      <h2 id="overall">{t("overall")}</h2>
      <p className={classes.lead}>{t("overallMore")}</p>
      <div className={classes.headline}>
        <Big figure={overall} />
        <IntervalChart figures={[overall]} title={t("overall")} rowHeight={64} named={false} />
      </div>
      <div className={classes.more}>
        <Data figures={[overall]} title={t("overall")} study={measurement.study.id} />
        <How measurement={measurement} estimate={overall.estimate} />
      </div>
    </section>
  );
}

function Big({ figure }: { figure: Figure }): ReactElement {
  const { t, say, language } = useWords(words);
  const { estimate, truth } = figure;
  const level = percent(estimate.level, language, 0);
  return (
    <div>
      <p className={classes.big} data-bound={onlyBound(estimate) || undefined} data-testid="estimate">
        {estimate.value === null || onlyBound(estimate)
          ? t("atMost", { high: share(estimate.high, language) })
          : share(estimate.value, language)}
      </p>
      <p>
        {onlyBound(estimate)
          ? t("atMostWhy")
          : t("interval", { level, range: range(estimate.low, estimate.high, language) })}
      </p>
      {figure.beside && (
        <p className={classes.soft}>
          {t(figure.corrected ? "uncorrectedIs" : "aloneIs", {
            figure: shownWithInterval(figure.beside, language),
          })}
        </p>
      )}
      {figure.uncorrected && (
        <p className={classes.soft}>{t("uncorrectedWhy", { why: say(figure.uncorrected) })}</p>
      )}
      {truth !== null && <Truth figure={figure} truth={truth} />}
      <Facts
        facts={[
          [t("n"), decimal(estimate.n, language)],
          [t("nEff"), decimal(estimate.n_eff, language, 1)],
          [t("method"), <code key="method">{estimate.method}</code>],
        ]}
      />
    </div>
  );
}

function Truth({ figure, truth }: { figure: Figure; truth: number }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <p className={classes.truth}>
      {t("truth", { truth: share(truth, language) })},{" "}
      {holdsTruth(figure.estimate, truth) ? t("truthInside") : t("truthOutside")}
    </p>
  );
}
