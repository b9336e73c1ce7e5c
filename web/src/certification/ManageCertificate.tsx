import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { CertificationRule, CertifiedPerson } from "../api/types";
import { useWords } from "../i18n/useWords";
import { usePersonal } from "../privacy/Personal";
import { Dialog } from "../ui/Dialog";
import { Failed } from "../ui/State";
import classes from "./Certification.module.css";
import { useDecide, useSetLanguages } from "./queries";
import { about } from "./said";
import { words } from "./words";

type Props = { person: CertifiedPerson; rule: CertificationRule; onClose(): void };

/** One person's languages, and a lead's word on their certificates. */
export function ManageCertificate({ person, rule, onClose }: Props): ReactElement {
  const { t } = useWords(words);
  return (
    <Dialog title={t("manageFor", { person: person.pseudonym })} onClose={onClose}>
      <Languages person={person} />
      {person.certificates.length > 0 && <Decide person={person} rule={rule} />}
    </Dialog>
  );
}

function Languages({ person }: { person: CertifiedPerson }): ReactElement {
  const { t } = useWords(words);
  const [text, setText] = useState(person.languages.join(" "));
  const save = useSetLanguages(person.person);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate(text.split(/[\s,;]+/).filter(Boolean));
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t("languages")}
        description={t("languagesMore")}
        autoComplete="off"
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {save.error && <Failed error={save.error} />}
      {save.isSuccess && <p role="status">{t("saved")}</p>}
      <Button type="submit" variant="default" loading={save.isPending}>
        {t("saveLanguages")}
      </Button>
    </form>
  );
}

function Decide({ person, rule }: Omit<Props, "onClose">): ReactElement {
  const { t } = useWords(words);
  const [kind, setKind] = useState("");
  const [ground, setGround] = useState("");
  const personal = usePersonal(ground);
  const decide = useDecide(person.person);
  const valid = person.certificates.find(({ language }) => language === kind)?.state === "valid";
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!ground.trim() || personal.open) return;
    const word = { language: kind, ground, impersonal: personal.impersonal };
    decide.mutate({ ...word, state: valid ? "revoked" : "valid" }, { onSuccess: () => setGround("") });
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {rule.languages.length > 0 && (
        <NativeSelect
          label={t("kind")}
          value={kind}
          data={["", ...rule.languages].map((code) => ({ value: code, label: about(t, code) }))}
          onChange={(event) => setKind(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t("ground")}
        description={t("groundMore")}
        autoComplete="off"
        maxLength={500}
        required
        value={ground}
        onChange={(event) => setGround(event.currentTarget.value)}
      />
      {personal.warning}
      {decide.error && <Failed error={decide.error} />}
      {decide.isSuccess && <p role="status">{t("saved")}</p>}
      <Button type="submit" variant="default" loading={decide.isPending} disabled={!ground.trim()}>
        {t(valid ? "revoke" : "grant")}
      </Button>
    </form>
  );
}
