import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import type { Doubts } from "../../api/types";
import { decimal, percent } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Details } from "../../ui/Details";
import { Table } from "../../ui/Table";
import classes from "../Learn.module.css";
import { OpenStudy } from "../OpenStudy";
import type { PartProps } from "../parts";
import { words } from "../words";
import { doubtsOf, rereviewsAddress, rereviewsOf } from "./queries";
import { Rereviews } from "./Rereviews";

/** The judgements of a study that are probably wrong, and the re-reviews that looked at them again. */
export default function LabelErrors({ study }: PartProps): ReactElement {
  const { t } = useWords(words);
  const [question, setQuestion] = useState("fails");
  const found = useQuery({ ...doubtsOf(study, question), placeholderData: keepPreviousData });
  return (
    <div className={classes.stack}>
      <section className={classes.panel} aria-labelledby="label-errors">
        <h2 id="label-errors">{t("labelErrors")}</h2>
        <p className={classes.soft}>{t("doubtsLead")}</p>
        {found.data && <Ask found={found.data} question={question} onAsk={setQuestion} />}
        <Answer query={found}>{(data) => <Listed found={data} />}</Answer>
      </section>
      {found.data && !found.error && <OpenRereview found={found.data} />}
      <Rereviews study={study} />
    </div>
  );
}

type AskProps = { found: Doubts; question: string; onAsk: (question: string) => void };

function Ask({ found, question, onAsk }: AskProps): ReactElement {
  const { t, say } = useWords(words);
  return (
    <div className={classes.ask}>
      <NativeSelect
        label={t("question")}
        value={question}
        data={found.questions.map(({ code, name }) => ({ value: code, label: say(name) }))}
        onChange={({ currentTarget: { value } }) => onAsk(value)}
      />
    </div>
  );
}

function Listed({ found }: { found: Doubts }): ReactElement {
  const { t, language } = useWords(words);
  const columns = [...found.features, ...found.texts].join(", ");
  const head = [t("video"), t("said"), t("trust"), t("doubt")];
  return (
    <>
      <p>{t("doubtful", { count: found.doubtful, ranked: decimal(found.ranked, language) })}</p>
      <p className={classes.soft}>
        {t("learnedFrom", { columns })}{" "}
        {found.leaks.length > 0 &&
          t("leaks", { columns: found.leaks.map(({ column }) => column).join(", ") })}
      </p>
      <Details summary={t("listed", { listed: decimal(found.listed.length, language) })}>
        <Table label={t("labelErrors")} head={head}>
          {found.listed.map((one) => (
            <tr key={one.video}>
              <th scope="row">{one.video}</th>
              <td>{t(one.said ? "saidYes" : "saidNo")}</td>
              <td>{percent(one.trust, language)}</td>
              <td>{t(one.doubtful ? "saidYes" : "saidNo")}</td>
            </tr>
          ))}
        </Table>
      </Details>
    </>
  );
}

/** The re-review of the top of the list and a control. */
function OpenRereview({ found }: { found: Doubts }): ReactElement {
  const { t } = useWords(words);
  return (
    <OpenStudy
      id="rereview"
      title={t("rereviewTitle")}
      more={t("rereviewMore")}
      name={t("rereviewName", { study: found.name })}
      count={{ label: t("top"), proposed: found.top, min: 1, max: Math.floor(found.ranked / 2) }}
      button={t("open")}
      address={rereviewsAddress(found.study)}
      body={(name, top) => ({ question: found.question, name, top })}
      done={(count) => t("opened", { count })}
      list={rereviewsOf(found.study).queryKey}
    />
  );
}
