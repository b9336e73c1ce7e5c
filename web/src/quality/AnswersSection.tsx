import { NativeSelect } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { AnswerQuality } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { State } from "../ui/State";
import { Table } from "../ui/Table";
import classes from "./Quality.module.css";
import { useAnswerTeam } from "./queries";
import { Rate, Who } from "./RightTable";
import { words } from "./words";

type Props = { since: string; until: string };

/** How right each person is on machine answers of which is known what to say. */
export function AnswersSection({ since, until }: Props): ReactElement {
  const { t, say } = useWords(words);
  const [of, setOf] = useState("");
  const team = useAnswerTeam({ since, until, of });
  return (
    <section className={classes.panel} aria-labelledby="answers">
      <h2 id="answers">{t("answers")}</h2>
      <p className={classes.lead}>{t("answersMore")}</p>
      <Answer query={team}>
        {(found) =>
          found.people.length === 0 ? (
            <State title={t("answersNobody")}>
              <p>{t("answersNobodyMore")}</p>
            </State>
          ) : (
            <>
              <div className={classes.ask}>
                <NativeSelect
                  label={t("of")}
                  value={found.of}
                  data={found.asked.map(({ code, name }) => ({ value: code, label: say(name) }))}
                  onChange={({ currentTarget: { value } }) => setOf(value)}
                />
              </div>
              <Rates team={found} />
            </>
          )
        }
      </Answer>
    </section>
  );
}

function Rates({ team }: { team: AnswerQuality }): ReactElement {
  const { t } = useWords(words);
  const fails = team.people.some((one) => one.sensitivity !== null || one.specificity !== null);
  const head = [t("person"), t("answersRight"), ...(fails ? [t("answersFound"), t("answersAlone")] : [])];
  return (
    <Table label={t("answers")} head={head}>
      {team.people.map((one) => (
        <tr key={one.person}>
          <Who one={one} />
          {[one.right, ...(fails ? [one.sensitivity, one.specificity] : [])].map((rate, at) => (
            <td key={head[at + 1]}>
              <Rate estimate={rate} />
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
