import { useEffect, useLayoutEffect, useRef, type ReactElement } from "react";
import type { Playback, Preferences, Task } from "../../api/types";
import { captionsOf, showCaptions } from "./captions";
import { evenVolume, type Deck } from "./Deck";
import classes from "./Stage.module.css";

type Props = {
  task: Task;
  playback: Playback;
  /** On screen and under the keys; otherwise it only loads, muted and without a box. */
  live: boolean;
  play: boolean;
  deck: Deck;
  preferences: Preferences;
  label: string;
  onBroken(task: string): void;
};

/**
 * One video element for the whole life of a task: first it loads unseen, then the same element, with
 * what it has loaded, comes on screen.
 */
export function Clip(props: Props): ReactElement {
  const { task, playback, live, play, deck, preferences, label, onBroken } = props;
  const { speed, muted, blur, grey, half, even, captions } = preferences;
  const { poster, loudness } = task.media;
  const ref = useRef<HTMLVideoElement>(null);
  const latest = useRef({ task, play });

  useLayoutEffect(() => {
    latest.current = { task, play };
  });

  useLayoutEffect(() => {
    const video = ref.current;
    if (!video) return;
    video.preservesPitch = true;
    video.defaultPlaybackRate = live ? speed : 1;
    video.playbackRate = live ? speed : 1;
    video.muted = !live || muted;
    video.volume = even ? evenVolume(loudness) : 1;
  }, [live, speed, muted, even, loudness]);

  useLayoutEffect(() => {
    if (ref.current && live) showCaptions(ref.current, captionsOf(latest.current.task.evidence), captions);
  }, [live, captions]);

  useLayoutEffect(() => {
    const video = ref.current;
    if (!video || !live) return undefined;
    return deck.load(video, latest.current.task, latest.current.play);
  }, [live, deck]);

  useEffect(() => {
    const video = ref.current;
    // A removed element keeps its buffer until it is collected; a stopped one must not.
    return () => {
      video?.removeAttribute("src");
      video?.load();
    };
  }, []);

  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption, jsx-a11y/click-events-have-key-events -- captions are a text track made from what was measured; Space plays
    <video
      ref={ref}
      className={classes.clip}
      hidden={!live}
      aria-hidden={!live}
      aria-label={label}
      data-blur={blur || undefined}
      data-grey={grey || undefined}
      data-half={half || undefined}
      src={playback.url}
      preload="auto"
      playsInline
      disablePictureInPicture
      tabIndex={-1}
      onError={() => onBroken(task.task)}
      onClick={() => deck.toggle()}
      {...(live && poster ? { poster } : {})}
    />
  );
}
