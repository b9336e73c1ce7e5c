import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { useWords } from "../i18n/useWords";
import { Notice } from "./Notice";
import { Failed, Loading } from "./State";
import { words } from "./words";

type Props<T> = { query: UseQueryResult<T>; children: (data: T) => ReactNode };

/**
 * A query's answer once it is there. What was shown stays while it is asked again, and says so when no
 * answer comes; the first failure is shown at once, though the query goes on trying.
 */
export function Answer<T>({ query, children }: Props<T>): ReactElement {
  const error = query.error ?? query.failureReason;
  if (query.data !== undefined) {
    return (
      <>
        {error && <LastKnown />}
        {children(query.data)}
      </>
    );
  }
  if (error) return <Failed error={error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}

function LastKnown(): ReactElement {
  const { t } = useWords(words);
  return <Notice title={t("offline")}>{t("lastKnown")}</Notice>;
}
