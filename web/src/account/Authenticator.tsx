import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { post, remove } from "../api/fetch";
import type { Enrolment } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Failed } from "../ui/State";
import classes from "./Account.module.css";
import type { PartProps } from "./Password";
import { words } from "./words";

/** Setting up an authenticator: a picture to scan, a code to type, recovery codes to keep. */
export function Authenticator({ mine, fresh, onChanged }: PartProps): ReactElement {
  const { t } = useWords(words);
  const begin = useMutation({
    mutationFn: () => fresh(() => post<Enrolment>("/api/account/totp", {})),
  });
  const confirm = useMutation({
    mutationFn: (code: string) =>
      fresh(() => post<{ codes: string[] }>("/api/account/totp/confirm", { code })),
    onSuccess: () => {
      begin.reset();
      onChanged();
    },
  });
  const drop = useMutation({
    mutationFn: () => fresh(() => remove("/api/account/totp")),
    onSuccess: onChanged,
  });
  const error = begin.error ?? confirm.error ?? drop.error;
  return (
    <section className={classes.part} aria-labelledby="totp">
      <h2 id="totp">{t("totp")}</h2>
      <p>{mine.totp ? t("totpSet", { count: mine.recovery_codes }) : t("totpNone")}</p>
      {confirm.data && <Recovery codes={confirm.data.codes} onDone={() => confirm.reset()} />}
      {begin.data && (
        <Scan made={begin.data} busy={confirm.isPending} onCode={(code) => confirm.mutate(code)} />
      )}
      {error && <Failed error={error} />}
      {!mine.password && <p>{t("totpFirst")}</p>}
      {mine.password && !begin.data && (
        <div className={classes.actions}>
          {!mine.totp && (
            <Button loading={begin.isPending} onClick={() => begin.mutate()}>
              {t("totpBegin")}
            </Button>
          )}
          {mine.totp && (
            <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>
              {t("dropTotp")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

type ScanProps = { made: Enrolment; busy: boolean; onCode(code: string): void };

function Scan({ made, busy, onCode }: ScanProps): ReactElement {
  const { t } = useWords(words);
  const [code, setCode] = useState("");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (code.trim().length >= 6) onCode(code);
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p>{t("totpScan")}</p>
      <img className={classes.picture} src={made.picture} alt={t("picture")} width={200} height={200} />
      <p>
        {t("totpType")} <code className={classes.secret}>{made.secret}</code>
      </p>
      <TextInput
        label={t("code")}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        {t("confirm")}
      </Button>
    </form>
  );
}

function Recovery({ codes, onDone }: { codes: string[]; onDone(): void }): ReactElement {
  const { t } = useWords(words);
  return (
    <div className={classes.recovery} role="status">
      <h3>{t("recovery")}</h3>
      <p>{t("recoveryMore")}</p>
      <ol className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Button variant="default" onClick={onDone}>
        {t("done")}
      </Button>
    </div>
  );
}
