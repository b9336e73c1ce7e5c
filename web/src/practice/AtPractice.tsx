import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useLocation } from "wouter";
import { get } from "../api/fetch";
import type { Burst, Feedback } from "../api/types";
import { AtWork } from "../bench/Bench";
import bench from "../bench/Bench.module.css";
import { useWords } from "../i18n/useWords";
import { useSession } from "../session";
import { Page } from "../ui/Page";
import { Loading } from "../ui/State";
import { Accuracy } from "./Accuracy";
import { verdictOf } from "./compare";
import { FeedbackPanel } from "./FeedbackPanel";
import classes from "./Practice.module.css";
import { usePracticeDesk } from "./usePracticeDesk";
import { words } from "./words";

type Props = { burst: Burst; onLeave(): void };

/** A burst under way: the bench, then the feedback, in turn. */
export function AtPractice({ burst, onLeave }: Props): ReactElement {
  const { person } = useSession();
  const { t } = useWords(words);
  useDocumentTitle(`${t("title")} · Tilik`);
  const { desk, judged, done, over, goOn } = usePracticeDesk(person.id, burst);
  const number = Math.min(done.length + (judged ? 0 : 1), burst.total);
  const head = (
    <header className={classes.head}>
      <h1>{t("at", { n: number, total: burst.total })}</h1>
      <Button variant="subtle" size="compact-sm" onClick={onLeave}>
        {t("stop")}
      </Button>
    </header>
  );
  if (over) return <End tasks={done} onLeave={onLeave} />;
  if (!desk) {
    return (
      <main id="content" tabIndex={-1}>
        <Loading />
      </main>
    );
  }
  if (judged) {
    return (
      <main id="content" tabIndex={-1} className={classes.page}>
        {head}
        <FeedbackPanel {...judged} last={done.length >= burst.total} onNext={goOn} />
      </main>
    );
  }
  return (
    <main id="content" tabIndex={-1} className={bench.bench}>
      <AtWork desk={desk} head={head} />
    </main>
  );
}

/** What came of the burst. */
function End({ tasks, onLeave }: { tasks: readonly string[]; onLeave(): void }): ReactElement {
  const { t } = useWords(words);
  const [, navigate] = useLocation();
  const told = useQueries({
    queries: tasks.map((task) => ({
      queryKey: ["practice", "feedback", task, "alone"],
      queryFn: () => get<Feedback>(`/api/practice/feedback/${task}`),
      staleTime: Infinity,
    })),
  });
  const verdicts = told.flatMap(({ data }) => (data ? [verdictOf(data)] : []));
  const compared = verdicts.filter((one) => one !== "noVerdict");
  const right = compared.filter((one) => one === "rightVerdict").length;
  return (
    <Page title={t("done")} lead={t("doneMore", { right, total: compared.length })}>
      <div className={classes.buttons}>
        <Button onClick={onLeave}>{t("again")}</Button>
        <Button variant="default" onClick={() => navigate("/")}>
          {t("toBench")}
        </Button>
      </div>
      <Accuracy />
    </Page>
  );
}
