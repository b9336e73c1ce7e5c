import { useEffect, useRef, useState, type ReactElement } from "react";
import type { VideoPage } from "../api/types";
import { captionsOf, showCaptions } from "../bench/player/captions";
import { Marked } from "../bench/player/Marked";
import { conditionOf } from "../bench/player/conditions";
import { useWords } from "../i18n/useWords";
import { Notice } from "../ui/Notice";
import { TimeLine } from "./TimeLine";
import classes from "./Videos.module.css";
import { keyed } from "./keyed";
import { words } from "./words";

/** The player with its lanes; or, where nothing plays, why not. `at` is the second to begin at. */
export function Watch({ page, at }: { page: VideoPage; at: number }): ReactElement {
  const { t, language } = useWords(words);
  const video = useRef<HTMLVideoElement>(null);
  const [broken, setBroken] = useState(false);
  const { media, evidence } = page;
  useEffect(() => {
    if (video.current) showCaptions(video.current, captionsOf(evidence), true);
  }, [evidence]);
  const jump = (to: number): void => {
    if (video.current) video.current.currentTime = to;
  };
  const why = keyed<"why_damaged">(`why_${page.reason}`);
  const { container, video_codec, pixel_format } = page.facts;
  const what = [container, video_codec, pixel_format].filter(Boolean).join(", ");
  return (
    <div className={classes.watch}>
      {media.playback ? (
        <Marked of={page.video}>
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- captions are a text track made from what was measured */}
          <video
            ref={video}
            className={classes.player}
            src={media.playback.url}
            controls
            controlsList="nodownload nofullscreen noremoteplayback"
            disablePictureInPicture
            playsInline
            preload="metadata"
            onLoadedMetadata={(event) => {
              if (at > 0) event.currentTarget.currentTime = at;
            }}
            onError={() => setBroken(true)}
            {...(media.poster ? { poster: media.poster } : {})}
          />
        </Marked>
      ) : (
        <div className={classes.nothing} role="status">
          {media.poster && <img src={media.poster} alt="" />}
          <p>{media.condition === "added" ? t("whyAdded") : conditionOf(media.condition, language)}</p>
        </div>
      )}
      {broken && <Notice title={t("is_unreadable")}>{t("broken")}</Notice>}
      {why && <p className={classes.why}>{t(why)}</p>}
      {!why && page.facts.copied && <p className={classes.why}>{t("copied", { what })}</p>}
      <TimeLine evidence={evidence} duration={media.duration} video={video} onJump={jump} />
    </div>
  );
}
