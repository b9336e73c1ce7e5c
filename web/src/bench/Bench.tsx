import { useDocumentTitle } from "@mantine/hooks";
import {
  useCallback,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from "react";
import { useLocation } from "wouter";
import type { EvidenceItem } from "../api/types";
import { useWords } from "../i18n/useWords";
import { useSession } from "../session";
import { Loading } from "../ui/State";
import classes from "./Bench.module.css";
import { BenchContext, FormContext, type BenchHere } from "./context";
import { Between } from "./desk/Between";
import { Cases } from "./desk/Cases";
import type { Desk } from "./desk/Desk";
import { Head } from "./desk/Head";
import { Last } from "./desk/Last";
import { Precedents } from "./desk/Precedents";
import { Refused } from "./desk/Refused";
import { StopWork } from "./desk/StopWork";
import { Form } from "./form/Form";
import { Lanes } from "./lanes/Lanes";
import { Stage } from "./player/Stage";
import { Storyboard } from "./player/Storyboard";
import { isTall } from "./player/tall";
import { Transport } from "./player/Transport";
import { useBenchCommands } from "./useBenchCommands";
import { useCare } from "./useCare";
import { useDesk } from "./useDesk";
import { useDeck } from "./useDeck";
import { words } from "./words";

/** The review bench: a video, the question in view, and everything said so far. */
export default function Bench(): ReactElement {
  const { person } = useSession();
  const { t } = useWords(words);
  useDocumentTitle(`${t("review")} · Tilik`);
  const desk = useDesk(person.id);
  return (
    <main id="content" tabIndex={-1} className={classes.bench}>
      {desk ? <AtWork key={person.id} desk={desk} /> : <Loading />}
    </main>
  );
}

/** The bench over a desk; `head` stands in the place of the head line, where the work is not of the queue. */
export function AtWork({ desk, head }: { desk: Desk; head?: ReactNode }): ReactElement {
  const view = useSyncExternalStore(desk.subscribe, desk.snapshot);
  const { t } = useWords(words);
  const { stopped, resting, queue } = view.bench;
  const front = queue[0] ?? null;
  const item = stopped || resting || front?.lost ? null : front;
  const { deck, deckState, recorder } = useDeck(desk, item);
  const [chosen, setChosen] = useState<EvidenceItem | null>(null);
  const [reading, setReading] = useState(false);
  const [looking, setLooking] = useState(false);
  const openLast = useCallback(() => setLooking(true), []);
  useCare(desk, recorder);
  const [, navigate] = useLocation();
  const uncertified = !front && !resting && view.bench.supply === "uncertified";
  const enter = useCallback(() => {
    if (uncertified) return navigate("/practice");
    recorder.beat(Date.now(), !document.hidden, deck.playing);
    desk.enter(item ? recorder.watched() : null);
  }, [desk, deck, item, navigate, recorder, uncertified]);
  const here = useMemo<BenchHere>(
    () => ({ view, desk, deck, deckState, item, enter, openLast }),
    [view, desk, deck, deckState, item, enter, openLast],
  );
  useBenchCommands(here, setChosen);
  return (
    <BenchContext value={here}>
      {head ?? <Head onRefused={() => setReading(true)} />}
      {stopped ? (
        <StopWork />
      ) : (
        <>
          <section
            className={classes.watch}
            data-tall={(item && isTall(item.task)) || undefined}
            aria-label={t("watch")}
          >
            <div className={classes.picture}>
              <Stage />
              <Between />
            </div>
            <Transport />
            <Storyboard />
            <Lanes chosen={chosen && item?.task.evidence.includes(chosen) ? chosen : null} />
          </section>
          <FormContext value={here}>
            <Form beside={item && <Precedents item={item} />} />
          </FormContext>
        </>
      )}
      {looking && <Last onClose={() => setLooking(false)} />}
      {item && <Cases item={item} />}
      <Refused opened={reading} onClose={() => setReading(false)} />
    </BenchContext>
  );
}
