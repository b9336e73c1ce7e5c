import { Button, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { post } from "../api/fetch";
import type { StudyOpened } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Failed } from "../ui/State";
import classes from "./Learn.module.css";
import { words } from "./words";

type Props = {
  /** Names the section on the page; unique there. */
  id: string;
  title: string;
  more: string;
  /** Proposed; whoever opens the study may change it. */
  name: string;
  count: { label: string; proposed: number; min: number; max: number; step?: number } | null;
  note?: string;
  button: string;
  address: string;
  /** What is sent, of the name and the count that were chosen. */
  body: (name: string, count: number) => unknown;
  done: (count: number) => string;
  /** The list of studies that were opened this way: it is read again. */
  list: QueryKey;
};

/** The one button that opens a study of what was found on the page. */
export function OpenStudy(props: Props): ReactElement {
  const { id, title, more, count, note, button, address, body, done, list } = props;
  const { t, language } = useWords(words);
  const cache = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const [many, setMany] = useState<number | null>(null);
  const shownName = name ?? props.name.slice(0, 128);
  const wanted = many ?? count?.proposed ?? 0;
  const open = useMutation({
    mutationFn: () => post<StudyOpened>(address, body(shownName, wanted)),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["studies"] });
      return cache.invalidateQueries({ queryKey: list });
    },
  });
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className={classes.soft}>{more}</p>
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
        {count && (
          <NumberInput
            label={count.label}
            value={wanted}
            min={count.min}
            max={count.max}
            step={count.step ?? 1}
            allowDecimal={false}
            thousandSeparator={language === "id" ? "." : ","}
            decimalSeparator={language === "id" ? "," : "."}
            w={140}
            onChange={(value) => setMany(typeof value === "number" ? value : null)}
          />
        )}
        <Button type="submit" loading={open.isPending}>
          {button}
        </Button>
      </form>
      {note && <p className={classes.soft}>{note}</p>}
      {open.error && <Failed error={open.error} />}
      {open.data && <p role="status">{done(open.data.drawn)}</p>}
    </section>
  );
}
