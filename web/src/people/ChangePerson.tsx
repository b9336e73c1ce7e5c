import { Button, Checkbox, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { get } from "../api/fetch";
import type { Person, Role, Study } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Failed } from "../ui/State";
import classes from "./People.module.css";
import { useChangePerson } from "./queries";
import { roleMore, roleName, roles as allRoles } from "./roles";
import { words } from "./words";

/** Roles, e-mail address, and the studies that somebody is limited to. */
export function ChangePerson({ person }: { person: Person }): ReactElement {
  const { t } = useWords(words);
  const [email, setEmail] = useState(person.email);
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const [studies, setStudies] = useState<string[]>(person.studies);
  const change = useChangePerson(person.id);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (roles.length > 0) change.mutate({ email: email.trim(), roles, studies });
  };
  return (
    <form className={classes.part} onSubmit={submit} noValidate>
      <TextInput
        label={t("email")}
        description={t("emailMore")}
        autoComplete="off"
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Checkbox.Group
        label={t("roles")}
        value={roles}
        onChange={(picked) => setRoles(allRoles.filter((role) => picked.includes(role)))}
        error={roles.length === 0 ? t("needsRole") : undefined}
      >
        <div className={classes.choices}>
          {allRoles.map((role) => (
            <Checkbox key={role} value={role} label={t(roleName[role])} description={t(roleMore[role])} />
          ))}
        </div>
      </Checkbox.Group>
      <Studies chosen={studies} onChange={setStudies} />
      {change.error && <Failed error={change.error} />}
      {change.isSuccess && <p role="status">{t("saved")}</p>}
      <Button type="submit" loading={change.isPending}>
        {t("save")}
      </Button>
    </form>
  );
}

function Studies(props: { chosen: string[]; onChange(studies: string[]): void }): ReactElement | null {
  const { t } = useWords(words);
  const studies = useQuery({ queryKey: ["studies"], queryFn: () => get<Study[]>("/api/studies") });
  if (!studies.data || studies.data.length === 0) return null;
  return (
    <Checkbox.Group
      label={t("studies")}
      description={t("studiesMore")}
      value={props.chosen}
      onChange={props.onChange}
    >
      <div className={classes.choices}>
        {studies.data.map((study) => (
          <Checkbox key={study.id} value={study.id} label={study.name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
