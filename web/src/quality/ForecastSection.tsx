import type { ReactElement } from "react";
import type { Forecast } from "../api/types";
import { day, decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import classes from "./Quality.module.css";
import { useForecast } from "./queries";
import { words } from "./words";

/** The day on which a study will be done at its present pace, with its interval. */
export function ForecastSection({ study }: { study: string }): ReactElement {
  const { t } = useWords(words);
  const forecast = useForecast(study);
  return (
    <section className={classes.panel} aria-labelledby="forecast">
      <h2 id="forecast">{t("forecast")}</h2>
      <p className={classes.lead}>{t("forecastMore")}</p>
      <Answer query={forecast}>{(found) => <Ahead found={found} />}</Answer>
    </section>
  );
}

function Ahead({ found }: { found: Forecast }): ReactElement {
  const { t, language } = useWords(words);
  if (found.left === 0) return <p>{t("forecastDone")}</p>;
  const pace = found.pace.reduce((sum, count) => sum + count, 0) / found.pace.length;
  const on = (date: string | null): string => (date === null ? t("never") : day(date, language));
  return (
    <>
      <p className={classes.big}>
        {found.on === null ? t("forecastUnknown") : t("forecastOn", { on: on(found.on) })}
      </p>
      {found.on !== null && (
        <p>{t("forecastEnds", { earliest: on(found.earliest), latest: on(found.latest) })}</p>
      )}
      <p className={classes.soft}>
        {t("forecastLeft", {
          done: decimal(found.done, language),
          left: decimal(found.left, language),
          pace: decimal(pace, language, 1),
        })}
      </p>
    </>
  );
}
