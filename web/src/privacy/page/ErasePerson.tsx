import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { PersonDue } from "../../api/types";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { usePeople } from "../../people/queries";
import { useFresh } from "../../signin/useFresh";
import { Answer } from "../../ui/Answer";
import { Facts } from "../../ui/Facts";
import { Notice } from "../../ui/Notice";
import { Failed } from "../../ui/State";
import { usePersonal } from "../Personal";
import styles from "./Privacy.module.css";
import { useErase, usePersonDue } from "./queries";
import { words } from "./words";

/** Erasing who somebody is: chosen by pseudonym, shown what goes, confirmed by typing it. */
export function ErasePerson(): ReactElement {
  const { t } = useWords(words);
  const [chosen, setChosen] = useState("");
  const people = usePeople();
  return (
    <section className={styles.panel} aria-labelledby="person">
      <h2 id="person">{t("person")}</h2>
      <p className={styles.lead}>{t("personMore")}</p>
      <Answer query={people}>
        {(list) => (
          <NativeSelect
            className={styles.short}
            label={t("whom")}
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[
              { value: "", label: t("choose") },
              ...list
                .filter((one) => !one.erased || one.id === chosen)
                .map((one) => ({ value: one.id, label: one.pseudonym })),
            ]}
          />
        )}
      </Answer>
      {chosen !== "" && <Chosen key={chosen} id={chosen} />}
    </section>
  );
}

function Chosen({ id }: { id: string }): ReactElement {
  const { t, language } = useWords(words);
  const due = usePersonDue(id);
  return (
    <Answer query={due}>
      {(found) => {
        const who = found.pseudonym;
        if (found.erased) return <p role="status">{t("gone", { who })}</p>;
        return (
          <>
            <h3>{t("known", { who })}</h3>
            <Facts
              wide
              facts={[
                [t("email"), t(found.email ? "yes" : "no")],
                [t("identities"), decimal(found.identities, language)],
                [t("sessions"), decimal(found.sessions, language)],
                [t("texts"), decimal(found.texts, language)],
                [t("naming"), decimal(found.naming, language)],
                [t("heldTexts"), decimal(found.held_texts, language)],
              ]}
            />
            {found.held_by.length > 0 ? (
              <Notice title={t("legal-hold", { n: decimal(found.held_by.length, language) })}>
                {t("heldBy", { n: decimal(found.held_by.length, language) })}
              </Notice>
            ) : (
              <Confirm id={id} found={found} />
            )}
          </>
        );
      }}
    </Answer>
  );
}

function Confirm({ id, found }: { id: string; found: PersonDue }): ReactElement {
  const { t } = useWords(words);
  const who = found.pseudonym;
  const [ground, setGround] = useState("");
  const [texts, setTexts] = useState(false);
  const [naming, setNaming] = useState(false);
  const [typed, setTyped] = useState("");
  const personal = usePersonal(ground);
  const { fresh, dialog } = useFresh();
  const erase = useErase(id, fresh);
  const ready = ground.trim() !== "" && typed.trim().toUpperCase() === who.toUpperCase() && !personal.open;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (ready) erase.mutate({ ground, texts, naming });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-labelledby="person">
      <Textarea
        label={t("ground")}
        autosize
        minRows={2}
        maxLength={1000}
        value={ground}
        onChange={(event) => setGround(event.currentTarget.value)}
      />
      {personal.warning}
      <Checkbox
        label={t("alsoTexts")}
        checked={texts}
        onChange={(event) => setTexts(event.currentTarget.checked)}
      />
      <Checkbox
        label={t("alsoNaming")}
        checked={naming}
        onChange={(event) => setNaming(event.currentTarget.checked)}
      />
      <TextInput
        className={styles.short}
        label={t("again", { who })}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {erase.error && <Failed error={erase.error} />}
      <div>
        <Button type="submit" color="red" loading={erase.isPending} disabled={!ready}>
          {t("erasePerson", { who })}
        </Button>
      </div>
      {dialog}
    </form>
  );
}
