import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Study } from "../api/types";
import { decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Table } from "../ui/Table";
import { words } from "./words";

export function StudyList({ studies }: { studies: readonly Study[] }): ReactElement {
  const { t, say, language } = useWords(words);
  return (
    <Table label={t("title")} head={[t("study"), t("frame"), t("progress"), t("simulated")]} numbersFrom={3}>
      {studies.map((study) => (
        <tr key={study.id}>
          <td>
            <Link href={`/measurement/${study.id}`}>{say(study.question)}</Link>
          </td>
          <td>{study.frame}</td>
          <td>
            {t("ofDrawn", { judged: decimal(study.judged, language), drawn: decimal(study.drawn, language) })}
          </td>
          <td data-number>{decimal(study.simulated, language)}</td>
        </tr>
      ))}
    </Table>
  );
}
