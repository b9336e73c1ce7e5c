import { useEffect, useRef, type ReactElement } from "react";
import type { SeenVideo } from "../../api/types";
import { clock } from "../../bench/player/clock";
import { Marked } from "../../bench/player/Marked";
import { decide, type Guideline } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { words } from "../words";
import classes from "./Casebook.module.css";

type Props = { seen: readonly SeenVideo[]; guideline: Guideline | undefined };

/** The videos of a case, each at the span it was filed with, and what came of the judgement there. */
export function Seen({ seen, guideline }: Props): ReactElement {
  const { t } = useWords(words);
  return (
    <section className={classes.panel} aria-label={t("seen")}>
      <h2>{t("seen")}</h2>
      {seen.map((one) => (
        <div key={`${one.video} ${one.task}`} className={classes.seen}>
          {one.playback && <Clip seen={one} />}
          <div>
            <p>{one.locked ? t("locked") : one.title || t("untitled")}</p>
            {one.span && (
              <p className={classes.small}>
                {t("span", { span: `${clock(one.span.start)}–${clock(one.span.end)}` })}
              </p>
            )}
            <p className={classes.small}>{t("seenBy", { who: one.by })}</p>
            {guideline && one.answers && <Outcome answers={one.answers} guideline={guideline} />}
          </div>
        </div>
      ))}
    </section>
  );
}

/** Begins at the span; plays only when asked to. */
function Clip({ seen }: { seen: SeenVideo }): ReactElement {
  const { t } = useWords(words);
  const video = useRef<HTMLVideoElement>(null);
  const start = seen.span?.start ?? 0;
  useEffect(() => {
    if (video.current) video.current.currentTime = start;
  }, [start]);
  return (
    <Marked of={seen.video}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- captions are burned in or shown on the bench */}
      <video
        ref={video}
        data-of={seen.task ?? undefined}
        controls
        controlsList="nodownload nofullscreen noremoteplayback"
        disablePictureInPicture
        muted
        preload="metadata"
        aria-label={seen.title || t("untitled")}
        src={seen.playback ?? undefined}
        poster={seen.poster ?? undefined}
      />
    </Marked>
  );
}

type OutcomeProps = { answers: NonNullable<SeenVideo["answers"]>; guideline: Guideline };

function Outcome({ answers, guideline }: OutcomeProps): ReactElement {
  const { say } = useWords(words);
  const decision = decide(guideline, answers as Parameters<typeof decide>[1]);
  const verdict = guideline.verdict.values.find((one) => one.code === decision.verdict);
  const labels = guideline.labels.filter((one) => (decision.labels[one.code] ?? 0) > 0);
  return (
    <p>
      {verdict && <strong>{say(verdict.name)}</strong>}
      {labels.map((one) => ` · ${say(one.name)} ${decision.labels[one.code]}`).join("")}
    </p>
  );
}
