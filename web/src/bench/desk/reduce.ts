import {
  choose,
  goTo,
  pressDigit,
  pressEnter,
  state as stateImpersonal,
  stepBack,
  write,
  type Turn,
} from "../form/answering";
import { judgementOf, type Draft } from "../form/draft";
import { markIn, markOut, unmark } from "../form/marking";
import { firstOpen, pages, stopAt, SUBMIT } from "../form/stops";
import { HOLD, seal } from "../outbox/entry";
import type { Bench, Command, Item, Stamp } from "./state";
import { chooseEscalation, leaveChooser, sendStop, stopWork } from "./stopWork";
import { arrive, lose, put, refresh, renew } from "./supply";
import { putBack, reopen, rest } from "./rest";
import { callBack, sentAway, undo } from "./undo";

/** The whole bench: what a command makes of a state. No clock, no network, no DOM. */
export function bench(state: Bench, command: Command): Bench {
  switch (command.type) {
    case "digit":
      return state.stopped ? chooseEscalation(state, command.digit) : pressed(state, command.digit);
    case "enter":
      return enter(state, command.stamp);
    case "back":
      return turn(state, (item) => stepBack(item.guideline, item.draft));
    case "choose":
      return state.stopped && typeof command.option === "string"
        ? { ...state, stopped: { ...state.stopped, choice: command.option } }
        : turn(state, (item) => choose(item.guideline, item.draft, command.stop, command.option));
    case "go":
      return turn(state, (item) => goTo(item.guideline, item.draft, command.stop));
    case "write":
      return quietly(state, (item) => write(item.draft, command.question, command.text).draft);
    case "state":
      return quietly(state, (item) => stateImpersonal(item.draft, command.numbers));
    case "mark-in":
      return turn({ ...state, loop: null }, (item) => markIn(item.draft, command.at));
    case "mark-out":
      return marked(state, command.at);
    case "unmark":
      return turn({ ...state, loop: null }, (item) => ({
        draft: unmark(item.draft, command.question, command.span),
        nudge: null,
      }));
    case "loop":
      return { ...state, loop: command.span };
    case "undo":
      return undo(state);
    case "taken-back":
      return callBack(state, command.key);
    case "gone":
      return sentAway(state, command.key, command.late);
    case "watched":
      return put(state, command.task, (item) => ({
        ...item,
        draft: { ...item.draft, watched: command.watched },
      }));
    case "rest":
      return rest(state, command.why);
    case "due":
      return state.due ? state : { ...state, due: command.why };
    case "reopened":
      return reopen(state, command.item);
    case "put-back":
      return putBack(state, command.task);
    case "stop":
      return stopWork(state, command.at, command.now);
    case "escape":
      return leaveChooser(state, command.now);
    case "stop-note":
      return state.stopped ? { ...state, stopped: { ...state.stopped, note: command.text } } : state;
    case "stop-state":
      return state.stopped ? { ...state, stopped: { ...state.stopped, stated: command.numbers } } : state;
    case "stopped-before":
      return { ...state, stopped: command.stopped };
    case "stop-over":
      return { ...state, stopped: null };
    case "arrived":
      return arrive(state, command.items);
    case "renewed":
      return renew(state, command.task, command.until);
    case "lost":
      return lose(state, command.task, command.words);
    case "refreshed":
      return refresh(state, command.task);
    case "supply":
      return { ...state, supply: command.supply };
    case "stowed":
      return { ...state, outgoing: state.outgoing.filter((entry) => entry.key !== command.key) };
  }
}

const HISTORY = 100;

/** Applies a turn to the item on screen and keeps the way back. */
function turn(state: Bench, how: (item: Item) => Turn): Bench {
  const item = onScreen(state);
  if (!item) return state;
  const { draft, nudge } = how(item);
  if (nudge) return { ...state, nudge: { code: nudge, count: (state.nudge?.count ?? 0) + 1 } };
  const moved = draft.cursor.stop !== item.draft.cursor.stop;
  return {
    ...replace(state, { ...item, draft }),
    past: [...state.past, item.draft].slice(-HISTORY),
    page: moved ? 0 : state.page,
    loop: moved ? null : state.loop,
    nudge: null,
  };
}

/** A change that undo does not step over, such as each letter of a reason. */
function quietly(state: Bench, how: (item: Item) => Draft): Bench {
  const item = onScreen(state);
  return item ? replace({ ...state, nudge: null }, { ...item, draft: how(item) }) : state;
}

function pressed(state: Bench, digit: number): Bench {
  const item = onScreen(state);
  const count = item ? pages(stopAt(item.guideline, item.draft)) : 1;
  if (digit === 0 && count > 1) return { ...state, page: (state.page + 1) % count };
  return turn(state, ({ guideline, draft }) => pressDigit(guideline, draft, digit, state.page));
}

function marked(state: Bench, at: number): Bench {
  const item = onScreen(state);
  if (!item) return state;
  const result = markOut(item.draft, at, item.task.media.duration);
  return { ...turn(state, () => result), loop: result.span ?? state.loop };
}

function enter(state: Bench, stamp: Stamp): Bench {
  if (state.stopped) return sendStop(state, stamp);
  if (state.resting) return { ...state, resting: null };
  const item = onScreen(state);
  if (!item) return state;
  if (item.lost)
    return { ...state, queue: state.queue.slice(1), quiet: false, past: [], loop: null, page: 0 };
  if (stopAt(item.guideline, item.draft).id !== SUBMIT) {
    return turn(state, ({ guideline, draft }) => pressEnter(guideline, draft));
  }
  const open = firstOpen(item.guideline, item.draft);
  if (!open) return submit(state, item, stamp);
  return turn(state, ({ draft }) => ({ draft: { ...draft, cursor: open }, nudge: null }));
}

/** Into the outbox, four seconds in hand, and the next item at once. */
function submit(state: Bench, item: Item, { now, key, language }: Stamp): Bench {
  const body = judgementOf(item.task, item.draft, key, language);
  const { title } = item.task;
  const entry = seal({ kind: "judgement", body }, { person: state.person, title, now, hold: HOLD });
  return {
    ...state,
    queue: state.queue.slice(1),
    held: { key, until: entry.heldUntil, item },
    quiet: false,
    resting: state.due,
    reminded: state.due === "break",
    due: null,
    outgoing: [...state.outgoing, entry],
    past: [],
    page: 0,
    loop: null,
    nudge: null,
  };
}

/** The item that keys may touch: none while work is stopped or the reader rests. */
function onScreen(state: Bench): Item | null {
  return state.stopped || state.resting ? null : (state.queue[0] ?? null);
}

const replace = (state: Bench, item: Item): Bench => ({ ...state, queue: [item, ...state.queue.slice(1)] });
