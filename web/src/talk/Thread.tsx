import { Button, Textarea } from "@mantine/core";
import { useId, useRef, useState, type KeyboardEvent, type ReactElement, type SubmitEvent } from "react";
import type { Talk } from "../api/types";
import { moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { usePersonal } from "../privacy/Personal";
import { useSession } from "../session";
import { Answer } from "../ui/Answer";
import { Details } from "../ui/Details";
import { Failed } from "../ui/State";
import { Errands } from "./Errands";
import { Give } from "./Give";
import { callOn, matching } from "./mention";
import { useSay, useThread, type Place } from "./queries";
import classes from "./Talk.module.css";
import { words } from "./words";

/** What is said about a case or a video, and the errands about it. */
export function Thread(place: Place): ReactElement {
  const { t } = useWords(words);
  const thread = useThread(place);
  const heading = useId();
  return (
    <section className={classes.panel} aria-labelledby={heading}>
      <h2 id={heading}>{t("title")}</h2>
      <Answer query={thread}>
        {(talk) =>
          talk.closed ? <p className={classes.soft}>{t("closed")}</p> : <Said place={place} talk={talk} />
        }
      </Answer>
    </section>
  );
}

function Said({ place, talk }: { place: Place; talk: Talk }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <div className={classes.stack}>
      {talk.errands.length > 0 && <Errands list={talk.errands} label={t("errands")} />}
      {talk.comments.length === 0 && <p className={classes.soft}>{t("noComments")}</p>}
      {talk.comments.map((one) => (
        <article key={one.id} className={classes.comment}>
          <p className={classes.soft}>
            <strong>{one.by}</strong> {moment(one.said_at, language)}
          </p>
          <p>{one.text || t("erased")}</p>
        </article>
      ))}
      <Say place={place} talk={talk} />
      <Details summary={t("give")}>
        <Give place={place} people={talk.people} />
      </Details>
    </div>
  );
}

function Say({ place, talk }: { place: Place; talk: Talk }): ReactElement {
  const { t } = useWords(words);
  const me = useSession().person.id;
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const personal = usePersonal(text);
  const say = useSay(place);
  const names = talk.people.filter((one) => one.id !== me).map((one) => one.pseudonym);
  const [first] = names;
  const offered = matching(text, names);
  const send = (): void => {
    if (!text.trim() || personal.open || say.isPending) return;
    say.mutate({ text, impersonal: personal.impersonal }, { onSuccess: () => setText("") });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    send();
  };
  const quick = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
  };
  const pick = (name: string): void => {
    setText(callOn(text, name));
    field.current?.focus();
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      <Textarea
        ref={field}
        label={t("say")}
        description={first === undefined ? t("sayMoreAlone") : t("sayMore", { name: first })}
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={quick}
      />
      {offered.length > 0 && (
        <div className={classes.names} role="group" aria-label={t("callOn")}>
          {offered.map((name) => (
            <Button key={name} variant="default" size="compact-sm" onClick={() => pick(name)}>
              @{name}
            </Button>
          ))}
        </div>
      )}
      {personal.warning}
      {say.error && <Failed error={say.error} />}
      <div>
        <Button type="submit" variant="default" loading={say.isPending}>
          {t("send")}
        </Button>
      </div>
    </form>
  );
}
