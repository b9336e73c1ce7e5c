import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { CaseDetail } from "../../api/types";
import type { Guideline } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { usePersonal } from "../../privacy/Personal";
import { Failed } from "../../ui/State";
import { useAct } from "../queries";
import { asked, questionsOf, spoken } from "../spoken";
import { words } from "../words";
import classes from "./Casebook.module.css";

type Props = { detail: CaseDetail; guideline: Guideline };
/** States that only a ruling, and a draft that says it, lead to. */
const earned = new Set(["ruled", "added_to_guideline"]);

/** Who looks after the case, what they do next and until when; where it stands, and what it concerns. */
export function Care({ detail, guideline }: Props): ReactElement {
  const { t } = useWords(words);
  return (
    <section className={classes.panel} aria-label={t("care")}>
      <h2>{t("care")}</h2>
      <HandOver detail={detail} />
      <Where detail={detail} guideline={guideline} />
    </section>
  );
}

function HandOver({ detail }: { detail: CaseDetail }): ReactElement {
  const { t } = useWords(words);
  const { case: one, people } = detail;
  const [owner, setOwner] = useState(one.owner_id ?? "");
  const [next, setNext] = useState(one.next_step);
  const [due, setDue] = useState(one.due ?? "");
  const personal = usePersonal(next);
  const hand = useAct<object>(() => `/api/cases/${one.id}/hand-over`);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (personal.open) return;
    const { impersonal } = personal;
    hand.mutate({ owner: owner || null, next_step: next, due: due || null, impersonal });
  };
  return (
    <form className={classes.form} onSubmit={send}>
      <NativeSelect
        label={t("owner")}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        data={[
          { value: "", label: t("nobody") },
          ...people.map(({ id, pseudonym, name }) => ({ value: id, label: `${pseudonym} · ${name}` })),
        ]}
      />
      <TextInput
        label={t("nextStep")}
        maxLength={500}
        autoComplete="off"
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      {personal.warning}
      <TextInput
        label={t("due")}
        type="date"
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      {hand.error && <Failed error={hand.error} />}
      <div>
        <Button type="submit" variant="default" loading={hand.isPending}>
          {t("handOver")}
        </Button>
      </div>
    </form>
  );
}

function Where({ detail, guideline }: Props): ReactElement {
  const { t, language } = useWords(words);
  const { case: one } = detail;
  const move = useAct<object>(() => `/api/cases/${one.id}/state`);
  const states = guideline.casebook.states.filter(({ code }) => code === one.state || !earned.has(code));
  return (
    <div className={classes.form}>
      <NativeSelect
        label={t("state")}
        value={one.state}
        onChange={(event) => move.mutate({ state: event.currentTarget.value, question: one.question })}
        data={states.map(({ code }) => ({ value: code, label: spoken(guideline, code, language) }))}
      />
      <NativeSelect
        label={t("question")}
        value={one.question ?? ""}
        onChange={(event) => move.mutate({ state: one.state, question: event.currentTarget.value || null })}
        data={[
          { value: "", label: t("noQuestion") },
          ...withOwn(questionsOf(guideline), one.question).map((id) => ({
            value: id,
            label: asked(guideline, id, language),
          })),
        ]}
      />
      {move.error && <Failed error={move.error} />}
    </div>
  );
}

/** A case may concern a question that is not among the usual ones. */
const withOwn = (all: string[], own: string | null): string[] =>
  own === null || all.includes(own) ? all : [own, ...all];
