import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { WebhookKind } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Failed } from "../ui/State";
import { useAdd, type Fresh, type MadeSecret } from "./queries";
import classes from "./Webhooks.module.css";
import { words } from "./words";

const kinds: readonly WebhookKind[] = [
  "escalation.raised",
  "escalation.overdue",
  "judgement.settled",
  "adjudication.ruled",
  "study.done",
];

type Props = { fresh: Fresh; onMade(made: MadeSecret): void };

export function AddEndpoint({ fresh, onMade }: Props): ReactElement {
  const { t } = useWords(words);
  const [url, setUrl] = useState("");
  const [wanted, setWanted] = useState<string[]>(["escalation.raised", "escalation.overdue"]);
  const add = useAdd(fresh, (made) => {
    setUrl("");
    onMade(made);
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    add.mutate({ url: url.trim(), kinds: kinds.filter((kind) => wanted.includes(kind)) });
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-labelledby="add-endpoint">
      <h2 id="add-endpoint">{t("add")}</h2>
      <TextInput
        label={t("url")}
        description={t("urlMore")}
        type="url"
        autoComplete="off"
        maxLength={500}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Checkbox.Group label={t("kinds")} value={wanted} onChange={setWanted}>
        <div className={classes.choices}>
          {kinds.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(kind)} />
          ))}
        </div>
      </Checkbox.Group>
      {add.error && <Failed error={add.error} />}
      <Button type="submit" loading={add.isPending} disabled={url.trim().length === 0 || wanted.length === 0}>
        {t("addAction")}
      </Button>
    </form>
  );
}
