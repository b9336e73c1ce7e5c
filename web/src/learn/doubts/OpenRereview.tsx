import { Button, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { post } from "../../api/fetch";
import type { Doubts, StudyOpened } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Failed } from "../../ui/State";
import classes from "../Learn.module.css";
import { words } from "../words";
import { rereviewsAddress } from "./queries";

/** The one button that opens the re-review of the top of the list and a control. */
export function OpenRereview({ found }: { found: Doubts }): ReactElement {
  const { t } = useWords(words);
  const cache = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const [top, setTop] = useState<number | null>(null);
  const shownName = name ?? t("rereviewName", { study: found.name }).slice(0, 128);
  const open = useMutation({
    mutationFn: () =>
      post<StudyOpened>(rereviewsAddress(found.study), {
        question: found.question,
        name: shownName,
        top: top ?? found.top,
      }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["studies"] });
      return cache.invalidateQueries({ queryKey: ["label-errors", "rereviews", found.study] });
    },
  });
  return (
    <section className={classes.panel} aria-labelledby="rereview">
      <h2 id="rereview">{t("rereviewTitle")}</h2>
      <p className={classes.soft}>{t("rereviewMore")}</p>
      <form
        className={classes.ask}
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate();
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
          label={t("top")}
          value={top ?? found.top}
          min={1}
          max={Math.floor(found.ranked / 2)}
          allowDecimal={false}
          w={140}
          onChange={(value) => setTop(typeof value === "number" ? value : null)}
        />
        <Button type="submit" loading={open.isPending}>
          {t("open")}
        </Button>
      </form>
      {open.error && <Failed error={open.error} />}
      {open.data && <p role="status">{t("opened", { count: open.data.drawn })}</p>}
    </section>
  );
}
