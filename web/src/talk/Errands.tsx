import { Button, TextInput } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { Link } from "wouter";
import type { Errand } from "../api/types";
import { day } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { usePersonal } from "../privacy/Personal";
import { Failed } from "../ui/State";
import { addressOf, useMove } from "./queries";
import classes from "./Talk.module.css";
import { words } from "./words";

type Props = { list: readonly Errand[]; label: string; linked?: boolean };

/** Errands with what their owner can do; `linked` says what each is about. */
export function Errands({ list, label, linked = false }: Props): ReactElement {
  return (
    <ul className={classes.list} aria-label={label}>
      {list.map((one) => (
        <li key={one.id} data-overdue={one.overdue || undefined}>
          <One errand={one} linked={linked} />
        </li>
      ))}
    </ul>
  );
}

function One({ errand, linked }: { errand: Errand; linked: boolean }): ReactElement {
  const { t, language } = useWords(words);
  const [returning, setReturning] = useState(false);
  const move = useMove(errand);
  const open = errand.state === "given" || errand.state === "taken";
  const what = errand.what || t("erased");
  const small = { size: "compact-sm", variant: "default" } as const;
  return (
    <>
      <p>
        {linked && (
          <>
            <Link href={addressOf({ about: errand.about, name: errand.name })}>{errand.name}</Link>{" "}
          </>
        )}
        {what}
      </p>
      <p className={classes.soft}>
        {errand.overdue && <strong className={classes.late}>{t("overdue")}</strong>} {t(errand.state)},{" "}
        {t("by", { by: errand.giver })} {t("to", { to: errand.owner })},{" "}
        {t("until", { due: day(errand.due, language) })}
        {errand.why && ` · ${errand.why}`}
      </p>
      {errand.mine && open && (
        <div className={classes.names}>
          {errand.state === "given" && (
            <Button
              {...small}
              aria-label={t("takeOne", { what })}
              onClick={() => move.mutate({ state: "taken" })}
            >
              {t("take")}
            </Button>
          )}
          <Button
            {...small}
            aria-label={t("finishOne", { what })}
            onClick={() => move.mutate({ state: "done" })}
          >
            {t("finish")}
          </Button>
          <Button {...small} aria-label={t("giveBackOne", { what })} onClick={() => setReturning(true)}>
            {t("giveBack")}
          </Button>
        </div>
      )}
      {returning && open && <GiveBack errand={errand} onCancel={() => setReturning(false)} />}
      {move.error && <Failed error={move.error} />}
    </>
  );
}

function GiveBack({ errand, onCancel }: { errand: Errand; onCancel(): void }): ReactElement {
  const { t } = useWords(words);
  const [why, setWhy] = useState("");
  const personal = usePersonal(why);
  const move = useMove(errand);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (why.trim() && !personal.open) {
      move.mutate({ state: "returned", why, impersonal: personal.impersonal });
    }
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      <TextInput
        label={t("why")}
        autoComplete="off"
        maxLength={2000}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {personal.warning}
      {move.error && <Failed error={move.error} />}
      <div className={classes.names}>
        <Button type="submit" size="compact-sm" variant="default" loading={move.isPending}>
          {t("giveBack")}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
