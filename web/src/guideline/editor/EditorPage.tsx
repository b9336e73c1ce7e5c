import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get } from "../../api/fetch";
import type { DraftSource } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Editor } from "./Editor";
import { editorWords } from "./words";
import classes from "./Editor.module.css";
import { useDocumentTitle } from "@mantine/hooks";

/** Writing a draft in place, from a draft or from any other version as its next. */
export default function EditorPage({ version }: { version: string }): ReactElement {
  const { t } = useWords(editorWords);
  useDocumentTitle(`${t("title")} · Tilik`);
  const source = useQuery({
    queryKey: ["draft", version],
    queryFn: () => get<DraftSource>(`/api/versions/${version}/draft`),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <main id="content" tabIndex={-1} className={classes.page}>
      <Answer query={source}>{(found) => <Editor key={version} version={version} source={found} />}</Answer>
    </main>
  );
}
