import type { ReactElement } from "react";
import type { Answer } from "../../api/types";
import type { Option } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { Kbd } from "../../ui/Kbd";
import { useForm } from "../context";
import { words } from "../words";
import classes from "./Options.module.css";
import { Group } from "./Group";
import { choices, FAMILIES, pages, proposal, type Choice, type Stop } from "./stops";
import { labelOf, optionText, strengthOf, type OptionText } from "./texts";

/** The choices of the question in view, each under its digit. */
export function Options({ stop }: { stop: Stop }): ReactElement | null {
  const { item, view, desk } = useForm();
  const { t, language } = useWords(words);
  const question = stop.questions[0];
  if (!item || !question) return null;
  const { guideline, draft } = item;
  const proposed = proposal(guideline, draft.answers, stop.id);
  const text = (option: Option): OptionText =>
    stop.id === FAMILIES ? familyText(option) : optionText(guideline, question, option, language);
  const familyText = (code: Option): OptionText => {
    const family = guideline.families.find((one) => one.code === code);
    return { name: family?.quick[language] ?? "", more: family?.name[language] ?? null };
  };
  const all = choices(stop, view.bench.page);
  const many = pages(stop) > 1;
  const shown = many ? all.filter((one) => one.digit !== null) : all;
  const compact = labelOf(guideline, stop.id) === null && strengthOf(guideline, stop.id) === null;
  return (
    <>
      {strengthOf(guideline, stop.id) && <Group stop={stop} kind="strength" />}
      {labelOf(guideline, stop.id) && draft.cursor.part === "answer" && <Group stop={stop} kind="label" />}
      <div
        className={classes.options}
        data-compact={compact || undefined}
        role="group"
        aria-label={t("answers")}
      >
        {stop.id === "edge_case" || !many ? null : (
          <Extra digit={0} name={t("more")} onClick={() => desk.dispatch({ type: "digit", digit: 0 })} />
        )}
        {shown.map((choice) => (
          <OptionRow
            key={String(choice.option)}
            choice={choice}
            text={text(choice.option)}
            chosen={isChosen(stop, choice.option, draft.answers)}
            proposed={proposed?.value === choice.option}
            onClick={() => desk.dispatch({ type: "choose", stop: stop.id, option: choice.option })}
          />
        ))}
        {stop.id === FAMILIES && (
          <Extra digit={0} name={t("none")} onClick={() => desk.dispatch({ type: "digit", digit: 0 })} />
        )}
      </div>
      <Rule stop={stop} />
    </>
  );
}

function isChosen(stop: Stop, option: Option, answers: Record<string, Answer>): boolean {
  if (stop.kind === "families") {
    return stop.questions.some((one) => one.entity === option && answers[one.id] === true);
  }
  const answer = answers[stop.id];
  return Array.isArray(answer) ? answer.includes(String(option)) : answer === option;
}

type RowProps = {
  choice: Choice;
  text: OptionText;
  chosen: boolean;
  proposed: boolean;
  onClick(): void;
};

function OptionRow({ choice, text, chosen, proposed, onClick }: RowProps): ReactElement {
  const { t } = useWords(words);
  return (
    <button type="button" className={classes.option} aria-pressed={chosen} onClick={onClick}>
      <span className={classes.digit}>
        {choice.digit === null ? null : <Kbd keys={String(choice.digit)} />}
      </span>
      <span className={classes.name}>
        {text.name} {text.more && <span className={classes.more}>{text.more}</span>}
      </span>
      {proposed && <span className={classes.proposed}>{t("proposed")}</span>}
    </button>
  );
}

function Extra({ digit, name, onClick }: { digit: number; name: string; onClick(): void }): ReactElement {
  return (
    <button type="button" className={classes.option} onClick={onClick}>
      <span className={classes.digit}>
        <Kbd keys={String(digit)} />
      </span>
      <span className={classes.name}>{name}</span>
    </button>
  );
}

/** Which rule proposes, in its own words; or why nothing is proposed. */
function Rule({ stop }: { stop: Stop }): ReactElement | null {
  const { item } = useForm();
  const { t, say } = useWords(words);
  if (!item) return null;
  const { guideline, draft } = item;
  const at = stop.id === "audience.factors" ? "audience" : stop.id;
  if (at !== "audience" && at !== "verdict") return null;
  const answers = at === "audience" ? { "audience.factors": [], ...draft.answers } : draft.answers;
  const found = proposal(guideline, answers, at);
  const values = at === "audience" ? guideline.audience.values : guideline.verdict.values;
  const rules = at === "audience" ? guideline.audience.rules : guideline.verdict.rules;
  const value = values.find((one) => one.code === found?.value);
  const rule = rules.find((one) => one.code === found?.rule);
  return (
    <p className={classes.rule}>
      {value && rule ? (
        <>
          <strong>{t("proposalIs", { value: say(value.name) })}</strong> {say(rule.text)} ({rule.code})
        </>
      ) : (
        t("proposalNone")
      )}
    </p>
  );
}
