import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { post } from "../../api/fetch";
import type { Impact, RereviewOpened, Version } from "../../api/types";
import { decimal, percent } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Failed } from "../../ui/State";
import { words } from "../words";
import classes from "./Guideline.module.css";

type Props = {
  plan: Impact["rereview"][number];
  study: Impact["studies"][number];
  version: Version;
};

/** The fewest videos to judge again, and the one key that opens their queue. */
export function Rereview({ plan, study, version }: Props): ReactElement {
  const { t, language } = useWords(words);
  const open = useMutation({
    mutationFn: () =>
      post<RereviewOpened>(`/api/versions/${version.hash}/rereview`, {
        study: study.id,
        name: t("rereviewName", { version: version.version, study: study.name }).slice(0, 128),
        half_width: plan.half_width,
      }),
  });
  const touched = decimal(plan.touched, language);
  if (plan.touched === 0) return <p>{t("rereviewNone")}</p>;
  return (
    <div className={classes.stack}>
      <p>
        {plan.enough
          ? t("rereviewPlan", {
              half: percent(plan.half_width, language),
              needed: decimal(plan.needed, language),
              touched,
            })
          : t("rereviewFloor", { touched, floor: percent(plan.floor, language) })}
      </p>
      {open.error && <Failed error={open.error} />}
      {open.data ? (
        <p role="status">{t("opened", { drawn: decimal(open.data.drawn, language) })}</p>
      ) : (
        <div>
          <Button variant="light" loading={open.isPending} onClick={() => open.mutate()}>
            {t("openQueue")}
          </Button>
        </div>
      )}
    </div>
  );
}
