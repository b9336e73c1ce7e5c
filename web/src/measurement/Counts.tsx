import type { ReactElement } from "react";
import type { Study } from "../api/types";
import { decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Facts } from "../ui/Facts";
import classes from "./Measurement.module.css";
import { words } from "./words";

const counted = ["drawn", "judged", "waiting", "unjudgeable", "stopped"] as const;

/** How far the sample has come; what could not be judged is as visible as what was. */
export function Counts({ study }: { study: Study }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <section className={classes.panel} aria-labelledby="counts">
      <h2 id="counts">{t("counts")}</h2>
      <Facts wide facts={counted.map((name) => [t(name), decimal(study[name], language)])} />
    </section>
  );
}
