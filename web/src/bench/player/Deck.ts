import type { Task } from "../../api/types";
import type { Span } from "../form/draft";
import { Playhead } from "./playhead";
import type { Recorder } from "./recorder";
import { Stepper } from "./Stepper";

/** Loudness that sound is brought down to, in LUFS: the target of EBU R 128. */
const EVEN = -23;

/**
 * The volume (0..1) at which a video of this loudness is as loud as the others. What is quieter than the
 * target stays as it is: raising it could clip.
 */
export const evenVolume = (loudness: number | null): number =>
  loudness === null || loudness <= EVEN ? 1 : 10 ** ((EVEN - loudness) / 20);

export const SPEEDS = [0.5, 1, 1.5, 2, 3, 4] as const;

export const faster = (speed: number): number => SPEEDS.find((one) => one > speed) ?? speed;
export const nextSpeed = (speed: number): number => SPEEDS.find((one) => one > speed) ?? SPEEDS[0];

/** How the player stands; the screen draws from it. */
export type DeckState = "empty" | "loading" | "paused" | "playing" | "blocked" | "broken";

/**
 * The one video on screen: keys and buttons act on it, its playhead feeds the time line and the trace.
 * The prefetched one is never given to it, so a preload is never counted as seen.
 */
export class Deck {
  readonly playhead = new Playhead();
  private readonly recorder: Recorder;
  private readonly tell: (state: DeckState) => void;
  private video: HTMLVideoElement | null = null;
  private loop: Span | null = null;
  private fps = 25;
  private readonly stepper = new Stepper({
    seek: (to) => this.go(to),
    seeking: () => this.video?.seeking ?? false,
    position: () => this.position,
    end: () => this.end(0),
  });
  private frame = 0;
  private last: { readonly task: string; readonly at: number } | null = null;

  constructor(recorder: Recorder, tell: (state: DeckState) => void) {
    this.recorder = recorder;
    this.tell = tell;
  }

  get playing(): boolean {
    return this.video !== null && !this.video.paused && !this.video.ended;
  }

  get position(): number {
    return this.video?.currentTime ?? 0;
  }

  /** Takes the video that comes on screen; the returned function lets it go again. */
  load(video: HTMLVideoElement, { task, media }: Task, play: boolean): () => void {
    this.video = video;
    this.fps = media.fps ?? 25;
    // The same item with fresh links: go on where the reader was.
    if (this.last?.task === task && video.currentTime === 0) video.currentTime = this.last.at;
    this.stepper.begin(media.fps, video.currentTime);
    this.playhead.move(video.currentTime);
    this.tell(video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? "paused" : "loading");
    const off = this.listen(video);
    this.followFrames(video);
    if (play) this.play();
    return () => {
      off();
      video.cancelVideoFrameCallback(this.frame);
      video.pause();
      this.recorder.broke();
      this.last = { task, at: this.playhead.position };
      if (this.video === video) this.video = null;
      this.tell("empty");
    };
  }

  play(): void {
    this.stepper.stop();
    this.video?.play().catch((error: unknown) => {
      // Without a gesture on the page browsers refuse sound; the reader's first key is one.
      if (error instanceof DOMException && error.name === "NotAllowedError") this.tell("blocked");
    });
  }

  pause(): void {
    this.video?.pause();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  seek(position: number): void {
    this.stepper.jumped();
    this.go(position);
  }

  private go(position: number): void {
    const { video } = this;
    if (!video) return;
    this.recorder.broke();
    video.currentTime = Math.min(Math.max(position, 0), this.end(position));
    this.playhead.move(video.currentTime);
  }

  /** Where the video ends, or `unknown` before its length is known. */
  private end(unknown: number): number {
    const { duration } = this.video ?? { duration: Number.NaN };
    return Number.isFinite(duration) ? duration : unknown;
  }

  by(seconds: number): void {
    this.seek(this.position + seconds);
  }

  /** One frame on or back, by the pictures' own time stamps; `held`: the key repeats itself. */
  step(frames: 1 | -1, held = false): void {
    this.pause();
    this.stepper.step(frames, held);
  }

  setLoop(loop: Span | null): void {
    this.loop = loop;
    if (!loop) return;
    this.seek(loop.start);
    this.play();
  }

  /**
   * Stop-work: not a frame more, and not a byte left in the player. Acts on the elements themselves and
   * at once; the render that removes them comes after.
   */
  drop(): void {
    const { video } = this;
    if (!video) return;
    video.pause();
    video.hidden = true;
    video.removeAttribute("poster");
    video.removeAttribute("src");
    video.load();
    this.recorder.broke();
  }

  private followFrames(video: HTMLVideoElement): void {
    const onFrame = (now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      if (this.video !== video) return;
      this.playhead.move(mediaTime);
      this.stepper.shown(mediaTime);
      if (!video.paused && !document.hidden) this.recorder.seen(mediaTime, video.playbackRate, now);
      this.turnBack(video, mediaTime);
      this.frame = video.requestVideoFrameCallback(onFrame);
    };
    this.frame = video.requestVideoFrameCallback(onFrame);
  }

  private turnBack(video: HTMLVideoElement, at: number): void {
    if (!this.loop || video.paused || video.seeking) return;
    const { start, end } = this.loop;
    if (at >= end - 0.5 / this.fps || at < start - 0.3) this.seek(start);
  }

  private listen(video: HTMLVideoElement): () => void {
    const told: [string, () => void][] = [
      ["playing", () => (this.goOn(video), this.tell("playing"))],
      ["pause", () => (this.recorder.broke(), this.tell("paused"))],
      // A short stall loses no position; the trace itself breaks off at a long one.
      ["waiting", () => this.tell("loading")],
      ["loadeddata", () => this.tell(video.paused ? "paused" : "playing")],
      ["ratechange", () => (this.recorder.broke(), this.goOn(video))],
      ["ended", () => this.onEnd(video)],
      ["timeupdate", () => this.turnBack(video, video.currentTime)],
      ["seeked", () => this.stepper.arrived()],
    ];
    for (const [name, act] of told) video.addEventListener(name, act);
    return () => {
      for (const [name, act] of told) video.removeEventListener(name, act);
    };
  }

  /** The picture on screen counts from the moment it moves on. */
  private goOn(video: HTMLVideoElement): void {
    if (video.paused || document.hidden) return;
    this.recorder.seen(this.playhead.position, video.playbackRate, performance.now());
  }

  /** The last frame lasts until the end; without this the trace would stop one frame short. */
  private onEnd(video: HTMLVideoElement): void {
    if (!document.hidden) this.recorder.seen(video.duration, video.playbackRate, performance.now());
    this.recorder.broke();
    this.playhead.move(video.duration);
    if (!this.loop) return;
    this.seek(this.loop.start);
    this.play();
  }
}
