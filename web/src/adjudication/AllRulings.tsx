import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get, post } from "../api/fetch";
import type { Answers, RulingLine } from "../api/types";
import { labelOf } from "../bench/form/texts";
import { questions, type Guideline } from "../guideline";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Facts } from "../ui/Facts";
import { Failed } from "../ui/State";
import classes from "./Adjudication.module.css";
import { useGuideline } from "./queries";
import { shortOf } from "./sides";
import { errorName } from "./ruling";
import { words } from "./words";

const all = ["rulings"];

/** Every ruling, and which of them are precedents. */
export function AllRulings(): ReactElement {
  const { t } = useWords(words);
  const found = useQuery({ queryKey: all, queryFn: () => get<RulingLine[]>("/api/rulings") });
  return (
    <section aria-labelledby="all-rulings" className={classes.section}>
      <h2 id="all-rulings">{t("all")}</h2>
      <p className={classes.soft}>{t("allMore")}</p>
      <Answer query={found}>
        {(rulings) =>
          rulings.length === 0 ? (
            <p>{t("allNone")}</p>
          ) : (
            <ul className={classes.list}>
              {rulings.map((one) => (
                <One key={one.id} ruling={one} />
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  );
}

function One({ ruling }: { ruling: RulingLine }): ReactElement {
  const { t, language } = useWords(words);
  const guideline = useGuideline(ruling.guideline);
  const answers = ruling.answers as Answers;
  return (
    <li className={classes.card}>
      <h3>{ruling.title ?? t("untitled")}</h3>
      <Facts
        facts={[
          [t("ruled"), guideline.data ? shortOf(guideline.data, answers, language) : "…"],
          [t("why"), ruling.why],
        ]}
      />
      <p className={classes.soft}>
        {t("errorsAB", { a: t(errorName[ruling.error_a]), b: t(errorName[ruling.error_b]) })}
        {!ruling.stands && ` · ${t("overturned")}`}
      </p>
      {guideline.data && <Precedent ruling={ruling} guideline={guideline.data} answers={answers} />}
    </li>
  );
}

type Props = { ruling: RulingLine; guideline: Guideline; answers: Answers };

function Precedent({ ruling, guideline, answers }: Props): ReactElement {
  const { t, language } = useWords(words);
  const client = useQueryClient();
  const asked = questions(guideline, answers).map(({ id }) => id);
  const labels = asked.filter((id) => id.startsWith("label.") && answers[id] !== 0);
  const offered = [...labels, ...asked.filter((id) => id === "verdict")];
  const [question, setQuestion] = useState(ruling.question ?? offered[0] ?? "assessable");
  const mark = useMutation({
    mutationFn: (precedent: boolean) =>
      post<void>(`/api/rulings/${ruling.id}/precedent`, { precedent, question: precedent ? question : null }),
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
  });
  const nameOf = (id: string): string =>
    labelOf(guideline, id)?.name[language] ??
    guideline.flow.find(({ step }) => step === id || step === id.split(".")[0])?.title[language] ??
    id;
  return (
    <div className={classes.precedent}>
      {mark.error && <Failed error={mark.error} />}
      {ruling.precedent ? (
        <>
          <strong>
            {t("precedent")}: {nameOf(ruling.question ?? "")}
          </strong>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => mark.mutate(false)}
            loading={mark.isPending}
          >
            {t("precedentUnmark")}
          </Button>
        </>
      ) : (
        <>
          <NativeSelect
            label={t("precedentOn")}
            value={question}
            data={(offered.length > 0 ? offered : ["assessable"]).map((id) => ({
              value: id,
              label: nameOf(id),
            }))}
            onChange={(event) => setQuestion(event.currentTarget.value)}
          />
          <Button
            variant="default"
            onClick={() => mark.mutate(true)}
            loading={mark.isPending}
            disabled={!ruling.stands}
          >
            {t("precedentMark")}
          </Button>
        </>
      )}
    </div>
  );
}
