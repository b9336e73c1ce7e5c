import { NativeSelect, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { TeamQuality } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import { CalibrationPanel } from "../calibration/CalibrationPanel";
import { CertificationSection } from "../certification/CertificationSection";
import { AgreementSection } from "./AgreementSection";
import { AnswersSection } from "./AnswersSection";
import { ForecastSection } from "./ForecastSection";
import classes from "./Quality.module.css";
import { useStudies, useTeam, type Asked } from "./queries";
import { RightTable } from "./RightTable";
import { Targets } from "./Targets";
import { words } from "./words";
import { WorkTable } from "./WorkTable";

/** For leads: how right people are, what they did, how far they agree, and when it will be done. */
export default function QualityPage(): ReactElement {
  const { t } = useWords(words);
  const [asked, setAsked] = useState<Asked>({ study: "", since: "", until: "", of: "" });
  const studies = useStudies();
  const only = studies.data?.length === 1 ? studies.data[0]?.id : undefined;
  const study = asked.study || only;
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className={classes.stack}>
        <People asked={asked} onAsk={setAsked} />
        <AnswersSection since={asked.since} until={asked.until} />
        {study && <ForecastSection study={study} />}
        <CertificationSection />
        <CalibrationPanel />
        <AgreementSection key={asked.study} study={asked.study} />
      </div>
    </Page>
  );
}

type AskProps = { asked: Asked; onAsk(asked: Asked): void };

function People({ asked, onAsk }: AskProps): ReactElement {
  const { t } = useWords(words);
  const team = useTeam(asked);
  return (
    <section className={classes.panel} aria-labelledby="people">
      <h2 id="people">{t("people")}</h2>
      <p className={classes.lead}>{t("peopleMore")}</p>
      <Choices asked={asked} onAsk={onAsk} team={team.data} />
      <Answer query={team}>
        {(found) => (
          <>
            {found.people.length === 0 ? (
              <State title={t("nobody")}>
                <p>{t("nobodyMore")}</p>
              </State>
            ) : (
              <>
                <RightTable team={found} />
                <WorkTable team={found} />
              </>
            )}
            <Targets
              key={JSON.stringify([found.study, found.own_targets])}
              study={found.study}
              own={found.own_targets}
              holding={found.targets}
            />
          </>
        )}
      </Answer>
    </section>
  );
}

function Choices({ asked, onAsk, team }: AskProps & { team: TeamQuality | undefined }): ReactElement {
  const { t, say } = useWords(words);
  const studies = useStudies();
  const change = (part: Partial<Asked>): void => onAsk({ ...asked, ...part });
  return (
    <div className={classes.ask}>
      <NativeSelect
        label={t("study")}
        value={asked.study}
        data={[
          { value: "", label: t("allStudies") },
          ...(studies.data ?? []).map(({ id, question }) => ({ value: id, label: say(question) })),
        ]}
        onChange={({ currentTarget: { value } }) => change({ study: value, of: "" })}
      />
      <NativeSelect
        label={t("of")}
        value={asked.of}
        data={[
          { value: "", label: t("verdict") },
          ...(team?.families ?? []).map((code) => ({ value: code, label: t("family", { code }) })),
        ]}
        onChange={({ currentTarget: { value } }) => change({ of: value })}
      />
      <TextInput
        type="date"
        label={t("since")}
        value={asked.since || (team?.since ?? "")}
        onChange={({ currentTarget: { value } }) => change({ since: value })}
      />
      <TextInput
        type="date"
        label={t("until")}
        value={asked.until || (team?.until ?? "")}
        onChange={({ currentTarget: { value } }) => change({ until: value })}
      />
    </div>
  );
}
