import { useRef, useState, type ReactElement } from "react";
import { useWords } from "../../i18n/useWords";
import { useSession } from "../../session";
import { useBench } from "../context";
import { IN_HAND } from "../desk/Supplier";
import { conditionOf } from "./conditions";
import { Clip } from "./Clip";
import { comfortFor, isSpared } from "./comfort";
import type { DeckState } from "./Deck";
import classes from "./Stage.module.css";
import { Watermark } from "./Watermark";
import { TOO_MUCH } from "../form/skip";
import { playerWords } from "./words";

/** The video under judgement and, unseen behind it, the next one. */
export function Stage(): ReactElement {
  const { view, desk, deck, deckState } = useBench();
  const { person, preferences } = useSession();
  const { t, language } = useWords(playerWords);
  const broken = useBroken(desk.refreshMedia);
  const { queue, stopped, resting, quiet } = view.bench;
  const front = stopped || resting ? null : (queue[0]?.task ?? null);
  const unplayable = front !== null && (!front.media.playback || broken.has(front.task));
  return (
    <div className={classes.stage} data-state={deckState}>
      {queue.slice(0, IN_HAND).map(({ task, draft, guideline }) => {
        const { playback } = task.media;
        const spared = isSpared(guideline, draft, TOO_MUCH);
        const gone = stopped?.task === task.task || broken.has(task.task) || spared;
        if (!playback || gone) return null;
        return (
          <Clip
            key={`${task.task} ${playback.url}`}
            task={task}
            playback={playback}
            live={task === front}
            play={!quiet}
            deck={deck}
            preferences={task === front ? comfortFor(preferences, draft) : preferences}
            label={task.title ?? t("video")}
            onBroken={broken.report}
          />
        );
      })}
      {front && <Overlay state={deckState} unplayable={unplayable} />}
      {front && !unplayable && (
        <Watermark pseudonym={person.pseudonym} task={front.task} language={language} />
      )}
    </div>
  );
}

type Broken = { has(task: string): boolean; report(task: string): void };

/** The first failure may be links that ran out: ask for fresh ones. The second one is the video's own. */
function useBroken(refresh: (task: string) => Promise<boolean>): Broken {
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const asked = useRef(new Set<string>());
  const giveUp = (task: string): void => setBroken((before) => new Set(before).add(task));
  const report = (task: string): void => {
    if (asked.current.has(task)) return giveUp(task);
    asked.current.add(task);
    void refresh(task).then((fresh) => (fresh ? undefined : giveUp(task)));
  };
  return { has: (task) => broken.has(task), report };
}

/** The answer for a video that cannot be seen; a guideline without it just goes unmentioned. */
const GONE = "NA-GONE";

function Overlay({ state, unplayable }: { state: DeckState; unplayable: boolean }): ReactElement | null {
  const { view } = useBench();
  const { t, say, language } = useWords(playerWords);
  const item = view.bench.queue[0];
  const condition = item?.task.media.condition ?? "ready";
  const gone = item?.guideline.assessability.codes.find(({ code }) => code === GONE);
  if (unplayable) {
    return (
      <div className={classes.message} role="status">
        <strong>{t("unplayable")}</strong>
        <p>{conditionOf(condition, language)}</p>
        {gone && <p>{t("answerGone", { name: say(gone.name) })}</p>}
      </div>
    );
  }
  if (state === "loading") return <div className={classes.note}>{t("loading")}</div>;
  if (state === "blocked") return <div className={classes.note}>{t("blocked")}</div>;
  return null;
}
