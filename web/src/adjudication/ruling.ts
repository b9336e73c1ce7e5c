import type {
  Answers,
  Contested,
  Language,
  NewAdjudication,
  NewDisputeRuling,
  Ruled,
  Side,
  SideError,
  Task,
} from "../api/types";
import { bench } from "../bench/desk/reduce";
import { emptyBench, type Bench, type Command } from "../bench/desk/state";
import { emptyDraft, isComplete, type Draft } from "../bench/form/draft";
import { stopAt, SUBMIT } from "../bench/form/stops";
import { decide, type Guideline } from "../guideline";
import { saysImpersonal } from "../privacy/stating";

/** The error codes in the order of their digits. */
export const ERRORS: readonly SideError[] = [
  "none",
  "missed",
  "over-called",
  "wrong-label",
  "wrong-level",
  "guideline-silent",
  "technical",
];

/** The word for each error code. */
export const errorName = {
  none: "none_error",
  missed: "missed",
  "over-called": "over_called",
  "wrong-label": "wrong_label",
  "wrong-level": "wrong_level",
  "guideline-silent": "guideline_silent",
  technical: "technical",
} as const satisfies Record<SideError, string>;

export type Begun = "a" | "b" | "own";
export type Stage = "begin" | "form" | "error-a" | "error-b" | "reason";

/** One adjudicator's work on one contested task. */
export type Work = {
  readonly task: Contested;
  readonly guideline: Guideline;
  readonly stage: Stage;
  readonly begun: Begun | null;
  /** Of a dispute: the ruling stands as it is. */
  readonly upheld: boolean;
  readonly bench: Bench;
  readonly errorA: SideError | null;
  readonly errorB: SideError | null;
  readonly reason: string;
  readonly past: readonly Work[];
};

export type Act =
  | { readonly type: "begin"; readonly from: Begun }
  | { readonly type: "uphold" }
  | { readonly type: "form"; readonly command: Command }
  | { readonly type: "settle" }
  | { readonly type: "error"; readonly error: SideError }
  | { readonly type: "accept" }
  | { readonly type: "reason"; readonly text: string }
  | { readonly type: "back" };

export const beginWork = (task: Contested, guideline: Guideline): Work => ({
  task,
  guideline,
  stage: "begin",
  begun: null,
  upheld: false,
  bench: emptyBench(""),
  errorA: null,
  errorB: null,
  reason: "",
  past: [],
});

/** The whole of it: what an act makes of the work. */
export function work(state: Work, act: Act): Work {
  switch (act.type) {
    case "begin":
      return onward(state, { stage: "form", begun: act.from, upheld: false, bench: formOf(state, act.from) });
    case "uphold":
      return onward(state, { stage: "reason", begun: null, upheld: true });
    case "form":
      return { ...state, bench: bench(state.bench, act.command) };
    case "settle":
      return ready(state) ? onward(state, { stage: "error-a" }) : state;
    case "error":
      return judged(state, act.error);
    case "accept":
      return state.stage === "error-a" || state.stage === "error-b"
        ? judged(state, errorHere(state) ?? suggested(state))
        : state;
    case "reason":
      return { ...state, reason: act.text };
    case "back": {
      const before = state.past.at(-1);
      return before ? { ...before, reason: state.reason } : state;
    }
  }
}

const onward = (state: Work, change: Partial<Work>): Work => ({
  ...state,
  ...change,
  past: [...state.past, { ...state, past: [] }].map((one, n, all) => ({ ...one, past: all.slice(0, n) })),
});

function judged(state: Work, error: SideError): Work {
  if (state.stage === "error-a") return onward(state, { errorA: error, stage: "error-b" });
  return state.stage === "error-b" ? onward(state, { errorB: error, stage: "reason" }) : state;
}

const errorHere = (state: Work): SideError | null =>
  state.stage === "error-a" ? state.errorA : state.stage === "error-b" ? state.errorB : null;

/** What is on its way: where to, and the work it came from, to be taken up again by an undo. */
export type Parcel = { readonly work: Work } & (
  | { readonly to: "/api/adjudication/rulings"; readonly body: NewAdjudication }
  | { readonly to: "/api/adjudication/disputes"; readonly body: NewDisputeRuling }
);

/** What differs between the side in question and the ruling, named as an error code. */
export function suggested(state: Work): SideError {
  const side = state.stage === "error-b" ? state.task.b : state.task.a;
  return errorOf(state.guideline, side.answers as Answers, draftHere(state).answers);
}

export function errorOf(guideline: Guideline, said: Answers, ruled: Answers): SideError {
  const [theirs, ours] = [decide(guideline, said), decide(guideline, ruled)];
  const clear = (levels: Readonly<Record<string, number>>): string[] =>
    Object.keys(levels).filter((code) => (levels[code] ?? 0) >= 2);
  const [saw, there] = [clear(theirs.labels), clear(ours.labels)];
  const missed = there.filter((code) => !saw.includes(code));
  const extra = saw.filter((code) => !there.includes(code));
  if (missed.length > 0 && extra.length > 0) return "wrong-label";
  if (missed.length > 0) return "missed";
  if (extra.length > 0) return "over-called";
  return there.some((code) => theirs.labels[code] !== ours.labels[code]) ? "wrong-level" : "none";
}

/** A side as a draft of the form, so that it reads, and can be changed, as one's own. */
export const draftOfSide = (side: Side): Draft => ({
  ...emptyDraft,
  answers: side.answers as Answers,
  marks: side.marks,
  notes: side.notes,
  cursor: { stop: SUBMIT, part: "answer" },
});

/** A contested task in the shape of any other, for the player and the form. */
export function taskOf(task: Contested): Task | null {
  return (
    task.media && {
      task: task.task,
      lease: { id: task.lease, until: task.until },
      guideline: task.guideline,
      blind: true,
      title: task.title,
      media: task.media,
      evidence: task.evidence,
      earlier: null,
    }
  );
}

const NOTHING = { condition: "", duration: 0, width: 0, height: 0, fps: null, playback: null } as const;

function formOf(state: Work, from: Begun): Bench {
  const { task, guideline } = state;
  const shown = taskOf({
    ...task,
    media: task.media ?? { ...NOTHING, poster: null, storyboard: null, loudness: null },
  });
  const draft = from === "own" ? emptyDraft : draftOfSide(task[from]);
  return shown
    ? { ...emptyBench(""), queue: [{ task: shown, guideline, draft, lost: null }] }
    : emptyBench("");
}

export const draftHere = (state: Work): Draft => state.bench.queue[0]?.draft ?? emptyDraft;

/** At the end of the form, with nothing open. */
export function ready(state: Work): boolean {
  const draft = draftHere(state);
  return (
    state.stage === "form" &&
    stopAt(state.guideline, draft).id === SUBMIT &&
    isComplete(state.guideline, draft)
  );
}

/** The third person's answers as they are posted. */
export function ruledOf(state: Work, seconds: number, language: Language): Ruled {
  const { answers, marks, notes, stated } = draftHere(state);
  return {
    guideline: state.task.guideline,
    answers,
    marks: [...marks],
    notes: Object.fromEntries(
      Object.entries(notes)
        .map(([id, note]) => [id, note.trim()] as const)
        .filter(([, note]) => note !== ""),
    ),
    begun: state.begun ?? "own",
    error_a: state.errorA ?? "none",
    error_b: state.errorB ?? "none",
    active_seconds: seconds,
    language,
    impersonal: saysImpersonal(Object.values(notes), stated ?? []),
  };
}
