import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import type { SignInWays } from "../api/types";
import { useWords } from "../i18n/useWords";
import { leaveForProvider, signInByProxy } from "../session/session";
import { Failed } from "../ui/State";
import classes from "./SignIn.module.css";
import { words } from "./words";

type Props = { ways: SignInWays; again?: boolean; onDone(): void };

/** One button for each way that this place has set up. */
export function OtherWays({ ways, again = false, onDone }: Props): ReactElement | null {
  const { t } = useWords(words);
  const [error, setError] = useState<unknown>(null);
  if (ways.oidc === null && ways.proxy === null) return null;
  return (
    <div className={classes.form}>
      {ways.oidc !== null && (
        <Button variant="default" onClick={() => void leaveForProvider(again).catch(setError)}>
          {t("withProvider", { name: ways.oidc })}
        </Button>
      )}
      {ways.proxy !== null && (
        <Button variant="default" onClick={() => void signInByProxy().then(onDone, setError)}>
          {t("asProxy", { name: ways.proxy })}
        </Button>
      )}
      {error !== null && <Failed error={error} />}
    </div>
  );
}
