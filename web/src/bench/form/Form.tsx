import type { ReactElement, ReactNode } from "react";
import { useWords } from "../../i18n/useWords";
import { useForm } from "../context";
import { words } from "../words";
import { Answers } from "./Answers";
import classes from "./Form.module.css";
import { Help } from "./Help";
import { Hints } from "./Hints";
import { Options } from "./Options";
import { Reason } from "./Reason";
import { SpanPart } from "./SpanPart";
import { stopAt, SUBMIT } from "./stops";
import { Submit } from "./Submit";
import { familyOf, labelOf, stopText, strengthOf } from "./texts";

/** The question in view, and under it every answer so far; `beside` stands between a question and its choices. */
export function Form({ beside }: { beside?: ReactNode }): ReactElement {
  const { item } = useForm();
  const { t } = useWords(words);
  return (
    <section className={classes.form} aria-label={t("form")}>
      {item ? <InView beside={beside} /> : <div className={classes.question} />}
      <Hints />
      {item ? <Answers item={item} /> : <div className={classes.answers} />}
    </section>
  );
}

function InView({ beside }: { beside: ReactNode }): ReactElement | null {
  const { item } = useForm();
  const { t, language } = useWords(words);
  if (!item) return null;
  const { guideline, draft } = item;
  const stop = stopAt(guideline, draft);
  const { title, question, note } = stopText(guideline, stop, language);
  const steps = guideline.flow.filter((one) => one.uses !== "escalations");
  const n = stop.id === SUBMIT ? steps.length : steps.findIndex((one) => one.step === stop.step) + 1;
  const lead = (labelOf(guideline, stop.id) ?? strengthOf(guideline, stop.id))?.definition[language];
  const family = familyOf(guideline, stop, language);
  return (
    <div className={classes.question}>
      <p className={classes.step}>
        <span>{family ? `${title} · ${family}` : title}</span>
        <span>{t("step", { n, of: steps.length })}</span>
      </p>
      <div className={classes.progress} aria-hidden>
        {steps.map((one, index) => (
          <span key={one.step} data-done={index < n || undefined} />
        ))}
      </div>
      <h2 className={classes.asked}>{stop.id === SUBMIT ? <Submit.Title /> : question}</h2>
      {lead && <p className={classes.lead}>{lead}</p>}
      {beside}
      <p className={classes.unseen} role="status">
        {t("steps", { n, of: steps.length, title: family ?? title, question })}
      </p>
      <div className={classes.body} key={stop.id}>
        {stop.id === SUBMIT ? <Submit /> : <Options stop={stop} />}
        {draft.cursor.part === "span" && <SpanPart stop={stop} />}
        {draft.cursor.part === "reason" && <Reason stop={stop} />}
        {draft.cursor.part === "answer" && <Help stop={stop} note={note} />}
      </div>
    </div>
  );
}
