import type { ReactElement } from "react";
import type { WaysIn } from "../api/types";
import { moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Table } from "../ui/Table";
import { wayName } from "./ways";
import { words } from "./words";

/** The live sessions of one person, the latest first. */
export function Sessions({ sessions }: { sessions: WaysIn["sessions"] }): ReactElement {
  const { t, language } = useWords(words);
  return (
    <Table label={t("sessions")} head={[t("began"), t("seen"), t("way")]}>
      {sessions.map((one) => (
        <tr key={one.began_at}>
          <td>{moment(one.began_at, language)}</td>
          <td>{moment(one.seen_at, language)}</td>
          <td>{t(wayName[one.way])}</td>
        </tr>
      ))}
    </Table>
  );
}
