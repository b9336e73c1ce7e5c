import type { ReactElement } from "react";
import { Link } from "wouter";
import type { LookupList } from "../api/types";
import { decimal, moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { has, useSession } from "../session";
import { Answer } from "../ui/Answer";
import { Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import { Table } from "../ui/Table";
import { Banks, Result } from "./Lookup";
import { addressOf, useLookups } from "./queries";
import classes from "./Videos.module.css";
import { words } from "./words";

/** What hash lists say of every file: what needs an eye first, without anything of the file itself. */
export function LookupsPage(): ReactElement {
  const { t } = useWords(words);
  const list = useLookups();
  return (
    <Page title={t("lookups")} lead={t("lookupsLead")}>
      <Answer query={list}>{(told) => <List told={told} />}</Answer>
    </Page>
  );
}

function List({ told }: { told: LookupList }): ReactElement {
  const { t, language } = useWords(words);
  const leads = has(useSession(), "lead", "admin");
  return (
    <div className={classes.stack}>
      {!told.server && <Notice title={t("noServer")}>{t("noServerMore")}</Notice>}
      {told.never > 0 && <p>{t("neverLooked", { count: told.never })}</p>}
      {told.lookups.length === 0 ? (
        <State title={t("noLookups")} />
      ) : (
        <div className={classes.panel}>
          <Table
            label={t("lookups")}
            head={[t("video"), t("result"), t("banks"), t("askedFor"), t("when")]}
            numbersFrom={5}
          >
            {told.lookups.map((one) => (
              <tr key={one.video}>
                <td>
                  {leads && !one.locked ? <Link href={addressOf(one.video)}>{one.video}</Link> : one.video}
                </td>
                <td>
                  <Result lookup={one} />
                </td>
                <td>
                  <Banks lookup={one} />
                </td>
                <td>{decimal(one.asked, language)}</td>
                <td>{moment(one.looked_at, language)}</td>
              </tr>
            ))}
          </Table>
        </div>
      )}
    </div>
  );
}
