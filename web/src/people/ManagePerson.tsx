import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Sessions } from "../account/Sessions";
import { get, remove } from "../api/fetch";
import type { Person, WaysIn } from "../api/types";
import { useWords } from "../i18n/useWords";
import { useFresh } from "../signin/useFresh";
import { Answer } from "../ui/Answer";
import { Dialog } from "../ui/Dialog";
import { Failed } from "../ui/State";
import { ChangePerson } from "./ChangePerson";
import classes from "./People.module.css";
import { useChanged } from "./queries";
import { Tokens } from "./Tokens";
import { words } from "./words";

type Props = { person: Person; onClose(): void };

/** All there is to manage of one person: roles, address, studies, ways in, tokens. */
export function ManagePerson({ person, onClose }: Props): ReactElement {
  const { t } = useWords(words);
  const path = `/api/people/${encodeURIComponent(person.id)}`;
  const ways = useQuery({ queryKey: ["people", person.id], queryFn: () => get<WaysIn>(`${path}/ways`) });
  return (
    <Dialog title={`${person.name} (${person.pseudonym})`} onClose={onClose}>
      <div className={classes.manage}>
        <ChangePerson person={person} />
        <Answer query={ways}>{(found) => <Ways path={path} found={found} />}</Answer>
      </div>
      {/* Closing by the button as well as by Escape: the dialog is long. */}
      <Button variant="default" onClick={onClose}>
        {t("close")}
      </Button>
    </Dialog>
  );
}

function Ways({ path, found }: { path: string; found: WaysIn }): ReactElement {
  const { t } = useWords(words);
  const changed = useChanged();
  const { fresh, dialog } = useFresh();
  const end = useMutation({ mutationFn: () => remove(`${path}/sessions`), onSuccess: changed });
  const drop = useMutation({
    mutationFn: () => fresh(() => remove(`${path}/password`)),
    onSuccess: changed,
  });
  const error = end.error ?? drop.error;
  const has = found.totp ? "hasBoth" : found.password ? "hasPassword" : "hasNone";
  return (
    <div className={classes.ways}>
      <section className={classes.part} aria-labelledby="ways">
        <h3 id="ways">{t("ways")}</h3>
        <p>{t(has)}</p>
        {found.sessions.length > 0 ? <Sessions sessions={found.sessions} /> : <p>{t("noSessions")}</p>}
        {error && <Failed error={error} />}
        <div className={classes.actions}>
          <Button variant="default" size="compact-sm" loading={end.isPending} onClick={() => end.mutate()}>
            {t("endSessions")}
          </Button>
          {found.password && (
            <Button
              variant="default"
              size="compact-sm"
              loading={drop.isPending}
              onClick={() => drop.mutate()}
            >
              {t("dropPassword")}
            </Button>
          )}
        </div>
      </section>
      <Tokens path={path} tokens={found.tokens} fresh={fresh} />
      {dialog}
    </div>
  );
}
