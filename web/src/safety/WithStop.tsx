import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement, type ReactNode } from "react";
import { get, post } from "../api/fetch";
import { retryDelay, worthRetrying } from "../api/query";
import { words as benchWords } from "../bench/words";
import type { Guideline } from "../guideline";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { command } from "../keys/entries";
import { Failed, State } from "../ui/State";
import { Stopping } from "./Stopping";
import { words } from "./words";

type Props = {
  task: string;
  /** Hash of the guideline whose escalations may be chosen. */
  guideline: string;
  /** What shows the video, and all that is said about it. */
  children: ReactNode;
  /** It was reported: go on with something else. */
  onStopped(): void;
};

type Report = { key: string; task: string; escalation: string; at: number; note: string | null };

/** Stop-work beside a video that is seen but not judged: all of it goes at once, and is reported or comes back. */
export function WithStop({ task, guideline, children, onStopped }: Props): ReactElement {
  const { t } = useWords(benchWords);
  const { t: own } = useWords(words);
  const [stopped, setStopped] = useState<{ key: string; at: number } | null>(null);
  const known = useQuery({
    queryKey: ["guideline", guideline],
    queryFn: () => get<Guideline>(`/api/guidelines/${guideline}`),
    staleTime: Infinity,
  });
  const send = useMutation({
    mutationFn: (report: Report & { impersonal: boolean }) =>
      post<unknown>("/api/library/stop-work", report, { keepalive: true }),
    // The key makes a repetition harmless, so what did not arrive is sent until it does.
    retry: worthRetrying,
    retryDelay,
    onSuccess: onStopped,
  });
  useCommands([
    command(
      "bench.stop",
      () => {
        const at = dropEverything();
        setStopped({ key: crypto.randomUUID(), at });
      },
      () => stopped === null,
    ),
  ]);
  if (stopped === null) return <>{children}</>;
  if (send.isPending) return <State title={own("reporting")} />;
  return (
    <>
      {send.error && <Failed error={send.error} />}
      <Stopping
        more={t("stopMore")}
        escalations={known.data?.escalations ?? []}
        onLeave={() => setStopped(null)}
        onSend={(escalation, note, impersonal) =>
          send.mutate({
            ...stopped,
            task,
            escalation,
            note: note.trim() === "" ? null : note.trim(),
            impersonal,
          })
        }
      />
    </>
  );
}

/** Not a frame more, and not a byte left in a player; returns the second at which it stood. */
function dropEverything(): number {
  let stood = 0;
  for (const video of document.querySelectorAll("video")) {
    stood = Math.max(stood, video.currentTime);
    video.pause();
    video.hidden = true;
    video.removeAttribute("poster");
    video.removeAttribute("src");
    video.load();
  }
  return stood;
}
