import type { ReactElement } from "react";
import { useWords } from "../../i18n/useWords";
import { useSession } from "../../session";
import { useBench } from "../context";
import { clock } from "./clock";
import classes from "./Storyboard.module.css";
import { playerWords } from "./words";

/** From this speed on frames are dropped, and the reader should know. */
const SCAN = 3;

/** What holds for the player now: the span that loops, the start of one, or that pictures are skipped. */
export function Says(): ReactElement {
  const { item, view, desk } = useBench();
  const { speed } = useSession().preferences;
  const { t } = useWords(playerWords);
  const { loop } = view.bench;
  const markIn = item?.draft.markIn ?? null;
  return (
    <div className={classes.says}>
      {loop && (
        <button
          type="button"
          title={t("loopOff")}
          onClick={() => desk.dispatch({ type: "loop", span: null })}
        >
          {t("loopOn")} <span aria-hidden>×</span>
          <span className={classes.between}>
            {clock(loop.start)}–{clock(loop.end)}
          </span>
        </button>
      )}
      {!loop && markIn !== null && t("markIn", { at: clock(markIn) })}
      {!loop && markIn === null && speed >= SCAN && <span title={t("scanMore")}>{t("scan")}</span>}
    </div>
  );
}
