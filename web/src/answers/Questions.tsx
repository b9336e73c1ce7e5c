import { useEffect, useRef, type ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import { Kbd } from "../ui/Kbd";
import classes from "./Answers.module.css";
import type { Draft, Step } from "./rating";
import { words } from "./words";

type Props = {
  steps: readonly Step[];
  draft: Draft;
  several: boolean;
  onPress(digit: number): void;
  onStep(at: number): void;
};

/** The questions: the one at hand is open with its options, the others show what was chosen. */
export function Questions({ steps, draft, several, onPress, onStep }: Props): ReactElement {
  const { t, say } = useWords(words);
  const titleOf = (step: Step): string => {
    const part = step.title ? say(step.title) : t(step.part === "score" ? "kind" : step.part);
    return several ? `${t("turn", { turn: (step.turn + 1) / 2 })}: ${part}` : part;
  };
  const chosen = (step: Step): string =>
    step.options
      .flatMap(({ value, text }, at) =>
        draft.chosen[step.id]?.includes(value) ? [`${at + 1}. ${say(text)}`] : [],
      )
      .join("; ");
  return (
    <ol className={classes.steps}>
      {steps.map((step, at) =>
        at === draft.at ? (
          <Open key={step.id} step={step} title={titleOf(step)} draft={draft} onPress={onPress} />
        ) : (
          <li key={step.id} className={classes.closed}>
            <button type="button" onClick={() => onStep(at)}>
              <span>{titleOf(step)}</span>
              <span className={classes.chosen}>{chosen(step) || "–"}</span>
            </button>
          </li>
        ),
      )}
    </ol>
  );
}

type OpenProps = { step: Step; title: string; draft: Draft; onPress(digit: number): void };

function Open({ step, title, draft, onPress }: OpenProps): ReactElement {
  const { say } = useWords(words);
  const place = useRef<HTMLLIElement>(null);
  // A step that opens is a new element, so this runs once for each.
  useEffect(() => {
    void place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <li ref={place} className={classes.open} aria-current="step">
      <h2>{title}</h2>
      <div className={classes.options} role="group" aria-label={title}>
        {step.options.map(({ value, text }, at) => (
          <button
            key={value}
            type="button"
            aria-pressed={draft.chosen[step.id]?.includes(value) ?? false}
            onClick={() => onPress(at + 1)}
          >
            <Kbd keys={String(at + 1)} />
            <span>{say(text)}</span>
          </button>
        ))}
      </div>
    </li>
  );
}
