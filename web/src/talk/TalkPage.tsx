import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { Link, useSearchParams } from "wouter";
import type { About, TalkMine } from "../api/types";
import { moment } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { has, useSession } from "../session";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { Failed } from "../ui/State";
import { addressOf as addressOfVideo } from "../videos/queries";
import { Errands } from "./Errands";
import { addressOf, useMine, useRead, type Place } from "./queries";
import classes from "./Talk.module.css";
import { Thread } from "./Thread";
import { words } from "./words";

/** What calls on the reader, or what is said about one case or video. */
export default function TalkPage(): ReactElement {
  const [params] = useSearchParams();
  const name = params.get("name");
  const about: About = params.get("about") === "case" ? "case" : "video";
  return name ? <One key={`${about} ${name}`} about={about} name={name} /> : <All />;
}

function One(place: Place): ReactElement {
  const { t } = useWords(words);
  const session = useSession();
  const page =
    place.about === "case"
      ? has(session, "policy", "lead", "admin") && `/casebook/${place.name}`
      : has(session, "lead", "admin") && addressOfVideo(place.name);
  return (
    <Page
      title={t("about", { name: place.name })}
      aside={
        <nav className={classes.names} aria-label={t("title")}>
          {page && <Link href={page}>{t("openPage")}</Link>}
          <Link href="/talk">{t("toList")}</Link>
        </nav>
      }
    >
      <Thread {...place} />
    </Page>
  );
}

function All(): ReactElement {
  const { t } = useWords(words);
  const mine = useMine();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Answer query={mine}>{(found) => <Found found={found} />}</Answer>
    </Page>
  );
}

function Found({ found }: { found: TalkMine }): ReactElement {
  const { t } = useWords(words);
  const parts = [
    ["forMe", found.errands.filter((one) => one.mine)],
    ["byMe", found.errands.filter((one) => one.given && !one.mine)],
    ["late", found.errands.filter((one) => !one.given && !one.mine)],
  ] as const;
  return (
    <div className={classes.columns}>
      <Mentions found={found.mentions} />
      <div className={classes.stack}>
        {parts.map(
          ([name, list]) =>
            (list.length > 0 || name === "forMe") && (
              <section key={name} className={classes.panel} aria-labelledby={name}>
                <h2 id={name}>{t(name)}</h2>
                {list.length > 0 ? (
                  <Errands list={list} label={t(name)} linked />
                ) : (
                  <p className={classes.soft}>{t("noErrands")}</p>
                )}
              </section>
            ),
        )}
      </div>
    </div>
  );
}

function Mentions({ found }: { found: TalkMine["mentions"] }): ReactElement {
  const { t, language } = useWords(words);
  const read = useRead();
  return (
    <section className={classes.panel} aria-labelledby="mentions">
      <h2 id="mentions">{t("mentions")}</h2>
      {found.length === 0 && <p className={classes.soft}>{t("noMentions")}</p>}
      {found.map((one) => (
        <article key={one.id} className={classes.comment}>
          <p className={classes.soft}>
            <strong>{one.by}</strong> <Link href={addressOf(one)}>{one.name}</Link>{" "}
            {moment(one.said_at, language)}
          </p>
          <p>{one.text || t("erased")}</p>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t("readOne", { by: one.by, name: one.name })}
            onClick={() => read.mutate([one.id])}
          >
            {t("read")}
          </Button>
        </article>
      ))}
      {found.length > 1 && (
        <Button
          className={classes.all ?? ""}
          variant="default"
          onClick={() => read.mutate(found.map((one) => one.id))}
        >
          {t("readAll")}
        </Button>
      )}
      {read.error && <Failed error={read.error} />}
    </section>
  );
}
