import type { ReactElement } from "react";
import type { Task } from "../api/types";
import type { Command } from "../bench/desk/state";
import { clock } from "../bench/player/clock";
import { Clip } from "../bench/player/Clip";
import { faster, nextSpeed, type Deck } from "../bench/player/Deck";
import { useFollow } from "../bench/player/useFollow";
import { Watermark } from "../bench/player/Watermark";
import { useLanguage, useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { command } from "../keys/entries";
import { Key } from "../keys/Key";
import { changePreferences, useSession } from "../session";
import classes from "./Adjudication.module.css";
import { words } from "./words";

type Props = { task: Task; deck: Deck; onMark(command: Command): void };

/** The bench's own player with its keys. */
export function Picture({ task, deck, onMark }: Props): ReactElement {
  const { t } = useWords(words);
  const { person, preferences } = useSession();
  const language = useLanguage();
  const { speed, muted, blur, grey, half, captions } = preferences;
  useCommands([
    command("bench.play", () => deck.toggle()),
    command("bench.back", () => deck.by(-3)),
    command("bench.frameBack", (held) => deck.step(-1, held)),
    command("bench.frameOn", (held) => deck.step(1, held)),
    command("bench.faster", () => changePreferences({ speed: faster(speed) })),
    command("bench.speed", () => changePreferences({ speed: nextSpeed(speed) })),
    command("bench.mute", () => changePreferences({ muted: !muted })),
    command("bench.blur", () => changePreferences({ blur: !blur })),
    command("bench.grey", () => changePreferences({ grey: !grey })),
    command("bench.half", () => changePreferences({ half: !half })),
    command("bench.captions", () => changePreferences({ captions: !captions })),
    command("bench.markIn", () => onMark({ type: "mark-in", at: deck.position })),
    command("bench.markOut", () => onMark({ type: "mark-out", at: deck.position })),
  ]);
  const { playback } = task.media;
  return (
    <section aria-label={t("watch")} className={classes.watch}>
      <div className={classes.picture}>
        {playback && (
          <Clip
            task={task}
            playback={playback}
            live
            play={false}
            deck={deck}
            preferences={preferences}
            label={task.title ?? t("watch")}
            onBroken={() => undefined}
          />
        )}
        <Watermark pseudonym={person.pseudonym} task={task.task} language={language} />
      </div>
      <div className={classes.transport}>
        <button type="button" onClick={() => deck.toggle()}>
          <Key of="bench.play" /> {t("play")}
        </button>
        <Position deck={deck} duration={task.media.duration} />
        <span className={classes.soft}>{task.title}</span>
      </div>
    </section>
  );
}

function Position({ deck, duration }: { deck: Deck; duration: number }): ReactElement {
  const ref = useFollow<HTMLSpanElement>(deck, (span, position) => {
    span.textContent = clock(position);
  });
  return (
    <span>
      <span ref={ref}>{clock(0)}</span> / {clock(duration)}
    </span>
  );
}
