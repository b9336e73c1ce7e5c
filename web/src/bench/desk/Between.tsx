import type { ReactElement } from "react";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { useKeyOf } from "../../keys/Key";
import { Kbd } from "../../ui/Kbd";
import { useBench } from "../context";
import { TOO_MUCH } from "../form/skip";
import { isSpared } from "../player/comfort";
import { words } from "../words";
import type { Rest } from "./state";
import classes from "./Between.module.css";

/** What stands where the video would be: nothing yet, nothing left, a rest, or an item that slipped away. */
export function Between(): ReactElement | null {
  const { view, enter } = useBench();
  const { t, say } = useWords(words);
  const undo = useKeyOf("bench.undo") ?? "–";
  const { queue, resting, supply } = view.bench;
  const lost = queue[0]?.lost;
  if (resting) return <Resting why={resting} />;
  if (lost) {
    return <Calm title={t("lost")} lines={[say(lost)]} action={{ says: t("lostNext"), run: enter }} />;
  }
  if (queue[0] && isSpared(queue[0].guideline, queue[0].draft, TOO_MUCH)) {
    return <Calm title={t("sparedTitle")} lines={[t("sparedMore", { undo })]} />;
  }
  if (queue.length > 0) return null;
  if (supply === "empty") return <Calm title={t("empty")} lines={[t("emptyMore"), t("emptyAgain")]} />;
  if (supply === "uncertified") {
    const toTest = { says: t("uncertifiedGo"), run: enter };
    return <Calm title={t("uncertified")} lines={[t("uncertifiedMore")]} action={toTest} />;
  }
  if (supply === "unreachable") return <Calm title={t("unreachable")} lines={[t("unreachableMore")]} />;
  return <Calm title={supply === "asking" ? t("loading") : t("fetching")} lines={[]} />;
}

/** Nothing of the video is here: why, and the one key back. */
function Resting({ why }: { why: Rest }): ReactElement {
  const { view, enter } = useBench();
  const { t, language } = useWords(words);
  const met = view.day?.exposure;
  const amounts = met && {
    hour: decimal(met.hour, language, 0),
    budget: decimal(met.hour_budget, language, 0),
  };
  const said: Record<Rest, { title: string; more: string; back: string }> = {
    stop: { title: t("resting"), more: t("restingMore"), back: t("ready") },
    break: {
      title: t("breakTitle"),
      more: view.bench.reminded ? `${t("dueBreak")} ${t("breakMore")}` : t("breakMore"),
      back: t("backToWork"),
    },
    enough: {
      title: t("enoughTitle"),
      more: amounts ? t("enoughMore", amounts) : t("enoughPlain"),
      back: t("backToWork"),
    },
    idle: { title: t("idleTitle"), more: t("idleMore"), back: t("backToWork") },
  };
  const { title, more, back } = said[why];
  return <Calm title={title} lines={[more]} action={{ says: back, run: enter }} />;
}

type CalmProps = { title: string; lines: readonly string[]; action?: { says: string; run(): void } };

function Calm({ title, lines, action }: CalmProps): ReactElement {
  return (
    <div className={classes.calm} role="status">
      <h2>{title}</h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {action && (
        <button type="button" onClick={action.run}>
          <Kbd keys="Enter" /> {action.says}
        </button>
      )}
    </div>
  );
}
