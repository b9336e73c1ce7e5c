import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { Talk } from "../api/types";
import { useWords } from "../i18n/useWords";
import { usePersonal } from "../privacy/Personal";
import { Failed } from "../ui/State";
import { useGive, type Place } from "./queries";
import classes from "./Talk.module.css";
import { words } from "./words";

/** What somebody is asked to do, and until which day. */
export function Give({ place, people }: { place: Place; people: Talk["people"] }): ReactElement {
  const { t } = useWords(words);
  const [owner, setOwner] = useState("");
  const [what, setWhat] = useState("");
  const [due, setDue] = useState("");
  const personal = usePersonal(what);
  const give = useGive(place);
  const ready = owner !== "" && what.trim() !== "" && due !== "" && !personal.open;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!ready) return;
    const { impersonal } = personal;
    give.mutate(
      { owner, what, due, impersonal },
      {
        onSuccess: () => {
          setOwner("");
          setWhat("");
          setDue("");
        },
      },
    );
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      <NativeSelect
        label={t("owner")}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        data={[
          { value: "", label: t("choose") },
          ...people.map(({ id, pseudonym }) => ({ value: id, label: pseudonym })),
        ]}
      />
      <TextInput
        label={t("what")}
        autoComplete="off"
        maxLength={2000}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("due")}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      {personal.warning}
      {give.error && <Failed error={give.error} />}
      <div>
        <Button type="submit" variant="default" disabled={!ready} loading={give.isPending}>
          {t("giveAction")}
        </Button>
      </div>
    </form>
  );
}
