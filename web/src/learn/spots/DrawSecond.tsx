import { Button, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { post } from "../../api/fetch";
import type { BlindSpots, StudyOpened } from "../../api/types";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Failed } from "../../ui/State";
import classes from "../Learn.module.css";
import { words } from "../words";
import { secondsAddress, type Asked } from "./queries";

/** The one button that draws the confirming sample; its size is proposed, and may be changed. */
export function DrawSecond({ found, asked }: { found: BlindSpots; asked: Asked }): ReactElement {
  const { t, language } = useWords(words);
  const cache = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const [budget, setBudget] = useState<number | null>(null);
  const shownName = name ?? t("secondName", { study: found.name }).slice(0, 128);
  const draw = useMutation({
    mutationFn: () =>
      post<StudyOpened>(secondsAddress(found.study), {
        score: found.score,
        threshold: found.score === "" ? null : found.threshold,
        columns: asked.columns,
        name: shownName,
        budget: budget ?? found.budget,
      }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["studies"] });
      return cache.invalidateQueries({ queryKey: ["blind-spots", "seconds", found.study] });
    },
  });
  return (
    <section className={classes.panel} aria-labelledby="confirm">
      <h2 id="confirm">{t("confirmTitle")}</h2>
      <p className={classes.soft}>{t("confirmMore")}</p>
      <form
        className={classes.ask}
        onSubmit={(event) => {
          event.preventDefault();
          draw.mutate();
        }}
      >
        <TextInput
          label={t("name")}
          value={shownName}
          maxLength={128}
          required
          w={320}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <NumberInput
          label={t("budget")}
          value={budget ?? found.budget}
          min={10}
          max={20_000}
          step={50}
          allowDecimal={false}
          thousandSeparator={language === "id" ? "." : ","}
          decimalSeparator={language === "id" ? "," : "."}
          w={140}
          onChange={(value) => setBudget(typeof value === "number" ? value : null)}
        />
        <Button type="submit" loading={draw.isPending}>
          {t("draw")}
        </Button>
      </form>
      <p className={classes.soft}>{t("budgetMore", { budget: decimal(found.budget, language) })}</p>
      {draw.error && <Failed error={draw.error} />}
      {draw.data && <p role="status">{t("drawn", { count: draw.data.drawn })}</p>}
    </section>
  );
}
