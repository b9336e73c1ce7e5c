import type { ReactElement } from "react";
import { Link } from "wouter";
import { useWords } from "../i18n/useWords";
import { Page } from "./Page";
import { words } from "./words";

export function NotFound(): ReactElement {
  const { t } = useWords(words);
  return (
    <Page title={t("notFound")} lead={t("notFoundMore")}>
      <Link href="/">{t("toStart")}</Link>
    </Page>
  );
}
