import { NativeSelect, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { moment } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { usePeople } from "../../people/queries";
import { Answer } from "../../ui/Answer";
import { Table } from "../../ui/Table";
import styles from "./Privacy.module.css";
import { useViews } from "./queries";
import { words } from "./words";

/** Who was shown what: of everybody or of one person, between two days. */
export function Views(): ReactElement {
  const { t } = useWords(words);
  const [asked, setAsked] = useState({ person: "", since: "", until: "" });
  const people = usePeople();
  const set = (part: Partial<typeof asked>): void => setAsked((now) => ({ ...now, ...part }));
  return (
    <section className={styles.panel} aria-labelledby="views">
      <h2 id="views">{t("views")}</h2>
      <p className={styles.lead}>{t("viewsMore")}</p>
      <div className={styles.asked}>
        <NativeSelect
          label={t("viewsOf")}
          value={asked.person}
          onChange={(event) => set({ person: event.currentTarget.value })}
          data={[
            { value: "", label: t("everybody") },
            ...(people.data ?? []).map(({ pseudonym }) => ({ value: pseudonym, label: pseudonym })),
          ]}
        />
        <TextInput
          type="date"
          label={t("since")}
          value={asked.since}
          onChange={(event) => set({ since: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t("until")}
          value={asked.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </div>
      <List asked={asked} />
    </section>
  );
}

function List({ asked }: { asked: { person: string; since: string; until: string } }): ReactElement {
  const { t, language } = useWords(words);
  const found = useViews(asked);
  return (
    <Answer query={found}>
      {({ views, more }) =>
        views.length === 0 ? (
          <p role="status">{t("noViews")}</p>
        ) : (
          <>
            <Table label={t("views")} head={[t("viewedAt"), t("whom"), t("what"), t("subject")]}>
              {views.map((one) => (
                <tr key={`${one.at} ${one.person} ${one.what} ${one.subject}`}>
                  <td className={styles.day}>{moment(one.at, language)}</td>
                  <td>{one.person}</td>
                  <td>{t(`what_${one.what}`)}</td>
                  <td className={styles.subject}>{one.subject}</td>
                </tr>
              ))}
            </Table>
            {more && <p className={styles.soft}>{t("moreViews")}</p>}
          </>
        )
      }
    </Answer>
  );
}
