import type { EvidenceItem } from "../api/types";
import { useCommands, type Command } from "../keys";
import { command } from "../keys/entries";
import { changePreferences, useSession } from "../session";
import type { BenchHere } from "./context";
import { TOO_MUCH } from "./form/skip";
import { nextEvidence } from "./lanes/lanes";
import { faster, nextSpeed } from "./player/Deck";

/** Everything the bench's keys do; what each is called and its keys stand in the registry. */
export function useBenchCommands(here: BenchHere, choose: (item: EvidenceItem) => void): void {
  useCommands([...stopCommands(here), ...usePlayerCommands(here, choose), ...formCommands(here)]);
}

/** First and always on: nothing may stand before stopping. */
function stopCommands({ view, deck, desk }: BenchHere): Command[] {
  const { stopped, resting, queue } = view.bench;
  const stop = (): void => {
    const at = deck.position;
    deck.drop();
    desk.dispatch({ type: "stop", at, now: Date.now() });
  };
  const escape = (): void => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    desk.dispatch({ type: "escape", now: Date.now() });
  };
  return [
    command("bench.stop", stop, () => !stopped && !resting && queue.length > 0),
    command("bench.escape", escape),
  ];
}

function usePlayerCommands({ deck, desk, item }: BenchHere, choose: (item: EvidenceItem) => void): Command[] {
  const { speed, muted, blur, grey, half, captions } = useSession().preferences;
  const here = (): boolean => item !== null;
  const next = (): void => {
    const found = item && nextEvidence(item.task.evidence, deck.position);
    if (!found) return;
    desk.dispatch({ type: "loop", span: null });
    deck.seek(found.start);
    choose(found);
  };
  const mark = (type: "mark-in" | "mark-out") => (): void => desk.dispatch({ type, at: deck.position });
  return [
    command("bench.play", () => deck.toggle(), here),
    command("bench.back", () => deck.by(-3), here),
    command("bench.faster", () => changePreferences({ speed: faster(speed) })),
    command("bench.frameBack", (held) => deck.step(-1, held), here),
    command("bench.frameOn", (held) => deck.step(1, held), here),
    command("bench.markIn", mark("mark-in"), here),
    command("bench.markOut", mark("mark-out"), here),
    command("bench.next", next, here),
    command("bench.speed", () => changePreferences({ speed: nextSpeed(speed) })),
    command("bench.blur", () => changePreferences({ blur: !blur })),
    command("bench.grey", () => changePreferences({ grey: !grey })),
    command("bench.mute", () => changePreferences({ muted: !muted })),
    command("bench.half", () => changePreferences({ half: !half })),
    command("bench.captions", () => changePreferences({ captions: !captions })),
  ];
}

function formCommands({ desk, deck, item, view, enter, openLast }: BenchHere): Command[] {
  const digits = Array.from({ length: 10 }, (_, digit) =>
    command(`bench.digit${digit}`, () => desk.dispatch({ type: "digit", digit })),
  );
  const idle = (): boolean => !view.bench.stopped && !view.bench.resting;
  const spare = item?.guideline.assessability.codes.find((one) => one.code === TOO_MUCH);
  const skip = (): void => {
    deck.pause();
    desk.dispatch({ type: "choose", stop: "assessable", option: TOO_MUCH });
  };
  const again = (): void => {
    if (item?.task.earlier) void desk.putBack(item.task);
    else openLast();
  };
  return [
    command("bench.enter", enter),
    command("bench.back-step", () => desk.dispatch({ type: "back" })),
    command("bench.undo", () => void desk.undo()),
    command("bench.edge", () => desk.dispatch({ type: "go", stop: "edge_case" })),
    command("bench.last", again, idle),
    command("bench.skip", skip, () => spare !== undefined),
    command("bench.pause", () => desk.dispatch({ type: "rest", why: "break" }), idle),
    ...digits,
  ];
}
