import type { Language, Task } from "../../api/types";
import { bench } from "../../bench/desk/reduce";
import { emptyBench, type Bench, type Command, type Item } from "../../bench/desk/state";
import { emptyDraft, withAnswers, type Draft } from "../../bench/form/draft";
import type { Guideline } from "..";

/** A video that is not there: enough for the form, which only reads the guideline. */
const task: Task = {
  task: "rehearsal",
  lease: { id: "rehearsal", until: "9999-12-31T00:00:00Z" },
  guideline: "",
  blind: true,
  title: null,
  media: {
    condition: "ready",
    duration: 60,
    width: 1080,
    height: 1920,
    fps: 30,
    playback: null,
    poster: null,
    storyboard: null,
    loudness: null,
  },
  evidence: [],
  earlier: null,
};

const itemOf = (guideline: Guideline, draft: Draft): Item => ({ task, guideline, draft, lost: null });

/** The bench's own reducer before a guideline that is still being written. Nothing leaves it. */
export const rehearsal = (guideline: Guideline, draft: Draft = emptyDraft): Bench =>
  bench(emptyBench("rehearsal"), { type: "arrived", items: [itemOf(guideline, draft)] });

/** One command; a judgement that is complete is put away, and the form begins again. */
export function rehearse(state: Bench, command: Command): Bench {
  const guideline = state.queue[0]?.guideline;
  const next = bench(state, command);
  return next.queue.length === 0 && guideline ? rehearsal(guideline) : next;
}

/** The text changed under the answers: what it still asks stays answered. */
export function retold(state: Bench | null, guideline: Guideline): Bench {
  const draft = state?.queue[0]?.draft;
  return rehearsal(guideline, draft && withAnswers(guideline, draft, {}));
}

export const enter = (language: Language): Command => ({
  type: "enter",
  stamp: { now: 0, key: "rehearsal", language },
});
