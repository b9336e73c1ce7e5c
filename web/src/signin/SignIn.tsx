import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState, type ReactElement } from "react";
import { Redirect } from "wouter";
import { ApiProblem, get } from "../api/fetch";
import type { SignInWays } from "../api/types";
import { useWords } from "../i18n/useWords";
import { changePreferences, usePreferences } from "../session";
import { takePlace, wasLocked } from "../session/lock";
import { signIn, useSessionQuery } from "../session/session";
import { Details } from "../ui/Details";
import { Notice } from "../ui/Notice";
import { Failed, Loading, State } from "../ui/State";
import { Wordmark } from "../ui/Wordmark";
import { words as uiWords } from "../ui/words";
import { OtherWays } from "./OtherWays";
import { PasswordForm } from "./PasswordForm";
import { problemWords } from "./problems";
import classes from "./SignIn.module.css";
import { takeToken } from "./token";
import { words } from "./words";

type Stage = { at: "none" | "working" | "spent" } | { at: "failed"; error: unknown; token: string };

/** Where a one-time link leads, and where whoever has another way in uses it. */
export default function SignIn(): ReactElement {
  const { t } = useWords(words);
  const session = useSessionQuery();
  const [asked] = useState(() => new URLSearchParams(window.location.search));
  const [stage, use] = useToken();
  useDocumentTitle(`${t("title")} · Tilik`);
  if (session.data && stage.at !== "working") return <GoOn to={asked.get("to")} />;
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <Wordmark />
        <Switches />
      </header>
      <main className={classes.main}>
        <h1>{t("title")}</h1>
        {stage.at === "working" && <Working />}
        {stage.at === "failed" && <Failed error={stage.error} onRetry={() => use(stage.token)} />}
        {stage.at === "spent" && <HowTo title={t("spent")} lead={t("spentMore")} />}
        {stage.at === "none" && (session.isPending ? <Loading /> : <WaysIn problem={asked.get("problem")} />)}
      </main>
    </div>
  );
}

/** A link for setting a password leads to the account; a lock, back to where the person was. */
function GoOn({ to }: { to: string | null }): ReactElement {
  const [place] = useState(takePlace);
  return <Redirect to={to === "account" ? "/account" : place} replace />;
}

function WaysIn({ problem }: { problem: string | null }): ReactElement {
  const { t } = useWords(words);
  const [locked] = useState(wasLocked);
  const asked = useQuery({ queryKey: ["sign-in"], queryFn: () => get<SignInWays>("/api/sign-in") });
  if (asked.isPending) return <Loading />;
  const ways = asked.data ?? { password: false, oidc: null, proxy: null };
  const any = ways.password || ways.oidc !== null || ways.proxy !== null;
  const done = (): void => undefined; // the session that has come leads on by itself
  return (
    <>
      {locked && <Notice title={t("locked")}>{t("lockedMore")}</Notice>}
      {problem !== null && (
        <State title={t("notIn")} tone="danger">
          <p>{t(problemWords[problem] ?? "problemOther")}</p>
        </State>
      )}
      <OtherWays ways={ways} onDone={done} />
      {ways.password && <PasswordForm onDone={done} />}
      {any ? (
        <Details summary={t("byLink")}>
          <Hints />
        </Details>
      ) : (
        <HowTo title={t("none")} lead={t("noneMore")} />
      )}
    </>
  );
}

function useToken(): [Stage, (token: string) => void] {
  const [stage, setStage] = useState<Stage>({ at: "none" });
  const use = useCallback((token: string): void => {
    setStage({ at: "working" });
    signIn(token).then(
      () => setStage({ at: "none" }),
      (error: unknown) => setStage(isSpent(error) ? { at: "spent" } : { at: "failed", error, token }),
    );
  }, []);
  useEffect(() => {
    const read = (): void => {
      const token = takeToken(window.location, window.history);
      if (token) use(token);
    };
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, [use]);
  return [stage, use];
}

const isSpent = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status < 500 && error.status !== 429;

function Working(): ReactElement {
  const { t } = useWords(words);
  return (
    <p role="status" className={classes.working}>
      {t("working")}
    </p>
  );
}

function HowTo({ title, lead }: { title: string; lead: string }): ReactElement {
  return (
    <State title={title}>
      <p>{lead}</p>
      <Hints />
    </State>
  );
}

function Hints(): ReactElement {
  const { t } = useWords(words);
  return (
    <ul className={classes.ways}>
      <li>{t("fromAdmin")}</li>
      <li>
        {t("fromServe")} <code>tilik serve</code>
      </li>
    </ul>
  );
}

function Switches(): ReactElement {
  const { t, language } = useWords(uiWords);
  const dark = usePreferences().theme === "dark";
  const other = language === "id" ? "en" : "id";
  return (
    <div className={classes.switches}>
      <Button
        variant="subtle"
        size="compact-sm"
        lang={other}
        onClick={() => changePreferences({ language: other })}
      >
        {t("toOtherLanguage")}
      </Button>
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => changePreferences({ theme: dark ? "light" : "dark" })}
      >
        {dark ? t("toLight") : t("toDark")}
      </Button>
    </div>
  );
}
