import { inTheWay, saysImpersonal } from "../../privacy/stating";
import { seal } from "../outbox/entry";
import type { Bench, Stamp } from "./state";

/** A panicked third Escape must not bring the picture back (ms). */
const STEADY = 1_200;

/** Everything of the item leaves the screen; what remains is a choice of escalations. */
export function stopWork(state: Bench, at: number, now: number): Bench {
  const item = state.queue[0];
  if (!item || state.stopped || state.resting) return state;
  const stopped = { task: item.task.task, at: Math.max(0, at), since: now, choice: null, note: "" };
  return { ...state, stopped, loop: null, nudge: null };
}

/** Back to the item, only while nothing has been chosen: it was a slip. */
export function leaveChooser(state: Bench, now: number): Bench {
  const { stopped } = state;
  if (!stopped || stopped.choice !== null || now - stopped.since < STEADY) return state;
  return { ...state, stopped: null, quiet: true };
}

export function chooseEscalation(state: Bench, digit: number): Bench {
  const code = state.queue[0]?.guideline.escalations[digit - 1]?.code;
  if (!state.stopped || !code) return state;
  return { ...state, stopped: { ...state.stopped, choice: code } };
}

/** Seals the report, forgets the draft and everything that could bring it back, and lets the reader rest. */
export function sendStop(state: Bench, { now, key }: Stamp): Bench {
  const { stopped } = state;
  const item = state.queue[0];
  const escalation = item?.guideline.escalations.find((one) => one.code === stopped?.choice);
  if (!stopped || !item || !escalation) return state;
  const note = escalation.text_fields_disabled ? "" : stopped.note.trim();
  if (inTheWay([note], stopped.stated ?? []).length > 0) return state;
  const body = {
    key,
    task: item.task.task,
    lease: item.task.lease.id,
    escalation: escalation.code,
    at: stopped.at,
    note: note === "" ? null : note,
    impersonal: saysImpersonal([note], stopped.stated ?? []),
  };
  // The title may be part of the harm, so it does not go into the record kept in this browser.
  const entry = seal({ kind: "stop-work", body }, { person: state.person, title: null, now, hold: 0 });
  return {
    ...state,
    queue: state.queue.slice(1),
    stopped: null,
    resting: "stop",
    quiet: false,
    past: [],
    page: 0,
    outgoing: [...state.outgoing, entry],
  };
}
