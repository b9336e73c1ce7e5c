import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import type { RetentionProof } from "../../api/types";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Notice } from "../../ui/Notice";
import { Failed } from "../../ui/State";
import styles from "./Privacy.module.css";
import { useProof } from "./queries";
import { words } from "./words";

/** Proving, on demand, that what was erased is gone. */
export function Proof(): ReactElement {
  const { t } = useWords(words);
  const proof = useProof();
  return (
    <section className={styles.panel} aria-labelledby="proof">
      <h2 id="proof">{t("proof")}</h2>
      <p className={styles.lead}>{t("proofMore")}</p>
      <div>
        <Button variant="default" loading={proof.isPending} onClick={() => proof.mutate()}>
          {t("prove")}
        </Button>
      </div>
      {proof.error && <Failed error={proof.error} />}
      <div role="status">{proof.data && <Found proof={proof.data} />}</div>
    </section>
  );
}

function Found({ proof }: { proof: RetentionProof }): ReactElement {
  const { t, language } = useWords(words);
  const back = Object.values(proof.back).reduce((all, n) => all + n, 0);
  const files = proof.files_left + proof.waiting;
  if (proof.holds) {
    return (
      <>
        <p className={styles.holds}>{t("holds", { n: decimal(proof.entries, language) })}</p>
        <p className={styles.lead}>
          <code className={styles.head}>
            {proof.entries}:{proof.head}
          </code>
        </p>
      </>
    );
  }
  return (
    <Notice title={t("holdsNot")}>
      <ul>
        {proof.breaks.length > 0 && <li>{t("breaks", { n: decimal(proof.breaks.length, language) })}</li>}
        {proof.differing.length > 0 && <li>{t("differing", { names: proof.differing.join(", ") })}</li>}
        {back > 0 && <li>{t("back", { n: decimal(back, language) })}</li>}
        {files > 0 && <li>{t("files", { n: decimal(files, language) })}</li>}
      </ul>
    </Notice>
  );
}
