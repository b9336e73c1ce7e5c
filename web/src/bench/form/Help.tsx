import type { ReactElement, ReactNode } from "react";
import type { Label } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { useForm } from "../context";
import { words } from "../words";
import classes from "./Help.module.css";
import { stopAt, type Stop } from "./stops";
import { labelOf, strengthOf } from "./texts";

/** What the guideline says to the question in view: what to ask oneself, one example for, one against. */
export function Help({ stop, note }: { stop: Stop; note: string | null }): ReactElement | null {
  const { item } = useForm();
  const { say } = useWords(words);
  if (!item || stopAt(item.guideline, item.draft).id !== stop.id) return null;
  const label = labelOf(item.guideline, stop.id);
  if (label) return <LabelHelp label={label} />;
  const strength = strengthOf(item.guideline, stop.id);
  if (strength) {
    return <p className={classes.note}>{say(strength.ask)}</p>;
  }
  return note ? <p className={classes.note}>{note}</p> : null;
}

function LabelHelp({ label }: { label: Label }): ReactElement {
  const { item } = useForm();
  const { t, say } = useWords(words);
  const preferred = item?.guideline.labels.filter((one) => label.prefer.includes(one.code)) ?? [];
  return (
    <div className={classes.help}>
      <ul className={classes.asks}>
        {label.ask.map((one) => (
          <li key={one.en}>{say(one)}</li>
        ))}
      </ul>
      <dl className={classes.examples}>
        {label.example_yes && <Example name={t("exampleYes")} mark="✓" text={say(label.example_yes)} />}
        {label.example_no && <Example name={t("exampleNo")} mark="✗" text={say(label.example_no)} />}
        {label.edge_case && <Example name={t("edge")} mark="≈" text={say(label.edge_case)} />}
      </dl>
      {preferred.length > 0 && (
        <p>{t("prefer", { labels: preferred.map((one) => say(one.name)).join(", ") })}</p>
      )}
    </div>
  );
}

function Example({ name, mark, text }: { name: string; mark: string; text: ReactNode }): ReactElement {
  return (
    <div>
      <dt>
        <span aria-hidden>{mark}</span> {name}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}
