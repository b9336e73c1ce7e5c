import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { Certificate, Certification, CertifiedPerson, Unserved } from "../api/types";
import { decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Table } from "../ui/Table";
import classes from "./Certification.module.css";
import { ManageCertificate } from "./ManageCertificate";
import { useCertification } from "./queries";
import { RuleForm } from "./RuleForm";
import { about, lastOf, shareOf, shortly } from "./said";
import { words } from "./words";

/** For leads: who is certified, who is given which languages, what nobody can be given, and the rule. */
export function CertificationSection(): ReactElement {
  const { t } = useWords(words);
  const query = useCertification();
  return (
    <section className={classes.team} aria-labelledby="certificates">
      <div>
        <h2 id="certificates">{t("team")}</h2>
        <p className={classes.soft}>{t("teamMore")}</p>
      </div>
      <Answer query={query}>
        {(found) => (
          <>
            <People found={found} />
            <Waiting groups={found.unserved} />
            <RuleForm key={JSON.stringify(found.rule)} found={found} />
          </>
        )}
      </Answer>
    </section>
  );
}

function People({ found }: { found: Certification }): ReactElement {
  const { t } = useWords(words);
  const [chosen, setChosen] = useState<string | null>(null);
  const person = found.people.find((one) => one.person === chosen);
  const head = [t("person"), t("languages"), t("certificate"), t("tests"), t("lastTest"), t("action")];
  return (
    <>
      <Table label={t("team")} head={head}>
        {found.people.map((one) => (
          <Row key={one.person} one={one} onManage={() => setChosen(one.person)} />
        ))}
      </Table>
      {person && <ManageCertificate person={person} rule={found.rule} onClose={() => setChosen(null)} />}
    </>
  );
}

function Row({ one, onManage }: { one: CertifiedPerson; onManage(): void }): ReactElement {
  const { t, language } = useWords(words);
  const named = one.certificates.length > 1;
  const tests = one.certificates.reduce((sum, each) => sum + each.tests, 0);
  return (
    <tr>
      <th scope="row">
        {one.pseudonym}
        {one.simulated && <span className={classes.badge}>{t("simulated")}</span>}
      </th>
      <td>{one.languages.join(" ") || <span className={classes.soft}>{t("everyLanguage")}</span>}</td>
      <td>
        {one.certificates.map((each) => (
          <div key={each.language}>
            {named && `${about(t, each.language)}: `}
            <span className={classes.state} data-state={each.state}>
              {shortly(t, each)}
            </span>
          </div>
        ))}
      </td>
      <td>{decimal(tests, language)}</td>
      <td>
        <LastTests certificates={one.certificates} />
      </td>
      <td>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t("manageFor", { person: one.pseudonym })}
          onClick={onManage}
        >
          {t("manage")}
        </Button>
      </td>
    </tr>
  );
}

function LastTests({ certificates }: { certificates: readonly Certificate[] }): ReactElement {
  const { t, language } = useWords(words);
  const taken = certificates.filter(({ last }) => last !== null);
  if (taken.length === 0) return <span className={classes.soft}>{t("noTest")}</span>;
  return (
    <>
      {taken.map(({ language: of, last }) => (
        <div key={of}>
          {last && lastOf(t, last)}
          <div className={classes.soft}>
            {last?.results.map((result) => shareOf(t, result, language)).join(" · ")}
          </div>
        </div>
      ))}
    </>
  );
}

const why = {
  nobody: "nobody",
  language: "language",
  certificate: "uncertified",
  "used-up": "usedUp",
} as const;

function Waiting({ groups }: { groups: readonly Unserved[] }): ReactElement {
  const { t, language } = useWords(words);
  const head = [t("study"), t("languages"), t("open"), t("why"), t("videos")];
  return (
    <div>
      <h3>{t("unserved")}</h3>
      {groups.length === 0 ? (
        <p className={classes.soft}>{t("unservedNone")}</p>
      ) : (
        <Table label={t("unserved")} head={head}>
          {groups.map((one) => {
            const videos = one.videos.slice(0, 4).join(", ");
            const more = one.tasks - Math.min(4, one.videos.length);
            return (
              <tr key={`${one.study} ${one.language}`}>
                <th scope="row">{one.name}</th>
                <td>{one.language || t("unknown")}</td>
                <td>{decimal(one.tasks, language)}</td>
                <td>{t(why[one.why])}</td>
                <td className={classes.videos}>
                  {more > 0 ? t("andMore", { videos, n: decimal(more, language) }) : videos}
                </td>
              </tr>
            );
          })}
        </Table>
      )}
    </div>
  );
}
