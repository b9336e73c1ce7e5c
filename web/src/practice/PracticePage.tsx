import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { useLocation } from "wouter";
import type { Burst, PracticeState } from "../api/types";
import { useWords } from "../i18n/useWords";
import { CalibrationPanel } from "../calibration/CalibrationPanel";
import { AtTest } from "../certification/AtTest";
import { CertificatePanel } from "../certification/CertificatePanel";
import { usePreferences } from "../session";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { Failed } from "../ui/State";
import { Accuracy } from "./Accuracy";
import { AtPractice } from "./AtPractice";
import classes from "./Practice.module.css";
import { begin, COUNT, refresh, usePractice } from "./queries";
import { words } from "./words";

/** Practice: a short run of known videos with full feedback, whenever its reader likes. */
export default function PracticePage(): ReactElement {
  const { t } = useWords(words);
  const practice = usePractice();
  const [running, setRunning] = useState<Burst | null>(null);
  const leave = (): void => {
    setRunning(null);
    refresh();
  };
  const [test, setTest] = useState<Burst | null>(null);
  if (test) return <AtTest key={test.id} test={test} onLeave={() => setTest(null)} />;
  if (running) return <AtPractice key={running.id} burst={running} onLeave={leave} />;
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Answer query={practice}>{(found) => <Start state={found} onStart={setRunning} />}</Answer>
      <CertificatePanel onTest={setTest} />
      <CalibrationPanel />
      <Accuracy />
    </Page>
  );
}

function Start({ state, onStart }: { state: PracticeState; onStart(burst: Burst): void }): ReactElement {
  const { t } = useWords(words);
  const { language } = usePreferences();
  const [, navigate] = useLocation();
  const count = Math.min(COUNT, state.left);
  const starting = useMutation({
    mutationFn: () => begin(count, language),
    onSuccess: ({ burst }) => burst && onStart(burst),
  });
  const { burst, left } = state;
  const unfinished = burst !== null && burst.done.length < burst.total ? burst : null;
  return (
    <section className={classes.panel} aria-labelledby="why">
      <h2 id="why">{t("why")}</h2>
      <p>{t("whyMore")}</p>
      <p>{t("private")}</p>
      <p className={classes.soft}>{left > 0 ? t("left", { n: left }) : t("none")}</p>
      <div className={classes.buttons}>
        {unfinished && (
          <Button onClick={() => onStart(unfinished)}>
            {t("goOn", { done: unfinished.done.length, total: unfinished.total })}
          </Button>
        )}
        {count > 0 && (
          <Button
            variant={unfinished ? "default" : "filled"}
            loading={starting.isPending}
            onClick={() => starting.mutate()}
          >
            {t("start", { n: count })}
          </Button>
        )}
        <Button variant="default" onClick={() => navigate("/")}>
          {t("toBench")}
        </Button>
      </div>
      {starting.error && <Failed error={starting.error} onRetry={() => starting.mutate()} />}
    </section>
  );
}
