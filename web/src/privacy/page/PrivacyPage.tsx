import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { download } from "../../api/fetch";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Page } from "../../ui/Page";
import { Failed } from "../../ui/State";
import { ErasePerson } from "./ErasePerson";
import classes from "./Privacy.module.css";
import { Proof } from "./Proof";
import { useRetention } from "./queries";
import { Rules } from "./Rules";
import { Runs } from "./Runs";
import { Views } from "./Views";
import { words } from "./words";

/** Rules of retention, what is due, erasing it and the proof; erasing a person; the record of processing. */
export default function PrivacyPage(): ReactElement {
  const { t, language } = useWords(words);
  const retention = useRetention();
  const record = useMutation({
    mutationFn: () => download(`/api/retention/record?language=${language}`, `tilik-record-${language}.html`),
  });
  const button = (
    <Button variant="default" loading={record.isPending} onClick={() => record.mutate()}>
      {t("record")}
    </Button>
  );
  return (
    <Page title={t("title")} lead={t("lead")} aside={button}>
      <div className={classes.stack}>
        {record.error && <Failed error={record.error} />}
        <Answer query={retention}>
          {(shown) => (
            <>
              <Rules classes={shown.classes} />
              <Runs shown={shown} />
            </>
          )}
        </Answer>
        <Proof />
        <Views />
        <ErasePerson />
      </div>
    </Page>
  );
}
