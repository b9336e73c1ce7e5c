import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { Link } from "wouter";
import type { CalibrationItem, CalibrationSession } from "../api/types";
import { both } from "../i18n/catalogue";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { has, useSession } from "../session";
import { WithStop } from "../safety/WithStop";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { Failed } from "../ui/State";
import { AgreementTable } from "./AgreementTable";
import classes from "./Calibration.module.css";
import { Ballot } from "./Ballot";
import { Picture } from "./Picture";
import { useAct, useCalibration } from "./queries";
import { Talk } from "./Talk";
import { words } from "./words";

/** A session: one video at a time, with its votes, the talk about it, and the ruling. */
export default function CalibrationPage({ session }: { session: string }): ReactElement {
  const { t } = useWords(words);
  const query = useCalibration(session);
  const found = query.data;
  const ruled = found?.items.filter(({ state }) => state === "ruled").length ?? 0;
  const lead = found && t("lead", { name: found.name, ruled, items: found.items.length });
  return (
    <Page title={t("title")} lead={lead}>
      <Answer query={query}>{(told) => <Items found={told} onStopped={() => void query.refetch()} />}</Answer>
    </Page>
  );
}

type ItemsProps = { found: CalibrationSession; onStopped(): void };

function Items({ found, onStopped }: ItemsProps): ReactElement {
  const { t } = useWords(words);
  const [at, setAt] = useState(0);
  const session = useSession();
  const leads = has(session, "lead", "admin");
  const reviews = has(session, "reviewer");
  const act = useAct(found.id);
  const last = found.items.length - 1;
  // The last one may have been stopped and gone.
  const item = found.items[Math.min(at, last)];
  const move = (by: number): void => setAt((now) => Math.min(last, Math.max(0, now + by)));
  useCommands([
    { ...entry("next", "N"), run: () => move(1) },
    { ...entry("earlier", "P"), run: () => move(-1) },
  ]);
  return (
    <>
      {found.closed_at && <p role="status">{t("closed")}</p>}
      <AgreementTable found={found} />
      <div className={classes.session}>
        <Steps items={found.items} at={at} onChoose={setAt} />
        {item && (
          <section className={classes.item} aria-labelledby="asks">
            <WithStop
              key={item.task}
              of={{ task: item.task }}
              guideline={found.guideline}
              onStopped={onStopped}
            >
              <Asks item={item} />
              <Picture session={found.id} task={item.task} />
              {act.error && <Failed error={act.error} />}
              <Ballot item={item} over={found.closed_at !== null} leads={leads} act={act} />
              {item.state !== "voting" && (
                <Talk item={item} over={found.closed_at !== null} leads={leads} act={act} />
              )}
            </WithStop>
          </section>
        )}
      </div>
      <div className={classes.foot}>
        {leads && !found.closed_at && (
          <Button variant="default" loading={act.isPending} onClick={() => act.mutate({ act: "close" })}>
            {t("close")}
          </Button>
        )}
        <Link href={leads ? "/quality" : reviews ? "/practice" : "/calibration"}>{t("back")}</Link>
      </div>
    </>
  );
}

/** What is asked of this video, as its heading. */
function Asks({ item }: { item: CalibrationItem }): ReactElement {
  const { say } = useWords(words);
  return <h2 id="asks">{say(item.asks)}</h2>;
}

const entry = (name: "next" | "earlier", key: string) => ({
  id: `calibration.${name}`,
  keys: [key],
  group: both(words, "title"),
  title: both(words, name),
});

type StepsProps = { items: readonly CalibrationItem[]; at: number; onChoose(at: number): void };

function Steps({ items, at, onChoose }: StepsProps): ReactElement {
  const { t } = useWords(words);
  return (
    <nav aria-label={t("items")}>
      <ol className={classes.steps}>
        {items.map((one, place) => (
          <li key={one.task}>
            <button
              type="button"
              aria-current={place === at ? "step" : undefined}
              onClick={() => onChoose(place)}
            >
              {t("item", { n: place + 1 })} <span className={classes.soft}>{t(one.state)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
