import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link, useSearchParams } from "wouter";
import type { VideoPage as Told } from "../api/types";
import { decimal, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { clock } from "../bench/player/clock";
import { whatIsSaid } from "../bench/lanes/describe";
import { WithStop } from "../safety/WithStop";
import { words as safetyWords } from "../safety/words";
import { Thread } from "../talk/Thread";
import { Answer } from "../ui/Answer";
import { Details } from "../ui/Details";
import { Facts } from "../ui/Facts";
import { Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import { Family } from "./Family";
import { Lookup } from "./Lookup";
import { addressOf, useVideo } from "./queries";
import classes from "./Videos.module.css";
import { Watch } from "./Watch";
import { keyed } from "./keyed";
import { words } from "./words";

/** One video: what plays, what signals say, where it comes from, what is a copy of it. */
export function VideoPage({ video }: { video: string }): ReactElement {
  const { t } = useWords(words);
  const { t: safety } = useWords(safetyWords);
  const told = useVideo(video);
  const [params] = useSearchParams();
  const at = Number(params.get("t") ?? 0) || 0;
  const client = useQueryClient();
  const [reported, setReported] = useState(false);
  const back = (
    <nav className={classes.ways} aria-label={t("back")}>
      <Link href="/videos">{t("back")}</Link>
    </nav>
  );
  if (reported) {
    return (
      <Page title={t("title")} aside={back}>
        <State title={safety("reported")} />
      </Page>
    );
  }
  const onStopped = (): void => {
    setReported(true);
    client.removeQueries({ queryKey: ["library"] });
  };
  const { data } = told;
  const whole = (
    <Page title={data?.title || video} lead={video} aside={back}>
      <Answer query={told}>{(page) => <Everything page={page} at={at} />}</Answer>
    </Page>
  );
  if (!data) return whole;
  return (
    <WithStop of={{ video }} guideline={data.guideline} title={t("title")} onStopped={onStopped}>
      {whole}
    </WithStop>
  );
}

function Everything({ page, at }: { page: Told; at: number }): ReactElement {
  return (
    <div className={classes.columns}>
      <Watch page={page} at={at} />
      <div className={classes.beside}>
        <Origin page={page} />
        <Family page={page} />
        <Lookup page={page} />
        <Work page={page} />
        <File page={page} />
        <Thread about="video" name={page.video} />
      </div>
    </div>
  );
}

function Origin({ page }: { page: Told }): ReactElement {
  const { t, language } = useWords(words);
  const own = page.evidence.filter((item) => item.kind === "provenance");
  return (
    <section className={classes.panel}>
      <h2>{t("origin")}</h2>
      {own.map((item) => (
        <p key={item.source}>{whatIsSaid(item, language)}</p>
      ))}
      {page.declared && (
        <p>
          {t("declared")}: {page.declared}
        </p>
      )}
      {page.lent.length > 0 && (
        <Notice title={t("lent")}>
          {page.lent.map((one) => (
            <p key={one.video}>
              <Link href={addressOf(one.video)}>
                {t("lentSaid", {
                  share: percent(one.share, language, 0),
                  video: one.video,
                  issuer: one.issuer || t("unnamed"),
                  making: t(keyed<"making_unsaid">(`making_${one.making}`) ?? "making_unsaid"),
                })}
              </Link>
            </p>
          ))}
          <p>{t("lentMore")}</p>
        </Notice>
      )}
    </section>
  );
}

function Work({ page }: { page: Told }): ReactElement | null {
  const { t } = useWords(words);
  if (page.work.length === 0) return null;
  return (
    <section className={classes.panel}>
      <h2>{t("work")}</h2>
      <ul className={classes.plain}>
        {page.work.map((one) => {
          const state = keyed<"state_open">(`state_${one.state}`);
          return (
            <li key={one.study}>
              {one.study} ({one.blind ? t("blind") : t("assisted")}): {state ? t(state) : one.state}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function File({ page }: { page: Told }): ReactElement {
  const { t, language } = useWords(words);
  const { facts, media } = page;
  const fps = media.fps === null ? "" : decimal(media.fps, language, 2);
  const turned = facts.rotation > 0 ? `, ${t("turned", { degrees: facts.rotation })}` : "";
  const bytes =
    facts.bytes < 1e5
      ? `${decimal(facts.bytes / 1e3, language, 1)} kB`
      : `${decimal(facts.bytes / 1e6, language, 1)} MB`;
  const codec = [facts.video_codec, facts.video_profile].filter(Boolean).join(" ");
  const rows: [string, string][] = [
    [t("container"), facts.container],
    [t("codec"), codec],
    [t("pixels"), facts.pixel_format],
    [t("size"), media.width > 0 ? `${media.width} × ${media.height}${turned}` : ""],
    [t("length"), media.duration > 0 ? clock(media.duration) : ""],
    [t("frames"), facts.vfr ? t("varying", { fps }) : fps],
    [t("sound"), facts.container ? (facts.audio_codec ?? t("noSound")) : ""],
    [t("bytes"), facts.bytes > 0 ? bytes : ""],
  ];
  const failed = Object.entries(page.failed);
  return (
    <section className={classes.panel}>
      <h2>{t("file")}</h2>
      <Facts facts={rows.filter(([, value]) => value !== "")} />
      {failed.length > 0 && (
        <p>
          {t("failed")}: {failed.map(([name, why]) => `${name} (${why})`).join("; ")}
        </p>
      )}
      {page.detail && (
        <Details summary={t("detail")}>
          <code className={classes.code}>{page.detail}</code>
        </Details>
      )}
    </section>
  );
}
