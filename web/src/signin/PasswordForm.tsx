import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type ReactElement, type SubmitEvent } from "react";
import { ApiProblem } from "../api/fetch";
import { useWords } from "../i18n/useWords";
import { signInWithPassword } from "../session/session";
import { Failed } from "../ui/State";
import classes from "./SignIn.module.css";
import { words } from "./words";

type Props = { name?: string; onDone(): void };

/** Name and password; the code is asked for once the server says that this person has a second factor. */
export function PasswordForm({ name: known = "", onDone }: Props): ReactElement {
  const { t } = useWords(words);
  const [name, setName] = useState(known);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  const asked = code !== null;
  useEffect(() => {
    if (asked) codeField.current?.focus();
  }, [asked]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!name.trim() || !password || busy) return;
    setBusy(true);
    signInWithPassword(name, password, code)
      .then(onDone, (problem: unknown) => {
        const needed = problem instanceof ApiProblem && problem.code === "code-needed";
        if (needed) setCode("");
        setError(needed ? null : problem);
      })
      .finally(() => setBusy(false));
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t("name")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("password")}
        type="password"
        autoComplete="current-password"
        maxLength={256}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {code !== null && (
        <TextInput
          label={t("code")}
          description={t("codeMore")}
          autoComplete="one-time-code"
          ref={codeField}
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      {error !== null && <Failed error={error} />}
      <Button type="submit" loading={busy}>
        {t("enter")}
      </Button>
    </form>
  );
}
