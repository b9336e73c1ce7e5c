import type { ReactElement } from "react";
import { useLocation } from "wouter";
import { both } from "../i18n/catalogue";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import { CalibrationPanel } from "./CalibrationPanel";
import { useCalibrations } from "./queries";
import { words } from "./words";

/** Where adjudicators and keepers of policy find the sessions; Enter opens the first that waits for them. */
export default function CalibrationsPage(): ReactElement {
  const { t } = useWords(words);
  const [, navigate] = useLocation();
  const found = useCalibrations().data;
  const first = found?.find(({ waiting }) => waiting > 0);
  useCommands([
    {
      id: "calibration.first",
      keys: ["Enter"],
      group: both(words, "title"),
      title: both(words, "first"),
      run: () => first && navigate(`/calibration/${first.id}`),
      enabled: () => first !== undefined,
    },
  ]);
  return (
    <Page title={t("title")}>{found?.length === 0 ? <State title={t("none")} /> : <CalibrationPanel />}</Page>
  );
}
