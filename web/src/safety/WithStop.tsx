import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement, type ReactNode } from "react";
import { get, post } from "../api/fetch";
import { retryDelay, worthRetrying } from "../api/query";
import { words as benchWords } from "../bench/words";
import type { Guideline } from "../guideline";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { command } from "../keys/entries";
import { Page } from "../ui/Page";
import { Failed, State } from "../ui/State";
import { Stopping, type Choice } from "./Stopping";
import { words } from "./words";

/** A video as it is named here: by the task it is seen in or, on its own page, by its own id. */
type Named = { task: string } | { video: string };
/** One of several on a screen; its player carries `mark` as `data-of`. */
type Shown = Choice & { of: Named };

type Props = {
  /** The video that is shown, or the videos. */
  of: Named | readonly Shown[];
  /** Hash of the guideline whose escalations may be chosen. */
  guideline: string;
  /** What shows the video, and all that is said about it. */
  children: ReactNode;
  /** The heading of the report's page, where `children` are all of a page. */
  title?: string;
  /** It was reported: go on with something else. */
  onStopped(): void;
};

type Report = Partial<Record<"task" | "video", string>> & {
  key: string;
  escalation: string;
  at: number;
  note: string | null;
  impersonal: boolean;
};
type Stopped = { key: string; stood: ReadonlyMap<string, number>; first: string };

/** Stop-work beside a video that is seen but not judged: all of it goes at once, and is reported or comes back. */
export function WithStop({ of, guideline, children, title, onStopped }: Props): ReactElement {
  const { t } = useWords(benchWords);
  const { t: own } = useWords(words);
  const [stopped, setStopped] = useState<Stopped | null>(null);
  const choices: readonly Shown[] = "length" in of ? of : [{ mark: "", name: "", of }];
  const [chosen, setChosen] = useState("");
  const known = useQuery({
    queryKey: ["guideline", guideline],
    queryFn: () => get<Guideline>(`/api/guidelines/${guideline}`),
    staleTime: Infinity,
  });
  const send = useMutation({
    mutationFn: (report: Report) => post<unknown>("/api/library/stop-work", report, { keepalive: true }),
    // The key makes a repetition harmless, so what did not arrive is sent until it does.
    retry: worthRetrying,
    retryDelay,
    onSuccess: onStopped,
  });
  useCommands([
    command(
      "bench.stop",
      () => {
        const dropped = dropEverything();
        setStopped({ key: crypto.randomUUID(), ...dropped });
        setChosen(dropped.first);
      },
      () => stopped === null && choices.length > 0,
    ),
  ]);
  if (stopped === null) return <>{children}</>;
  const meant = choices.find(({ mark }) => mark === chosen) ?? choices[0];
  const report = (escalation: string, note: string, impersonal: boolean): void => {
    if (!meant) return;
    const at = stopped.stood.get(meant.mark) ?? 0;
    const said = note.trim() === "" ? null : note.trim();
    send.mutate({ key: stopped.key, ...meant.of, escalation, at, note: said, impersonal });
  };
  const asked =
    send.isPending || send.isSuccess ? (
      <State title={own(send.isPending ? "reporting" : "reported")} />
    ) : (
      <>
        {send.error && <Failed error={send.error} />}
        <Stopping
          more={t("stopMore")}
          which={choices.length > 1 ? { choices, chosen: meant?.mark ?? "", onChoose: setChosen } : null}
          escalations={known.data?.escalations ?? []}
          onLeave={() => setStopped(null)}
          onSend={report}
        />
      </>
    );
  return title === undefined ? asked : <Page title={title}>{asked}</Page>;
}

/** Not a frame more, and not a byte left in a player; tells where each stood, and which was on. */
function dropEverything(): Pick<Stopped, "stood" | "first"> {
  const stood = new Map<string, number>();
  let [first, most] = ["", -1];
  for (const video of document.querySelectorAll("video")) {
    const mark = video.dataset["of"] ?? "";
    stood.set(mark, Math.max(stood.get(mark) ?? 0, video.currentTime));
    const on = video.paused ? Math.min(1, video.played.length) : 2;
    if (on > most) [first, most] = [mark, on];
    video.pause();
    video.hidden = true;
    video.removeAttribute("poster");
    video.removeAttribute("src");
    video.load();
  }
  return { stood, first };
}
