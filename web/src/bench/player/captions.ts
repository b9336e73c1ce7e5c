import type { EvidenceItem } from "../../api/types";

/** The texts that came with the video, in the order they are shown. */
export const captionsOf = (evidence: readonly EvidenceItem[]): EvidenceItem[] =>
  evidence
    .filter((item) => item.kind === "caption" && typeof item.value === "string" && item.end > item.start)
    .toSorted((a, b) => a.start - b.start);

const tracks = new WeakMap<HTMLVideoElement, TextTrack>();

/** Puts the captions on the video as a track of its own, once, and shows or hides it. */
export function showCaptions(
  video: HTMLVideoElement,
  captions: readonly EvidenceItem[],
  shown: boolean,
): void {
  if (captions.length === 0) return;
  const track = tracks.get(video) ?? video.addTextTrack("captions");
  if (!tracks.has(video)) {
    tracks.set(video, track);
    for (const { start, end, value } of captions) track.addCue(new VTTCue(start, end, String(value)));
  }
  track.mode = shown ? "showing" : "hidden";
}
