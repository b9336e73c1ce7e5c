import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get } from "../api/fetch";
import type { Study } from "../api/types";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import classes from "./Measurement.module.css";
import { StudyFigures } from "./StudyFigures";
import { StudyList } from "./StudyList";
import { Weeks } from "./Weeks";
import { words } from "./words";

/** One study's figures; with several studies and none named, the list to choose from. */
export default function MeasurementPage({ study }: { study: string | undefined }): ReactElement {
  const { t } = useWords(words);
  const studies = useQuery({ queryKey: ["studies"], queryFn: () => get<Study[]>("/api/studies") });
  const only = studies.data?.length === 1 ? studies.data[0]?.id : undefined;
  const shown = study ?? only;
  if (shown) return <StudyFigures study={shown} several={(studies.data?.length ?? 0) > 1} />;
  return (
    <Page title={t("title")} lead={studies.data?.length ? t("choose") : undefined}>
      <Answer query={studies}>
        {(list) =>
          list.length === 0 ? (
            <NoStudies />
          ) : (
            <div className={classes.stack}>
              <Weeks />
              <StudyList studies={list} />
            </div>
          )
        }
      </Answer>
    </Page>
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
