import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get, post } from "../api/fetch";
import type { Answers, OwnRuling, OwnRulings, SavedRuling } from "../api/types";
import { decimal, percent, range } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { usePersonal } from "../privacy/Personal";
import { has, useSession } from "../session";
import { Answer } from "../ui/Answer";
import { Facts } from "../ui/Facts";
import { Page } from "../ui/Page";
import { Failed } from "../ui/State";
import classes from "./Adjudication.module.css";
import { AllRulings } from "./AllRulings";
import { useGuideline } from "./queries";
import { shortOf } from "./sides";
import { errorName } from "./ruling";
import { words } from "./words";

const mine = ["my", "rulings"];

/** One's own overturned work, seen by nobody else; and, for those who keep the rules, all rulings. */
export default function RulingsPage(): ReactElement {
  const { t } = useWords(words);
  const session = useSession();
  return (
    <Page title={t("rulings")} lead={t("rulingsLead")}>
      {has(session, "reviewer") && <Own />}
      {has(session, "adjudicator", "policy", "lead", "admin") && <AllRulings />}
    </Page>
  );
}

function Own(): ReactElement {
  const { t, language } = useWords(words);
  const found = useQuery({ queryKey: mine, queryFn: () => get<OwnRulings>("/api/my/rulings") });
  return (
    <section aria-labelledby="mine" className={classes.section}>
      <h2 id="mine">{t("mine")}</h2>
      <p className={classes.soft}>{t("private")}</p>
      <Answer query={found}>
        {({ rulings, accuracy }) => (
          <>
            <Facts
              wide
              facts={[
                [
                  t("accuracy"),
                  accuracy.value === null ? (
                    t("accuracyNone")
                  ) : (
                    <>
                      {percent(accuracy.value, language, 0)}{" "}
                      <small className={classes.soft}>
                        {t("accuracyMore", {
                          n: decimal(accuracy.n, language),
                          range: range(accuracy.low, accuracy.high, language),
                        })}
                      </small>
                    </>
                  ),
                ],
              ]}
            />
            {rulings.length === 0 && <p>{t("mineNone")}</p>}
            <ul className={classes.list}>
              {rulings.map((one) => (
                <One key={one.id} ruling={one} />
              ))}
            </ul>
          </>
        )}
      </Answer>
    </section>
  );
}

function One({ ruling }: { ruling: OwnRuling }): ReactElement {
  const { t, language } = useWords(words);
  const guideline = useGuideline(ruling.guideline);
  const short = (answers: unknown): string =>
    guideline.data ? shortOf(guideline.data, answers as Answers, language) : "…";
  return (
    <li className={classes.card}>
      <h3>{ruling.title ?? t("untitled")}</h3>
      <Facts
        facts={[
          [t("said"), short(ruling.mine)],
          [t("ruled"), short(ruling.answers)],
          [t("why"), ruling.why],
        ]}
      />
      {ruling.error && ruling.error !== "none" && (
        <p>{t("errorWas", { error: t(errorName[ruling.error]).toLowerCase() })}</p>
      )}
      {ruling.state && (
        <p className={classes.state} data-state={ruling.state}>
          {t(`state_${ruling.state}` as "state_open")}
        </p>
      )}
      {ruling.objection && (
        <p>
          {t("objection")}: <q>{ruling.objection}</q>
        </p>
      )}
      {ruling.answer && (
        <p>
          {t("why")}: <q>{ruling.answer}</q>
        </p>
      )}
      {ruling.may_dispute && <Dispute ruling={ruling.id} />}
    </li>
  );
}

function Dispute({ ruling }: { ruling: string }): ReactElement {
  const { t } = useWords(words);
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const personal = usePersonal(reason);
  const send = useMutation({
    mutationFn: () =>
      post<SavedRuling>(`/api/my/rulings/${ruling}/dispute`, {
        key,
        reason,
        impersonal: personal.impersonal,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: mine }),
  });
  if (!open) {
    return (
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("object")}
      </Button>
    );
  }
  return (
    <form
      className={classes.section}
      onSubmit={(event) => {
        event.preventDefault();
        if (!personal.open) send.mutate();
      }}
    >
      <p className={classes.soft}>{t("objectMore")}</p>
      {send.error && <Failed error={send.error} />}
      <Textarea
        label={t("objectReason")}
        value={reason}
        maxLength={2_000}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {personal.warning}
      <Button type="submit" disabled={reason.trim() === "" || personal.open} loading={send.isPending}>
        {t("object")}
      </Button>
    </form>
  );
}
