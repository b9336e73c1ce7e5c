import { Button, Textarea } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { clockTime } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { usePersonal } from "../privacy/Personal";
import type { Props } from "./Ballot";
import classes from "./Calibration.module.css";
import { words } from "./words";

/** What was said about an item, and the ruling that ends it. */
export function Talk({ item, over, leads, act }: Props): ReactElement {
  const { t, language } = useWords(words);
  return (
    <div className={classes.talk}>
      <h3>{t("talk")}</h3>
      {item.remarks.length === 0 && <p className={classes.soft}>{t("noTalk")}</p>}
      {item.remarks.map((one) => (
        <p key={`${one.said_at} ${one.letter}`}>
          <strong>{one.letter || t("somebody")}</strong>{" "}
          <span className={classes.soft}>{clockTime(one.said_at, language)}</span> {one.text}
        </p>
      ))}
      {!over && <Say item={item} act={act} />}
      {item.says !== null && (
        <p className={classes.ruling}>
          {t("ruledAs", { says: t(item.says ? "yes" : "no"), reason: item.reason })}
        </p>
      )}
      {leads && !over && item.state === "revealed" && <Rule item={item} act={act} />}
    </div>
  );
}

function Say({ item, act }: Pick<Props, "item" | "act">): ReactElement {
  const { t } = useWords(words);
  const [text, setText] = useState("");
  const personal = usePersonal(text);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!text.trim() || personal.open) return;
    const { impersonal } = personal;
    act.mutate({ act: "remarks", task: item.task, text, impersonal }, { onSuccess: () => setText("") });
  };
  return (
    <form className={classes.form} onSubmit={send}>
      <Textarea
        label={t("remark")}
        description={t("remarkMore")}
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {personal.warning}
      <Button type="submit" variant="default" disabled={!text.trim()}>
        {t("say")}
      </Button>
    </form>
  );
}

function Rule({ item, act }: Pick<Props, "item" | "act">): ReactElement {
  const { t } = useWords(words);
  const [reason, setReason] = useState("");
  const personal = usePersonal(reason);
  const rule = (says: boolean): void => {
    if (!reason.trim() || personal.open) return;
    act.mutate({ act: "ruling", task: item.task, says, reason, impersonal: personal.impersonal });
  };
  return (
    <div className={classes.form}>
      <h3>{t("ruling")}</h3>
      <Textarea
        label={t("reason")}
        description={t("rulingMore")}
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {personal.warning}
      <div className={classes.ballot}>
        <Button disabled={!reason.trim()} onClick={() => rule(true)}>
          {t("ruleYes")}
        </Button>
        <Button disabled={!reason.trim()} onClick={() => rule(false)}>
          {t("ruleNo")}
        </Button>
      </div>
    </div>
  );
}
