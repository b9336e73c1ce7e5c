import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { Person } from "../api/types";
import { day } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { useSession } from "../session";
import { Failed } from "../ui/State";
import { Table } from "../ui/Table";
import { ManagePerson } from "./ManagePerson";
import classes from "./People.module.css";
import { useNewLink, useSetActive, type MadeLink } from "./queries";
import { roleName } from "./roles";
import { words } from "./words";

type Props = { people: readonly Person[]; manages: boolean; onLink(made: MadeLink): void };

export function PeopleTable({ people, manages, onLink }: Props): ReactElement {
  const { t } = useWords(words);
  const [managed, setManaged] = useState<string | null>(null);
  const chosen = people.find((person) => person.id === managed);
  const newLink = useNewLink(onLink);
  const setActive = useSetActive();
  const error = newLink.error ?? setActive.error;
  const head = [t("name"), t("pseudonym"), t("roles"), t("since")];
  return (
    <>
      {error && <Failed error={error} />}
      <Table label={t("title")} head={manages ? [...head, t("actions")] : head}>
        {people.map((person) => (
          <Row key={person.id} person={person}>
            {manages && !person.erased && (
              <Actions
                person={person}
                onLink={() => newLink.mutate(person)}
                onSwitch={() => setActive.mutate(person)}
                onManage={() => setManaged(person.id)}
              />
            )}
          </Row>
        ))}
      </Table>
      {chosen && <ManagePerson key={chosen.id} person={chosen} onClose={() => setManaged(null)} />}
    </>
  );
}

function Row({ person, children }: { person: Person; children: ReactElement | false }): ReactElement {
  const { t, language } = useWords(words);
  const me = useSession().person.id === person.id;
  return (
    <tr data-inactive={!person.active || undefined}>
      <td>
        {person.erased ? <span className={classes.erased}>{t("erased")}</span> : person.name}
        {me && <span className={classes.badge}>{t("you")}</span>}
        {person.studies.length > 0 && <span className={classes.badge}>{t("limited")}</span>}
        {!person.active && !person.erased && <span className={classes.badge}>{t("inactive")}</span>}
        {person.simulated && (
          <span className={classes.badge} data-tone="warn">
            {t("simulated")}
          </span>
        )}
      </td>
      <td>{person.pseudonym}</td>
      <td>{person.roles.map((role) => t(roleName[role])).join(", ")}</td>
      <td className={classes.day}>{day(person.created_at, language)}</td>
      {children && <td>{children}</td>}
    </tr>
  );
}

type ActionsProps = { person: Person; onLink(): void; onSwitch(): void; onManage(): void };

/** A simulated person never signs in, and nobody shuts their own door. */
function Actions({ person, onLink, onSwitch, onManage }: ActionsProps): ReactElement {
  const { t } = useWords(words);
  const { name, active, simulated } = person;
  const me = useSession().person.id === person.id;
  return (
    <div className={classes.actions}>
      <Button variant="default" size="compact-sm" aria-label={t("manageFor", { name })} onClick={onManage}>
        {t("manage")}
      </Button>
      {active && !simulated && (
        <Button variant="default" size="compact-sm" aria-label={t("newLinkFor", { name })} onClick={onLink}>
          {t("newLink")}
        </Button>
      )}
      {!me && (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={active ? t("deactivateFor", { name }) : t("activateFor", { name })}
          onClick={onSwitch}
        >
          {active ? t("deactivate") : t("activate")}
        </Button>
      )}
    </div>
  );
}
