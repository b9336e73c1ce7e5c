import { useRef, type ReactElement } from "react";
import { both } from "../i18n/catalogue";
import { Marked } from "../bench/player/Marked";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { Answer } from "../ui/Answer";
import classes from "./Calibration.module.css";
import { useItemMedia } from "./queries";
import { words } from "./words";

type Props = { session: string; task: string };

/** The video, played only when asked to. */
export function Picture({ session, task }: Props): ReactElement {
  const { t } = useWords(words);
  const query = useItemMedia(session, task);
  const video = useRef<HTMLVideoElement>(null);
  const play = (): void => {
    const shown = video.current;
    if (shown) void (shown.paused ? shown.play() : shown.pause());
  };
  useCommands([
    {
      id: "calibration.play",
      keys: ["Space"],
      group: both(words, "title"),
      title: both(words, "play"),
      run: play,
    },
  ]);
  return (
    <Answer query={query}>
      {({ title, media }) =>
        media.playback ? (
          <div className={classes.screen}>
            <Marked of={task}>
              {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- captions are burned in or shown on the bench */}
              <video
                ref={video}
                className={classes.video}
                controls
                controlsList="nodownload nofullscreen noremoteplayback"
                disablePictureInPicture
                playsInline
                preload="metadata"
                aria-label={title ?? t("watch")}
                src={media.playback.url}
                {...(media.poster ? { poster: media.poster } : {})}
              />
            </Marked>
          </div>
        ) : (
          <p className={classes.soft}>{t("notPlayable")}</p>
        )
      }
    </Answer>
  );
}
