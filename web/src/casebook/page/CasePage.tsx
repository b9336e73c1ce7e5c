import { Button } from "@mantine/core";
import { useState, type ReactElement, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import type { CaseDetail } from "../../api/types";
import { moment } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { Answer } from "../../ui/Answer";
import { Facts } from "../../ui/Facts";
import { Page } from "../../ui/Page";
import { Failed } from "../../ui/State";
import { clock } from "../../bench/player/clock";
import { WithStop } from "../../safety/WithStop";
import { Thread } from "../../talk/Thread";
import { useAct, useCase, useGuideline } from "../queries";
import { asked, spoken } from "../spoken";
import { words } from "../words";
import { Care } from "./Care";
import classes from "./Casebook.module.css";
import { caseCommand } from "./commands";
import { Rule } from "./Rule";
import { RulingPanel } from "./RulingPanel";
import { Seen } from "./Seen";

/** One case: where it was seen, what was said, who looks after it, and the ruling that settles its group. */
export default function CasePage({ name }: { name: string }): ReactElement {
  const { t } = useWords(words);
  const found = useCase(name);
  const [, navigate] = useLocation();
  const [reports, setReports] = useState(0);
  const onStopped = (): void => void found.refetch().then(() => setReports((n) => n + 1));
  useCommands([caseCommand("up", ["U"], "cmdUp", () => navigate("/casebook"))]);
  return (
    <Page title={`K-${name.replace(/^K-/i, "")}`} aside={<Link href="/casebook">{t("toList")}</Link>}>
      <Answer query={found}>
        {(detail) => (
          <Stoppable key={reports} detail={detail} onStopped={onStopped}>
            <Shown key={detail.case.id} detail={detail} />
          </Stoppable>
        )}
      </Answer>
    </Page>
  );
}

type StoppableProps = { detail: CaseDetail; children: ReactNode; onStopped(): void };

/** Work can be stopped wherever one of the case's videos can be played. */
function Stoppable({ detail, children, onStopped }: StoppableProps): ReactElement {
  const { t } = useWords(words);
  const played = detail.seen.flatMap(({ task, playback, title, span }, place) => {
    if (task === null || playback === null) return [];
    const where = span ? `, ${clock(span.start)}–${clock(span.end)}` : "";
    return [{ mark: task, name: `${place + 1}. ${title || t("untitled")}${where}`, of: { task } }];
  });
  const videos = played.filter(({ mark }, place) => played.findIndex((one) => one.mark === mark) === place);
  return (
    <WithStop of={videos} guideline={detail.case.guideline} onStopped={onStopped}>
      {children}
    </WithStop>
  );
}

function Shown({ detail }: { detail: CaseDetail }): ReactElement {
  const { t, language } = useWords(words);
  const { case: one, ruling } = detail;
  const guideline = useGuideline(one.guideline).data;
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        <section className={classes.panel} aria-label={t("case")}>
          <p className={classes.lead}>{one.hidden ? t("hiddenMore") : one.said || t("noSentence")}</p>
          <Facts
            facts={[
              [t("type"), spoken(guideline, one.type, language)],
              [t("question"), one.question ? asked(guideline, one.question, language) : t("noQuestion")],
              [t("state"), spoken(guideline, one.state, language)],
              [t("filed"), `${one.filed_by}, ${moment(one.filed_at, language)}`],
            ]}
          />
          {one.cell && <p>{Object.values(one.cell).join(" · ")}</p>}
        </section>
        {detail.seen.length > 0 && <Seen seen={detail.seen} guideline={guideline} />}
        {detail.group.length > 0 && <Group detail={detail} />}
        {!one.hidden && <Thread about="case" name={String(one.number)} />}
      </div>
      <div className={classes.stack}>
        {ruling && <RulingPanel ruling={ruling} />}
        {one.kind === "edge-case" && !one.hidden && guideline && (
          <Rule detail={detail} guideline={guideline} />
        )}
        {guideline && <Care detail={detail} guideline={guideline} />}
      </div>
    </div>
  );
}

function Group({ detail }: { detail: CaseDetail }): ReactElement {
  const { t } = useWords(words);
  const leave = useAct<object>(() => `/api/cases/${detail.case.id}/leave-group`);
  return (
    <section className={classes.panel} aria-label={t("group")}>
      <h2>{t("group")}</h2>
      <ul className={classes.plain}>
        {detail.group.map((one) => (
          <li key={one.id}>
            <Link href={`/casebook/${one.number}`}>K-{one.number}</Link> {one.said || one.title}
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate({})}>
          {t("leaveGroup")}
        </Button>
      </div>
      {leave.error && <Failed error={leave.error} />}
    </section>
  );
}
