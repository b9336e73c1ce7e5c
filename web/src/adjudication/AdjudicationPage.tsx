import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState, type ReactElement } from "react";
import { get, post } from "../api/fetch";
import { retryDelay, worthRetrying } from "../api/query";
import type { Contested, NextContested, SavedRuling } from "../api/types";
import { HOLD } from "../bench/outbox/entry";
import type { Guideline } from "../guideline";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { WithStop } from "../safety/WithStop";
import { Page } from "../ui/Page";
import { Failed, State } from "../ui/State";
import classes from "./Adjudication.module.css";
import { Desk } from "./Desk";
import { useUndo } from "./keys";
import { beginWork, type Parcel, type Work } from "./ruling";
import { words } from "./words";

const next = ["adjudication", "next"];

/** Contested tasks, one at a time: two people's answers side by side, without names, and a third's ruling. */
export default function AdjudicationPage(): ReactElement {
  const { t } = useWords(words);
  const client = useQueryClient();
  const task = useQuery({
    queryKey: next,
    queryFn: () => post<NextContested>("/api/adjudication/next", {}),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const send = useMutation({
    mutationFn: ({ to, body }: Parcel) => post<SavedRuling>(to, body, { keepalive: true }),
    // The key makes a repetition harmless, so what did not arrive is sent until it does.
    retry: worthRetrying,
    retryDelay,
    onSuccess: () => client.refetchQueries({ queryKey: next }),
  });
  const { held, hold, callBack } = useHold(send.mutate);
  const release = useMutation({
    mutationFn: (lease: string) => post<void>(`/api/adjudication/leases/${lease}/release`, {}),
    onSuccess: () => client.refetchQueries({ queryKey: next }),
  });
  const [again, setAgain] = useState<Work | null>(null);
  const undo = (): void => setAgain(callBack());
  const waiting = task.data?.waiting ?? 0;
  const problem = send.error ?? release.error;
  return (
    <Page title={t("title")} aside={<span className={classes.soft}>{t("waiting", { count: waiting })}</span>}>
      {problem && <Failed error={problem} />}
      {held || send.isPending ? (
        <State title={t("held")}>
          {held && (
            <Button variant="default" onClick={undo} aria-keyshortcuts="Z">
              {t("undo")}
            </Button>
          )}
        </State>
      ) : (
        <Answer query={task}>
          {(found) =>
            found.task ? (
              <Reading
                key={found.task.lease}
                task={found.task}
                again={again?.task.lease === found.task.lease ? again : null}
                onSend={hold}
                onRelease={release.mutate}
                onStopped={() => void client.refetchQueries({ queryKey: next })}
              />
            ) : (
              <State title={t("none")}>
                <p>{t("noneMore")}</p>
              </State>
            )
          }
        </Answer>
      )}
      {held && <UndoKey onUndo={undo} />}
    </Page>
  );
}

type ReadingProps = {
  task: Contested;
  again: Work | null;
  onSend(parcel: Parcel): void;
  onRelease(lease: string): void;
  onStopped(): void;
};

function Reading({ task, again, onSend, onRelease, onStopped }: ReadingProps): ReactElement {
  const guideline = useQuery({
    queryKey: ["guideline", task.guideline],
    queryFn: () => get<Guideline>(`/api/guidelines/${task.guideline}`),
    staleTime: Infinity,
  });
  return (
    <Answer query={guideline}>
      {(document) => (
        <WithStop of={{ task: task.task }} guideline={task.guideline} onStopped={onStopped}>
          <Desk
            start={again ?? beginWork(task, document)}
            onSend={onSend}
            onRelease={() => onRelease(task.lease)}
          />
        </WithStop>
      )}
    </Answer>
  );
}

/** A ruling stays in hand for as long as a judgement does on the bench; leaving the page sends it. */
function useHold(send: (parcel: Parcel) => void) {
  const [held, setHeld] = useState<Parcel | null>(null);
  const now = useRef<Parcel | null>(null);
  const timer = useRef(0);
  const go = useCallback(() => {
    const parcel = now.current;
    now.current = null;
    window.clearTimeout(timer.current);
    setHeld(null);
    if (parcel) send(parcel);
  }, [send]);
  useEffect(() => {
    window.addEventListener("pagehide", go);
    return () => {
      window.removeEventListener("pagehide", go);
      go();
    };
  }, [go]);
  const hold = (parcel: Parcel): void => {
    now.current = parcel;
    setHeld(parcel);
    timer.current = window.setTimeout(go, HOLD);
  };
  const callBack = (): Work | null => {
    const parcel = now.current;
    now.current = null;
    window.clearTimeout(timer.current);
    setHeld(null);
    return parcel?.work ?? null;
  };
  return { held, hold, callBack };
}

function UndoKey({ onUndo }: { onUndo(): void }): null {
  useUndo(onUndo);
  return null;
}
