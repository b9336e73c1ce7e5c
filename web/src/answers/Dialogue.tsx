import type { ReactElement } from "react";
import type { AnswerTask } from "../api/types";
import { useWords } from "../i18n/useWords";
import classes from "./Answers.module.css";
import { words } from "./words";

type Turns = AnswerTask["first"];

/** What was said, in order: the child's words and the machine's. */
export function Dialogue({ task }: { task: AnswerTask }): ReactElement {
  const { t } = useWords(words);
  if (!task.second) return <Turns turns={task.first} language={task.language} last={t("answer")} />;
  return (
    <>
      <Turns turns={task.first.slice(0, -1)} language={task.language} last={t("machine")} />
      <div className={classes.sides}>
        <Turns turns={task.first.slice(-1)} language={task.language} last={t("answerA")} />
        <Turns turns={task.second.slice(-1)} language={task.language} last={t("answerB")} />
      </div>
    </>
  );
}

function Turns({ turns, language, last }: { turns: Turns; language: string; last: string }): ReactElement {
  const { t } = useWords(words);
  return (
    <ol className={classes.turns}>
      {turns.map(({ role, text }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- turns never move, and two may say the same
        <li key={at} data-role={role} className={classes.turn}>
          <span className={classes.who}>
            {role === "user" ? t("child") : at === turns.length - 1 ? last : t("machine")}
          </span>
          <p lang={language || undefined} data-turn={role === "assistant" ? at : undefined}>
            {text}
          </p>
        </li>
      ))}
    </ol>
  );
}
