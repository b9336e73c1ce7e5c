import { Button } from "@mantine/core";
import { useMemo, type ReactElement } from "react";
import type { Feedback } from "../api/types";
import { labelOf } from "../bench/form/texts";
import type { Guideline } from "../guideline";
import { percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Kbd } from "../ui/Kbd";
import { Table } from "../ui/Table";
import { rowsOf, tracksOf, verdictOf, type Bar, type Row } from "./compare";
import classes from "./Practice.module.css";
import { useFeedback, type Told } from "./queries";
import { words } from "./words";

const focus = (button: HTMLButtonElement | null): void => button?.focus();

type Props = { task: string; duration: number; last: boolean; onNext(): void };

/** One's own answers beside the known ones: what differs first, then why. */
export function FeedbackPanel({ task, duration, last, onNext }: Props): ReactElement {
  const { t } = useWords(words);
  const query = useFeedback(task);
  return (
    <section className={classes.feedback} aria-label={t("known")}>
      <Answer query={query}>{(told) => <Told told={told} duration={duration} />}</Answer>
      {query.data && (
        <Button
          ref={focus}
          onClick={onNext}
          className={classes.next ?? ""}
          leftSection={<Kbd keys="Enter" />}
        >
          {last ? t("finish") : t("next")}
        </Button>
      )}
    </section>
  );
}

function Told({ told: { feedback, guideline }, duration }: { told: Told; duration: number }): ReactElement {
  const { t, language } = useWords(words);
  const rows = useMemo(() => rowsOf(guideline, feedback, language), [guideline, feedback, language]);
  const verdict = verdictOf(feedback);
  const alike = rows.filter((row) => row.same).length;
  return (
    <>
      <h2 className={classes.verdict} data-verdict={verdict}>
        {t(verdict)}
      </h2>
      <Comparison rows={rows.filter((row) => !row.same)} />
      {alike > 0 && <p className={classes.soft}>{t("alike", { count: alike })}</p>}
      <Rule feedback={feedback} guideline={guideline} />
      <Spans feedback={feedback} guideline={guideline} duration={duration} />
      <Reasons feedback={feedback} guideline={guideline} />
    </>
  );
}

function Comparison({ rows }: { rows: readonly Row[] }): ReactElement | null {
  const { t } = useWords(words);
  if (rows.length === 0) return null;
  return (
    <Table label={t("differs")} head={[t("question"), t("own"), t("known")]}>
      {rows.map((row) => (
        <tr key={row.title}>
          <th scope="row">{row.title}</th>
          <td className={classes.mine}>{row.own ?? t("notAsked")}</td>
          <td className={classes.theirs}>{row.known ?? t("notAsked")}</td>
        </tr>
      ))}
    </Table>
  );
}

function Rule({ feedback, guideline }: { feedback: Feedback; guideline: Guideline }): ReactElement {
  const { t, language } = useWords(words);
  const said = ({ rule, proposed }: Feedback["own"]): string => {
    const name = guideline.verdict.values.find((one) => one.code === proposed)?.name[language];
    return rule ? `${rule} → ${name ?? proposed ?? ""}` : t("noRule");
  };
  return (
    <div>
      <h3>{t("rule")}</h3>
      <p>{t("rules", { own: said(feedback.own), known: said(feedback.known) })}</p>
    </div>
  );
}

type SpansProps = { feedback: Feedback; guideline: Guideline; duration: number };

/** Two lanes for each label: one's own spans over the known ones. */
function Spans({ feedback, guideline, duration }: SpansProps): ReactElement | null {
  const { t, language } = useWords(words);
  const tracks = tracksOf(feedback, duration);
  if (tracks.length === 0) return null;
  return (
    <div>
      <h3>{t("spans")}</h3>
      {tracks.map(({ question, own, known }) => {
        const common = feedback.spans[question];
        return (
          <div key={question} className={classes.track}>
            <span className={classes.name}>{labelOf(guideline, question)?.name[language] ?? question}</span>
            <Lane name={t("spanOwn")} bars={own} side="own" />
            <Lane name={t("spanKnown")} bars={known} side="known" />
            {common !== undefined && (
              <span className={classes.soft}>{t("spansMore", { n: percent(common, language, 0) })}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}

function Lane({ name, bars, side }: { name: string; bars: readonly Bar[]; side: string }): ReactElement {
  return (
    <div className={classes.lane}>
      <span>{name}</span>
      <span className={classes.rail} data-side={side}>
        {bars.map(({ from, width }) => (
          <i key={from} style={{ left: `${100 * from}%`, width: `${100 * width}%` }} />
        ))}
      </span>
    </div>
  );
}

function Reasons({ feedback, guideline }: { feedback: Feedback; guideline: Guideline }): ReactElement | null {
  const { t, language } = useWords(words);
  const notes = Object.entries(feedback.known.notes);
  if (feedback.known.marks.length === 0 && notes.length === 0) return null;
  return (
    <div>
      <h3>{t("reasons")}</h3>
      {notes.length === 0 && <p className={classes.soft}>{t("noReason")}</p>}
      {notes.map(([question, text]) => (
        <p key={question}>
          <strong>{labelOf(guideline, question)?.name[language] ?? question}</strong>: {text}
        </p>
      ))}
    </div>
  );
}
