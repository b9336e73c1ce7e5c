import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useEffect, useRef, useState, type ReactElement } from "react";
import type { EscalationRecord } from "../api/types";
import { decimal, moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { usePersonal } from "../privacy/Personal";
import { Facts } from "../ui/Facts";
import classes from "./Safety.module.css";
import { words } from "./words";

const TO = ["police", "kpai", "komdigi", "platform", "hotline", "policy-lead", "other"] as const;
const FINDINGS = ["confirmed", "unfounded", "undecided"] as const;

type Act = (what: string, body: object) => void;
type Props = { record: EscalationRecord; busy: boolean; onAct: Act; onShut(): void };

/** One escalation: the minimal record, what can be done now, and all that was done. */
export function Record({ record, busy, onAct, onShut }: Props): ReactElement {
  const { t, say, language } = useWords(words);
  const { escalation: one } = record;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const going = one.state === "acknowledged" || one.state === "referred";
  return (
    <section className={classes.record} aria-labelledby="record">
      <h2 id="record" ref={heading} tabIndex={-1}>
        {say(one.name)}
      </h2>
      <Facts
        facts={[
          [t("state"), t(one.state)],
          [t(one.about === "video" ? "aboutVideo" : "aboutAnswer"), record.video ?? one.id],
          ...(record.at_second === null ? [] : [[t("at"), decimal(record.at_second, language, 1)] as const]),
          [t("by"), record.by],
          [t("note"), record.note ?? t("noNote")],
          [t("action"), say(record.action)],
        ]}
      />
      {one.locks && <p className={classes.soft}>{t("locks")}</p>}
      {one.state === "waiting" && (
        <Button loading={busy} onClick={() => onAct("acknowledge", {})}>
          {t("take")}
        </Button>
      )}
      {going && (
        <Noted
          name={t("refer")}
          label={t("to")}
          options={TO}
          busy={busy}
          wanted={false}
          onSend={(to, more) => onAct("refer", { to, ...more })}
        />
      )}
      {going && (
        <Noted
          name={t("close")}
          label={t("finding")}
          options={FINDINGS}
          busy={busy}
          wanted
          onSend={(finding, more) => onAct("close", { finding, ...more })}
        />
      )}
      <Noted
        key={String(one.hold)}
        name={t(one.hold ? "liftHold" : "setHold")}
        more={t("holdMore")}
        options={[]}
        busy={busy}
        wanted
        onSend={(_, more) => onAct("hold", { hold: !one.hold, ...more })}
      />
      <h3>{t("done")}</h3>
      <ol className={classes.steps}>
        {record.steps.map((step) => (
          <li key={`${step.at} ${step.step}`}>
            {moment(step.at, language)} {step.by}: {t(`step_${step.step}` as "step_viewed")}
            {step.said && ` – ${t(step.said as "police")}`}
            {step.note && <q>{step.note}</q>}
          </li>
        ))}
      </ol>
      <div>
        <Button variant="default" onClick={onShut}>
          {t("shut")}
        </Button>
      </div>
    </section>
  );
}

type Choice = (typeof TO)[number] | (typeof FINDINGS)[number];
type NotedProps = {
  name: string;
  label?: string;
  more?: string;
  options: readonly Choice[];
  busy: boolean;
  /** Whether there must be a note. */
  wanted: boolean;
  onSend(chosen: string, more: { note: string; impersonal: boolean }): void;
};

/** An act with a choice and a note, opened by its own button. */
function Noted({ name, label, more, options, busy, wanted, onSend }: NotedProps): ReactElement {
  const { t } = useWords(words);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string>(options[0] ?? "");
  const [note, setNote] = useState("");
  const personal = usePersonal(note);
  if (!open) {
    return (
      <Button variant="default" onClick={() => setOpen(true)}>
        {name}
      </Button>
    );
  }
  return (
    <form
      className={classes.form}
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        if (personal.open) return;
        onSend(chosen, { note, impersonal: personal.impersonal });
        setOpen(false);
        setNote("");
      }}
    >
      {more && <p className={classes.soft}>{more}</p>}
      {label && (
        <NativeSelect
          label={label}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={options.map((value) => ({ value, label: t(value) }))}
        />
      )}
      <Textarea
        label={t(wanted ? "noteWanted" : "noteOptional")}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {personal.warning}
      <div>
        <Button type="submit" loading={busy} disabled={personal.open || (wanted && note.trim() === "")}>
          {name}
        </Button>
      </div>
    </form>
  );
}
