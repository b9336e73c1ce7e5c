import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { Burst, Certificate, OwnCertification } from "../api/types";
import { decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { usePreferences } from "../session";
import { Answer } from "../ui/Answer";
import { Failed } from "../ui/State";
import classes from "./Certification.module.css";
import { beginTest, useOwnCertification } from "./queries";
import { about, lastOf, shareOf, standing } from "./said";
import { words } from "./words";

type Props = { onTest(test: Burst): void };

/** A reviewer's own certificates, with the way into the test. */
export function CertificatePanel({ onTest }: Props): ReactElement {
  const { t } = useWords(words);
  const query = useOwnCertification();
  return (
    <section className={classes.panel} aria-labelledby="certificate">
      <h2 id="certificate">{t("own")}</h2>
      <Answer query={query}>{(found) => <Own found={found} onTest={onTest} />}</Answer>
    </section>
  );
}

function Own({ found, onTest }: Props & { found: OwnCertification }): ReactElement {
  const { t, language } = useWords(words);
  const { fewest, most } = found;
  return (
    <>
      {found.needed && <p>{t("ownNeeded")}</p>}
      <p className={classes.soft}>
        {t("ownMore", { fewest: decimal(fewest, language), most: decimal(most, language) })}
      </p>
      {found.certificates.length === 0 && <p>{t("noGuideline")}</p>}
      {found.certificates.map((one) => (
        <One key={one.language} one={one} alone={found.certificates.length === 1} onTest={onTest} />
      ))}
    </>
  );
}

function One({ one, alone, onTest }: Props & { one: Certificate; alone: boolean }): ReactElement {
  const { t, language } = useWords(words);
  const preferences = usePreferences();
  const starting = useMutation({
    mutationFn: () => beginTest(one.language, preferences.language),
    onSuccess: onTest,
  });
  const { running } = one;
  const begin = alone ? t("begin") : t("beginIn", { language: about(t, one.language) });
  return (
    <div className={classes.one}>
      <p>
        {!alone && <strong>{about(t, one.language)}: </strong>}
        <span data-state={one.state} className={classes.state}>
          {standing(t, one, language)}
        </span>
      </p>
      {one.ground && <p className={classes.soft}>{t("because", { ground: one.ground })}</p>}
      {one.last && one.state !== "valid" && (
        <p>
          {lastOf(t, one.last)} · {one.last.results.map((result) => shareOf(t, result, language)).join(" · ")}
        </p>
      )}
      {(running !== null || one.state !== "valid") && (
        <div>
          <Button
            variant={running ? "filled" : "default"}
            loading={starting.isPending}
            onClick={() => starting.mutate()}
          >
            {running ? t("goOn", { done: decimal(running.done.length, language) }) : begin}
          </Button>
        </div>
      )}
      {starting.error && <Failed error={starting.error} />}
    </div>
  );
}
