import type { ReactElement } from "react";
import { isAnswered } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { Key, useMarkKeys } from "../../keys/Key";
import { Kbd } from "../../ui/Kbd";
import { useForm } from "../context";
import type { Item } from "../desk/state";
import { words } from "../words";
import classes from "./Form.module.css";
import { proposal, stopAt, SUBMIT } from "./stops";

/** What the next keys do, always in the same place; or why the last one did nothing. */
export function Hints(): ReactElement {
  const { view, item, desk, enter } = useForm();
  const { t } = useWords(words);
  const { nudge } = view.bench;
  const marking = useMarkKeys();
  const code = nudge?.code.replaceAll("-", "_") as `${string}` | undefined;
  return (
    <div className={classes.hints}>
      <div className={classes.keys}>
        <button type="button" hidden={!item} onClick={enter} aria-keyshortcuts="Enter">
          <Kbd keys="Enter" /> {item ? t(enterSays(item)) : t("goOn")}
        </button>
        <button
          type="button"
          hidden={!item || code !== undefined}
          onClick={() => desk.dispatch({ type: "back" })}
          aria-keyshortcuts="Backspace"
        >
          <Key of="bench.back-step" /> {t("keyBack")}
        </button>
        <button
          type="button"
          hidden={!item || code !== undefined}
          onClick={() => void desk.undo()}
          aria-keyshortcuts="Z"
        >
          <Key of="bench.undo" /> {t("keyUndo")}
        </button>
        <p className={classes.nudge} role="alert">
          {code && <span key={nudge?.count}>{t(`nudge_${code}` as "nudge_not_yet", marking)}</span>}
        </p>
      </div>
    </div>
  );
}

/** Enter always keeps or accepts what is shown; this says what that is now. */
function enterSays({ guideline, draft }: Item): "goOn" | "take" | "restZero" | "noEdge" | "keySubmit" {
  const stop = stopAt(guideline, draft);
  if (stop.id === SUBMIT) return "keySubmit";
  const question = stop.questions[0];
  if (!question || draft.cursor.part !== "answer" || isAnswered(question, draft.answers)) return "goOn";
  if (stop.id.startsWith("strength.")) return "restZero";
  if (stop.id === "edge_case") return "noEdge";
  return proposal(guideline, draft.answers, stop.id) ? "take" : "goOn";
}
