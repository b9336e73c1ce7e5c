import { Button, Checkbox, Input, TextInput } from "@mantine/core";
import { useId, useState, type ReactElement, type SubmitEvent } from "react";
import type { Language, Role } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Failed } from "../ui/State";
import classes from "./People.module.css";
import { useAddPerson, type MadeLink } from "./queries";
import { roleMore, roleName, roles as allRoles } from "./roles";
import { words } from "./words";

type Wanted = { name: string; email: string; roles: Role[]; language: Language };
const blank: Wanted = { name: "", email: "", roles: ["reviewer"], language: "id" };

export function AddPerson({ onMade }: { onMade(made: MadeLink): void }): ReactElement {
  const { t } = useWords(words);
  const [wanted, setWanted] = useState(blank);
  const [tried, setTried] = useState(false);
  const add = useAddPerson((made) => {
    setWanted(blank);
    setTried(false);
    onMade(made);
  });
  const name = wanted.name.trim();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name && wanted.roles.length > 0) add.mutate({ ...wanted, name, email: wanted.email.trim() });
  };
  const change = (part: Partial<Wanted>): void => setWanted({ ...wanted, ...part });
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-labelledby="add-person">
      <h2 id="add-person">{t("add")}</h2>
      <TextInput
        label={t("name")}
        required
        withAsterisk={false}
        autoComplete="off"
        maxLength={120}
        value={wanted.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={tried && !name ? t("needsName") : undefined}
      />
      <TextInput
        label={t("email")}
        description={t("emailMore")}
        autoComplete="off"
        maxLength={254}
        value={wanted.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <Roles chosen={wanted.roles} tried={tried} onChange={(roles) => change({ roles })} />
      <LanguageChoice chosen={wanted.language} onChange={(language) => change({ language })} />
      {add.error && <Failed error={add.error} />}
      <Button type="submit" loading={add.isPending}>
        {t("addAction")}
      </Button>
    </form>
  );
}

type RolesProps = { chosen: readonly Role[]; tried: boolean; onChange(roles: Role[]): void };

function Roles({ chosen, tried, onChange }: RolesProps): ReactElement {
  const { t } = useWords(words);
  return (
    <Checkbox.Group
      label={t("roles")}
      value={[...chosen]}
      onChange={(picked) => onChange(allRoles.filter((role) => picked.includes(role)))}
      error={tried && chosen.length === 0 ? t("needsRole") : undefined}
    >
      <div className={classes.choices}>
        {allRoles.map((role) => (
          <Checkbox key={role} value={role} label={t(roleName[role])} description={t(roleMore[role])} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function LanguageChoice(props: { chosen: Language; onChange(language: Language): void }): ReactElement {
  const { t } = useWords(words);
  const id = useId();
  return (
    <Input.Wrapper label={t("language")} id={id}>
      <Input
        component="select"
        id={id}
        value={props.chosen}
        onChange={(event) => props.onChange(event.currentTarget.value === "en" ? "en" : "id")}
      >
        <option value="id">{t("indonesian")}</option>
        <option value="en">{t("english")}</option>
      </Input>
    </Input.Wrapper>
  );
}
