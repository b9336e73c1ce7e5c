import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { post, remove } from "../api/fetch";
import type { WaysIn } from "../api/types";
import { useWords } from "../i18n/useWords";
import { useSession } from "../session";
import { Failed } from "../ui/State";
import classes from "./Account.module.css";
import { words } from "./words";

export type PartProps = {
  mine: WaysIn;
  fresh<T>(act: () => Promise<T>): Promise<T>;
  onChanged(): void;
};

/** Setting, replacing and removing one's password. */
export function Password({ mine, fresh, onChanged }: PartProps): ReactElement {
  const { t } = useWords(words);
  const { pseudonym } = useSession().person;
  const [password, setPassword] = useState("");
  const keep = useMutation({
    mutationFn: () => fresh(() => post<void>("/api/account/password", { password })),
    onSuccess: () => {
      setPassword("");
      onChanged();
    },
  });
  const drop = useMutation({
    mutationFn: () => fresh(() => remove("/api/account/password")),
    onSuccess: onChanged,
  });
  const error = keep.error ?? drop.error;
  const name = mine.email ? t("or", { email: mine.email, pseudonym }) : pseudonym;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (password) keep.mutate();
  };
  return (
    <section className={classes.part} aria-labelledby="password">
      <h2 id="password">{t("password")}</h2>
      <p>{mine.password ? t("passwordSet", { name }) : t("passwordNone")}</p>
      <form className={classes.form} onSubmit={submit} noValidate>
        <input type="text" hidden readOnly autoComplete="username" value={mine.email || pseudonym} />
        <TextInput
          label={t("newPassword")}
          description={t("newPasswordMore")}
          type="password"
          autoComplete="new-password"
          maxLength={256}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {error && <Failed error={error} />}
        {keep.isSuccess && <p role="status">{t("saved")}</p>}
        <div className={classes.actions}>
          <Button type="submit" loading={keep.isPending}>
            {t("setPassword")}
          </Button>
          {mine.password && (
            <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>
              {t("dropPassword")}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}
