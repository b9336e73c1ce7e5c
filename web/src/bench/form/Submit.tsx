import type { ReactElement } from "react";
import type { Answers } from "../../api/types";
import { check, decide, verdictProposal, type Guideline, type Problem } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { Kbd } from "../../ui/Kbd";
import { useForm } from "../context";
import { words } from "../words";
import { isComplete, personalNotes } from "./draft";
import classes from "./Parts.module.css";

/** The end of the form: what the answers come to, and the key that sends them. */
export function Submit(): ReactElement | null {
  const { item, enter } = useForm();
  const { t } = useWords(words);
  if (!item) return null;
  const { answers, marks, notes } = item.draft;
  const problems: Open[] = [
    ...check(item.guideline, answers, marks, notes),
    ...personalNotes(item.draft).map((question) => ({ code: "personal" as const, question })),
  ];
  return (
    <div className={classes.part}>
      <Outcome />
      {problems.length > 0 && <Unfinished problems={problems} />}
      <button type="button" className={classes.main} onClick={enter}>
        <Kbd keys="Enter" /> {problems.length > 0 ? t("goOn") : t("submit")}
      </button>
    </div>
  );
}

Submit.Title = function Title(): ReactElement {
  const { item } = useForm();
  const { t } = useWords(words);
  if (!item) return <></>;
  return <>{t(isComplete(item.guideline, item.draft) ? "submitQuestion" : "submitOpen")}</>;
};

/** Verdict and labels as they follow from the answers: computed, never stored. */
function Outcome(): ReactElement | null {
  const { item } = useForm();
  const { t, say } = useWords(words);
  if (!item) return null;
  const { guideline, draft } = item;
  const decision = decide(guideline, draft.answers);
  const why = guideline.assessability.codes.find((one) => one.code === decision.na_code);
  if (why) {
    return (
      <>
        <p>{t("submitNa", { why: say(why.name) })}</p>
        {why.no_penalty && <p>{t("noPenalty")}</p>}
      </>
    );
  }
  const verdict = guideline.verdict.values.find((one) => one.code === decision.verdict);
  const labels = guideline.labels.filter((one) => (decision.labels[one.code] ?? 0) > 0);
  return (
    <>
      <p className={classes.outcome}>
        {verdict && <strong>{say(verdict.name)}</strong>}
        {labels.map((one) => (
          <span key={one.code}>
            {say(one.name)} {decision.labels[one.code]}
          </span>
        ))}
      </p>
      <Why guideline={guideline} answers={draft.answers} />
    </>
  );
}

/** The rule that fired, in its own words; and that it was set aside where the reader chose otherwise. */
function Why({ guideline, answers }: { guideline: Guideline; answers: Answers }): ReactElement | null {
  const { t, say } = useWords(words);
  const found = verdictProposal(guideline, answers);
  const rule = guideline.verdict.rules.find((one) => one.code === found?.rule);
  const proposed = guideline.verdict.values.find((one) => one.code === found?.value);
  if (!rule || !proposed) return null;
  return (
    <p className={classes.why}>
      <strong>{t("why")}</strong> {say(rule.text)} ({rule.code}){" "}
      {answers["verdict"] !== proposed.code && t("whyOverride", { value: say(proposed.name) })}
    </p>
  );
}

type Open = { readonly code: Problem["code"] | "personal"; readonly question: string };

function Unfinished({ problems }: { problems: readonly Open[] }): ReactElement {
  const { item } = useForm();
  const { t } = useWords(words);
  const said = {
    unanswered: t("problem_unanswered"),
    "out-of-range": t("problem_out_of_range"),
    "span-missing": t("problem_span_missing"),
    "reason-missing": t("problem_reason_missing"),
    personal: t("problem_personal"),
    "override-reason-missing": t("problem_override_reason_missing"),
  } as Record<string, string>;
  return (
    <ul>
      {problems.slice(0, 4).map(({ code, question }) => (
        <li key={`${code} ${question}`}>
          {item?.guideline.labels.find((one) => `label.${one.code}` === question)?.code ?? question}:{" "}
          {said[code] ?? code}
        </li>
      ))}
    </ul>
  );
}
