import { Button, Textarea } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { CaseDetail } from "../../api/types";
import { moment } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { usePersonal } from "../../privacy/Personal";
import { Failed } from "../../ui/State";
import { useAct } from "../queries";
import { words } from "../words";
import classes from "./Casebook.module.css";

/** What was said about a case. `@R07` calls on somebody, who then finds it under their own. */
export function Remarks({ detail }: { detail: CaseDetail }): ReactElement {
  const { t, language } = useWords(words);
  const [text, setText] = useState("");
  const personal = usePersonal(text);
  const remark = useAct<{ text: string; impersonal: boolean }>(() => `/api/cases/${detail.case.id}/remarks`);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!text.trim() || personal.open) return;
    remark.mutate({ text, impersonal: personal.impersonal }, { onSuccess: () => setText("") });
  };
  const called = detail.people.map((one) => `@${one.pseudonym}`).join(" ");
  return (
    <section className={classes.panel} aria-label={t("remarks")}>
      <h2>{t("remarks")}</h2>
      {detail.remarks.map((one) => (
        <article key={one.id} className={classes.remark}>
          <p className={classes.small}>
            <strong>{one.by}</strong> {moment(one.said_at, language)}
          </p>
          <p>{one.text}</p>
        </article>
      ))}
      <form className={classes.form} onSubmit={send}>
        <Textarea
          label={t("remark")}
          description={t("remarkMore", { called })}
          autosize
          minRows={2}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {personal.warning}
        {remark.error && <Failed error={remark.error} />}
        <div>
          <Button type="submit" variant="default" loading={remark.isPending}>
            {t("say")}
          </Button>
        </div>
      </form>
    </section>
  );
}
