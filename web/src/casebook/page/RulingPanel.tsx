import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link } from "wouter";
import { get } from "../../api/fetch";
import type { CaseRuling, RulingDraft } from "../../api/types";
import { moment } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Failed } from "../../ui/State";
import { useAct } from "../queries";
import { words } from "../words";
import classes from "./Casebook.module.css";

const names = { counts: "counts", "does-not-count": "countsNot", note: "asNote" } as const;

/** What was ruled, in both languages; whether the bench shows it; and how the guideline would say it. */
export function RulingPanel({ ruling }: { ruling: CaseRuling }): ReactElement {
  const { t, language } = useWords(words);
  const [reading, setReading] = useState(false);
  const withdraw = useAct<object>(() => `/api/rulings/${ruling.id}/withdraw`);
  const adopt = useAct<object>(() => `/api/rulings/${ruling.id}/draft`);
  const error = withdraw.error ?? adopt.error;
  return (
    <section className={classes.panel} aria-label={t("ruling")}>
      <h2>{t("ruling")}</h2>
      <p className={classes.small}>
        {ruling.by}, {moment(ruling.ruled_at, language)}. {t(names[ruling.stands as keyof typeof names])}.
      </p>
      <p lang="id">{ruling.text.id}</p>
      <p lang="en">{ruling.text.en}</p>
      <p className={classes.small}>{ruling.precedent ? t("onBench") : t("notOnBench")}</p>
      {ruling.draft && (
        <p>
          <Link href={`/guideline/${ruling.draft}/changes`}>{t("inDraft")}</Link>
        </p>
      )}
      <div className={classes.buttons}>
        {!ruling.draft && ruling.question?.startsWith("label.") && (
          <Button variant="default" aria-expanded={reading} onClick={() => setReading(!reading)}>
            {t("asDraft")}
          </Button>
        )}
        {ruling.precedent && (
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({})}>
            {t("withdraw")}
          </Button>
        )}
      </div>
      {reading && !ruling.draft && (
        <Draft ruling={ruling.id} taking={adopt.isPending} onTake={() => adopt.mutate({})} />
      )}
      {error && <Failed error={error} />}
    </section>
  );
}

type DraftProps = { ruling: string; taking: boolean; onTake(): void };

function Draft({ ruling, taking, onTake }: DraftProps): ReactElement {
  const { t } = useWords(words);
  const draft = useQuery({
    queryKey: ["cases", "draft", ruling],
    queryFn: () => get<RulingDraft>(`/api/rulings/${ruling}/draft`),
  });
  return (
    <Answer query={draft}>
      {(found) => (
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable */}
          <pre className={classes.patch} tabIndex={0} aria-label={t("patch")}>
            {found.patch}
          </pre>
          <div>
            <Button loading={taking} onClick={onTake}>
              {t("takeDraft", { version: found.version })}
            </Button>
          </div>
        </>
      )}
    </Answer>
  );
}
