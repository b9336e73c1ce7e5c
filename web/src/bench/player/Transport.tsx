import type { ReactElement, ReactNode } from "react";
import { useWords } from "../../i18n/useWords";
import { changePreferences, useSession } from "../../session";
import { Key, useKeyOf } from "../../keys/Key";
import { useBench } from "../context";
import { decimal } from "../../i18n/numbers";
import { captionsOf } from "./captions";
import { clock } from "./clock";
import { nextSpeed } from "./Deck";
import { useFollow } from "./useFollow";
import classes from "./Transport.module.css";
import { playerWords } from "./words";

/** Buttons for what the keys do, and how the player stands. */
export function Transport(): ReactElement {
  const { deck, deckState, item } = useBench();
  const { preferences } = useSession();
  const { t, language } = useWords(playerWords);
  const { speed, muted, blur, grey, half, captions } = preferences;
  const idle = !item;
  const playing = deckState === "playing";
  return (
    <div className={classes.bar} role="group" aria-label={t("transport")}>
      <Press of="bench.play" label={t(playing ? "pause" : "play")} off={idle} onClick={() => deck.toggle()}>
        {t(playing ? "pause" : "play")}
      </Press>
      <Press of="bench.back" label={t("back")} off={idle} onClick={() => deck.by(-3)}>
        −3 {t("unitSeconds")}
      </Press>
      <Position />
      <Press
        of="bench.speed"
        label={t("speed", { n: decimal(speed, language, speed % 1 ? 1 : 0) })}
        onClick={() => changePreferences({ speed: nextSpeed(speed) })}
      >
        {decimal(speed, language, speed % 1 ? 1 : 0)}×
      </Press>
      <span className={classes.gap} />
      {item && captionsOf(item.task.evidence).length > 0 && (
        <Press
          of="bench.captions"
          label={t("captions")}
          on={captions}
          onClick={() => changePreferences({ captions: !captions })}
        >
          {t("captions")}
        </Press>
      )}
      <Press of="bench.blur" label={t("blur")} on={blur} onClick={() => changePreferences({ blur: !blur })}>
        {t("blur")}
      </Press>
      <Press
        of="bench.half"
        label={t("halfMore")}
        on={half}
        onClick={() => changePreferences({ half: !half })}
      >
        {t("half")}
      </Press>
      <Press of="bench.grey" label={t("grey")} on={grey} onClick={() => changePreferences({ grey: !grey })}>
        {t("grey")}
      </Press>
      <Press
        of="bench.mute"
        label={t("mute")}
        on={muted}
        onClick={() => changePreferences({ muted: !muted })}
      >
        {t("mute")}
      </Press>
    </div>
  );
}

type PressProps = {
  of: string;
  label: string;
  on?: boolean;
  off?: boolean;
  onClick(): void;
  children: ReactNode;
};

function Press({ of, label, on, off = false, onClick, children }: PressProps): ReactElement {
  const key = useKeyOf(of);
  return (
    <button
      type="button"
      className={classes.press}
      title={label}
      aria-keyshortcuts={key ?? undefined}
      aria-pressed={on}
      disabled={off}
      onClick={onClick}
    >
      <span aria-hidden>
        <Key of={of} />
      </span>
      <span>{children}</span>
    </button>
  );
}

/** The time runs without a render. */
function Position(): ReactElement {
  const { deck, item } = useBench();
  const { t } = useWords(playerWords);
  const ref = useFollow<HTMLSpanElement>(deck, (span, position) => {
    span.textContent = clock(position);
  });
  return (
    <span className={classes.time} aria-label={t("position")} role="timer" aria-live="off">
      {item ? (
        <>
          <span ref={ref} /> / {clock(item.task.media.duration)}
        </>
      ) : (
        "–"
      )}
    </span>
  );
}
