import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, type ReactElement } from "react";
import type { Burst, Certificate } from "../api/types";
import { AtWork } from "../bench/Bench";
import bench from "../bench/Bench.module.css";
import { useWords } from "../i18n/useWords";
import practice from "../practice/Practice.module.css";
import { usePracticeDesk } from "../practice/usePracticeDesk";
import { useSession } from "../session";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { Loading } from "../ui/State";
import classes from "./Certification.module.css";
import { endTest, refreshOwn } from "./queries";
import { lastOf, shareOf } from "./said";
import { words } from "./words";

type Props = { test: Burst; onLeave(): void };

/** A test under way: the bench, one item after the other, and nothing about them until it is over. */
export function AtTest({ test, onLeave }: Props): ReactElement {
  const { person } = useSession();
  const { t } = useWords(words);
  const { desk, judged, done, over, goOn } = usePracticeDesk(person.id, test);
  const number = Math.min(done.length + 1, test.total);
  const title = t("at", { n: number, total: test.total });
  useDocumentTitle(`${title} · Tilik`);
  useEffect(() => {
    if (judged) goOn();
  }, [judged, goOn]);
  useEffect(() => refreshOwn, []);
  if (over) return <Ended test={test} onLeave={onLeave} />;
  if (!desk) {
    return (
      <main id="content" tabIndex={-1}>
        <Loading />
      </main>
    );
  }
  const head = (
    <header className={practice.head}>
      <h1>{title}</h1>
      <Button variant="subtle" size="compact-sm" onClick={onLeave}>
        {t("leave")}
      </Button>
    </header>
  );
  return (
    <main id="content" tabIndex={-1} className={bench.bench}>
      <AtWork desk={desk} head={head} />
    </main>
  );
}

/** What came of it: the share right with its interval; which items were wrong is not told. */
function Ended({ test, onLeave }: Props): ReactElement {
  const { t } = useWords(words);
  const ended = useQuery({
    queryKey: ["my", "certification", "ended", test.id],
    queryFn: () => endTest(test.id),
    staleTime: Infinity,
  });
  const last = ended.data && lastEnded(ended.data.certificates);
  const title = last === undefined ? t("scoring") : t(last.passed ? "passed" : "failed");
  return (
    <Page title={title} lead={last && t(last.passed ? "passedMore" : "failedMore")}>
      <Answer query={ended}>{() => <Result last={last} onLeave={onLeave} />}</Answer>
    </Page>
  );
}

type Last = NonNullable<Certificate["last"]>;

/** The test that ended last, whichever it was for. */
function lastEnded(certificates: readonly Certificate[]): Last | undefined {
  const every = certificates.flatMap(({ last }) => (last ? [last] : []));
  return every.toSorted((one, other) => other.ended_at.localeCompare(one.ended_at))[0];
}

function Result({ last, onLeave }: { last: Last | undefined; onLeave(): void }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <section className={classes.panel}>
      {last && (
        <>
          <h2>{lastOf(t, last)}</h2>
          <ul>
            {last.results.map((result) => (
              <li key={result.of}>{shareOf(t, result, language)}</li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.soft}>{t("notTold")}</p>
      <div>
        <Button ref={(button) => button?.focus()} onClick={onLeave}>
          {t("back")}
        </Button>
      </div>
    </section>
  );
}
