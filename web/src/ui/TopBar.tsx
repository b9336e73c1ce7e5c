import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { Link, useRoute } from "wouter";
import { useWords } from "../i18n/useWords";
import { useSessionsWaiting } from "../calibration/queries";
import { openPalette } from "../keys/open";
import { useWaiting } from "../talk/queries";
import { changePreferences, signOut, useSession } from "../session";
import { placesFor } from "./places";
import { Wordmark } from "./Wordmark";
import classes from "./TopBar.module.css";
import { words } from "./words";

export function TopBar(): ReactElement {
  const session = useSession();
  const { t } = useWords(words);
  const counts: Partial<Record<string, number>> = { talk: useWaiting(), calibration: useSessionsWaiting() };
  return (
    <header className={classes.bar}>
      <a className={classes.skip} href="#content">
        {t("skip")}
      </a>
      <Link href="/" className={classes.home} aria-label="Tilik">
        <Wordmark />
      </Link>
      {session.demo && <span className={classes.demo}>{t("demo")}</span>}
      <nav className={classes.places} aria-label={t("pages")}>
        {placesFor(session)
          .filter(({ rare }) => !rare)
          .map(({ to, name }) => (
            <PlaceLink key={to} to={to} name={t(name)} count={counts[name] ?? 0} />
          ))}
      </nav>
      <Link
        href="/account"
        className={classes.person}
        title={session.person.name}
        aria-label={`${t("account")}: ${session.person.pseudonym}`}
      >
        {session.person.pseudonym}
      </Link>
      <Switches />
    </header>
  );
}

function PlaceLink({ to, name, count }: { to: string; name: string; count: number }): ReactElement {
  const { t } = useWords(words);
  const [here] = useRoute(to === "/" ? to : `${to}/*?`);
  return (
    <Link href={to} className={classes.place} aria-current={here ? "page" : undefined}>
      {name}
      {count > 0 && (
        <span className={classes.count} aria-label={t("waiting", { count })} role="img">
          {count}
        </span>
      )}
    </Link>
  );
}

function Switches(): ReactElement {
  const { preferences } = useSession();
  const { t, language } = useWords(words);
  const dark = preferences.theme === "dark";
  const other = language === "id" ? "en" : "id";
  return (
    <div className={classes.switches}>
      <Button {...quiet} onClick={openPalette} aria-keyshortcuts="?">
        {t("commands")}
      </Button>
      <Button
        {...quiet}
        lang={other}
        onClick={() => changePreferences({ language: other })}
        aria-keyshortcuts="T"
      >
        {t("toOtherLanguage")}
      </Button>
      <Button {...quiet} onClick={() => changePreferences({ theme: dark ? "light" : "dark" })}>
        {dark ? t("toLight") : t("toDark")}
      </Button>
      <Button {...quiet} onClick={() => void signOut()}>
        {t("signOut")}
      </Button>
    </div>
  );
}

const quiet = { variant: "subtle", size: "compact-sm", className: classes.quiet ?? "" } as const;
