import { useState, type ReactElement } from "react";
import { Link } from "wouter";
import { useWords } from "../i18n/useWords";
import { has, useSession } from "../session";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import { AddPerson } from "./AddPerson";
import { LinkToGive } from "./LinkToGive";
import classes from "./People.module.css";
import { PeopleTable } from "./PeopleTable";
import { usePeople, type MadeLink } from "./queries";
import { words } from "./words";

/** Leads see who is here; administrators also add people, switch them off and make new links. */
export default function PeoplePage(): ReactElement {
  const { t } = useWords(words);
  const manages = has(useSession(), "admin");
  const people = usePeople();
  const [made, setMade] = useState<MadeLink | null>(null);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      aside={manages && <Link href="/webhooks">{t("webhooks")}</Link>}
    >
      {made && <LinkToGive key={made.link} made={made} onDone={() => setMade(null)} />}
      <div className={classes.columns} data-manages={manages || undefined}>
        <div className={classes.panel}>
          <Answer query={people}>
            {(list) =>
              list.length === 0 ? (
                <State title={t("none")} />
              ) : (
                <PeopleTable people={list} manages={manages} onLink={setMade} />
              )
            }
          </Answer>
        </div>
        {manages && <AddPerson onMade={setMade} />}
      </div>
    </Page>
  );
}
