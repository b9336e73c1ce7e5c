import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, type ReactElement } from "react";
import { Link, Redirect, useLocation } from "wouter";
import { get } from "../api/fetch";
import type { Study } from "../api/types";
import { decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { Loading, State } from "../ui/State";
import classes from "./Learn.module.css";
import { parts } from "./parts";
import { words } from "./words";

/** The designs of what was chosen, of which nothing is measured. */
const CHOSEN = new Set<unknown>(["doubted", "next-best"]);

type Props = { study: string | undefined; part: string | undefined };

/** What the judgements of one study teach, a part at a time. */
export default function LearnPage({ study, part }: Props): ReactElement {
  const { t } = useWords(words);
  const studies = useQuery({ queryKey: ["studies"], queryFn: () => get<Study[]>("/api/studies") });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Answer query={studies}>
        {(list) => {
          const shown = list.find(({ id }) => id === study);
          if (shown) return <Chosen studies={list} study={shown} part={part} />;
          const first =
            list.find(({ judged, design }) => judged > 0 && !CHOSEN.has(design["kind"])) ?? list[0];
          // The choice stays in the address: a study that is drawn here must not take its place.
          return first ? <Redirect to={`/learn/${first.id}`} replace /> : <NoStudies />;
        }}
      </Answer>
    </Page>
  );
}

type ChosenProps = { studies: readonly Study[]; study: Study; part: string | undefined };

function Chosen({ studies, study, part }: ChosenProps): ReactElement {
  const { t, language } = useWords(words);
  const [, navigate] = useLocation();
  const shown = parts.find(({ to }) => to === part) ?? parts[0];
  const { Shown } = shown;
  return (
    <>
      <div className={classes.choose}>
        <NativeSelect
          label={t("study")}
          value={study.id}
          data={studies.map(({ id, name, judged, drawn }) => ({
            value: id,
            label: t("studyIs", { name, judged: decimal(judged, language), drawn: decimal(drawn, language) }),
          }))}
          onChange={({ currentTarget: { value } }) => navigate(`/learn/${value}/${shown.to}`)}
        />
      </div>
      <nav className={classes.parts} aria-label={t("parts")}>
        {parts.map(({ to, name }) => (
          <Link
            key={to}
            href={`/learn/${study.id}/${to}`}
            aria-current={to === shown.to ? "page" : undefined}
          >
            {t(name)}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Loading />}>
        <Shown key={study.id} study={study.id} />
      </Suspense>
    </>
  );
}

function NoStudies(): ReactElement {
  const { t } = useWords(words);
  return (
    <State title={t("none")}>
      <p>{t("noneMore")}</p>
      <code>tilik sample draw --help</code>
    </State>
  );
}
