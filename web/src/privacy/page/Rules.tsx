import { Button, NumberInput, Textarea } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { DataClass } from "../../api/types";
import { day, decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Dialog } from "../../ui/Dialog";
import { Failed } from "../../ui/State";
import { Table } from "../../ui/Table";
import { usePersonal } from "../Personal";
import styles from "./Privacy.module.css";
import { useSetRule } from "./queries";
import { words } from "./words";

/** Every class of data: how long it is kept and why, what is due, what is held. */
export function Rules({ classes }: { classes: readonly DataClass[] }): ReactElement {
  const { t } = useWords(words);
  const [changed, setChanged] = useState<DataClass | null>(null);
  const head = [t("class"), t("days"), t("here"), t("due"), t("held"), t("oldest"), t("change")];
  return (
    <section className={styles.panel} aria-labelledby="rules">
      <h2 id="rules">{t("rules")}</h2>
      <Table label={t("rules")} head={head}>
        {classes.map((one) => (
          <Row key={one.name} one={one} onChange={() => setChanged(one)} />
        ))}
      </Table>
      {changed && <ChangeRule one={changed} onClose={() => setChanged(null)} />}
    </section>
  );
}

function Row({ one, onChange }: { one: DataClass; onChange(): void }): ReactElement {
  const { t, say, language } = useWords(words);
  const title = say(one.title);
  const set = one.set_by !== null && one.set_at !== null;
  return (
    <tr>
      <td className={styles.name}>
        {title}
        <span className={styles.soft}>{say(one.ground)}</span>
      </td>
      <td className={styles.name}>
        {decimal(one.days, language)}
        <span className={styles.soft}>{say(one.since)}</span>
      </td>
      <td>{decimal(one.kept, language)}</td>
      <td>{one.due > 0 ? <strong>{decimal(one.due, language)}</strong> : "0"}</td>
      <td>
        {one.held.length === 0 && "–"}
        {one.held.map((held) => (
          <span key={held.why} className={styles.held}>
            {t(held.why, { n: decimal(held.count, language) })}
            {held.escalations.length > 0 && (
              <span className={styles.soft}>{t("by", { ids: held.escalations.join(", ") })}</span>
            )}
          </span>
        ))}
      </td>
      <td className={styles.day}>{one.oldest ? day(one.oldest, language) : "–"}</td>
      <td>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t("editOf", { what: title })}
          onClick={onChange}
        >
          {t("edit")}
        </Button>
        <span className={styles.soft}>
          {set ? t("setBy", { who: one.set_by ?? "", when: day(one.set_at ?? "", language) }) : t("shipped")}
        </span>
      </td>
    </tr>
  );
}

function ChangeRule({ one, onClose }: { one: DataClass; onClose(): void }): ReactElement {
  const { t, say } = useWords(words);
  const [days, setDays] = useState<number | string>(one.days);
  const [ground, setGround] = useState(one.ground);
  const personal = usePersonal(ground.id, ground.en);
  const set = useSetRule(one.name, onClose);
  const count = Number(days);
  const complete =
    Number.isInteger(count) && count >= 1 && ground.id.trim() !== "" && ground.en.trim() !== "";
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    set.mutate({ days: count, ground_id: ground.id, ground_en: ground.en, impersonal: personal.impersonal });
  };
  return (
    <Dialog title={say(one.title)} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <NumberInput
          label={t("daysFor")}
          description={say(one.since)}
          min={1}
          max={36_500}
          allowDecimal={false}
          allowNegative={false}
          value={days}
          onChange={setDays}
        />
        {(["id", "en"] as const).map((language) => (
          <Textarea
            key={language}
            label={t(language === "id" ? "groundId" : "groundEn")}
            autosize
            minRows={2}
            maxLength={1000}
            value={ground[language]}
            onChange={(event) => setGround({ ...ground, [language]: event.currentTarget.value })}
          />
        ))}
        {personal.warning}
        {set.error && <Failed error={set.error} />}
        <div>
          <Button type="submit" loading={set.isPending} disabled={personal.open || !complete}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
