import { Link } from "wouter";
import { useState, type ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { command } from "../keys/entries";
import { Kbd } from "../ui/Kbd";
import { has, useSession } from "../session";
import { Stopping } from "../safety/Stopping";
import { Page } from "../ui/Page";
import { Loading, State } from "../ui/State";
import { OnItsWay } from "./OnItsWay";
import { Sheet } from "./Sheet";
import { useAnswerDesk, type AnswerDesk } from "./useAnswerDesk";
import { words } from "./words";

/** Machine answers, one at a time, the model's name unknown to this page. */
export default function AnswersPage(): ReactElement {
  const session = useSession();
  const { t } = useWords(words);
  const desk = useAnswerDesk(session.person.id);
  const results = has(session, "lead", "ml", "admin") && <Link href="/answers/results">{t("results")}</Link>;
  return (
    <Page title={t("title")} lead={t("lead")} aside={results}>
      <OnItsWay desk={desk} />
      <Desk desk={desk} />
    </Page>
  );
}

function Desk({ desk }: { desk: AnswerDesk }): ReactElement {
  const { t } = useWords(words);
  const [resting, setResting] = useState(false);
  const { item, supply } = desk;
  if (resting) return <Resting onReady={() => setResting(false)} />;
  if (!item) return supply === "asking" || supply === "more" ? <Loading /> : <Nothing why={supply} />;
  if (item.stopping) {
    return (
      <Stopping
        more={t("stopMore")}
        escalations={item.rubric.escalations}
        onLeave={() => desk.halt(false)}
        onSend={(code, note, impersonal) => {
          desk.stop(code, note, impersonal);
          setResting(true);
        }}
      />
    );
  }
  return <Sheet key={item.task.task} item={item} desk={desk} />;
}

/** Nothing is on the screen until the reader says so. */
function Resting({ onReady }: { onReady(): void }): ReactElement {
  const { t } = useWords(words);
  useCommands([command("bench.enter", onReady)]);
  return (
    <State
      title={t("rested")}
      actions={
        <button type="button" onClick={onReady}>
          <Kbd keys="Enter" /> {t("ready")}
        </button>
      }
    >
      <p>{t("restedMore")}</p>
    </State>
  );
}

function Nothing({ why }: { why: AnswerDesk["supply"] }): ReactElement {
  const { t } = useWords(words);
  const say = why === "enough-held" ? "enough" : why === "unreachable" ? "away" : "none";
  return (
    <State title={t(say)}>
      <p>{t(`${say}More`)}</p>
    </State>
  );
}
