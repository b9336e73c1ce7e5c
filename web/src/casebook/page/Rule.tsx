import { Button, Checkbox, NativeSelect, Textarea } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { CaseDetail, NewCaseRuling } from "../../api/types";
import type { Guideline } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { usePersonal } from "../../privacy/Personal";
import { Failed } from "../../ui/State";
import { useAct } from "../queries";
import { asked } from "../spoken";
import { words } from "../words";
import classes from "./Casebook.module.css";

const stands = ["counts", "does-not-count", "note"] as const;
const names = { counts: "counts", "does-not-count": "countsNot", note: "asNote" } as const;

/** One ruling settles the whole group, in both languages, since reviewers read either. */
export function Rule({ detail, guideline }: { detail: CaseDetail; guideline: Guideline }): ReactElement {
  const { t, language } = useWords(words);
  const { case: one, ruling } = detail;
  const [said, setSaid] = useState<NewCaseRuling>({
    question: one.question,
    stands: ruling ? (ruling.stands as NewCaseRuling["stands"]) : "counts",
    id: ruling?.text.id ?? "",
    en: ruling?.text.en ?? "",
    precedent: true,
    impersonal: false,
  });
  const personal = usePersonal(said.id, said.en);
  const rule = useAct<NewCaseRuling>(() => `/api/cases/${one.id}/rulings`);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!personal.open) rule.mutate({ ...said, question: one.question, impersonal: personal.impersonal });
  };
  const change = (part: Partial<NewCaseRuling>): void => setSaid({ ...said, ...part });
  return (
    <section className={classes.panel} aria-label={t("rule")}>
      <h2>{ruling ? t("ruleAgain") : t("rule")}</h2>
      <p className={classes.small}>
        {t("ruleMore", { count: detail.group.length + 1 })}{" "}
        {one.question ? asked(guideline, one.question, language) : t("ruleNoQuestion")}
      </p>
      <form className={classes.form} onSubmit={send}>
        <NativeSelect
          label={t("stands")}
          value={said.stands}
          onChange={(event) => change({ stands: event.currentTarget.value as NewCaseRuling["stands"] })}
          data={stands.map((value) => ({ value, label: t(names[value]) }))}
        />
        <Textarea
          label={t("inIndonesian")}
          lang="id"
          required
          withAsterisk={false}
          autosize
          minRows={2}
          maxLength={2000}
          value={said.id}
          onChange={(event) => change({ id: event.currentTarget.value })}
        />
        <Textarea
          label={t("inEnglish")}
          lang="en"
          required
          withAsterisk={false}
          autosize
          minRows={2}
          maxLength={2000}
          value={said.en}
          onChange={(event) => change({ en: event.currentTarget.value })}
        />
        {personal.warning}
        <Checkbox
          label={t("precedent")}
          checked={said.precedent}
          onChange={(event) => change({ precedent: event.currentTarget.checked })}
        />
        {rule.error && <Failed error={rule.error} />}
        <div>
          <Button type="submit" loading={rule.isPending}>
            {t("settle", { count: detail.group.length + 1 })}
          </Button>
        </div>
      </form>
    </section>
  );
}
