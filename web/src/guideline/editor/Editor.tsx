import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useMemo, useRef, useState, type ReactElement } from "react";
import { Link } from "wouter";
import { post } from "../../api/fetch";
import type { DraftSource, Language, Version } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { command } from "../../keys/entries";
import { Failed } from "../../ui/State";
import classes from "./Editor.module.css";
import { Lines, showLine } from "./Lines";
import { pairAt, places, reword, startOf } from "./pairs";
import { Side } from "./Side";
import { useKept } from "./useKept";
import { useLook } from "./useLook";
import { Wording } from "./Wording";
import { editorWords } from "./words";

type Props = { version: string; source: DraftSource };
/** What is in the file: the text as it was kept, and the draft that keeping it again replaces. */
type Saved = { text: string; replaces: string; version: string; changed: boolean };

const unix = (text: string): string => text.replaceAll("\r\n", "\n");

/** The file on the left, what there is to say about it on the right. */
export function Editor({ version, source }: Props): ReactElement {
  const { t } = useWords(editorWords);
  const field = useRef<HTMLTextAreaElement>(null);
  const about = useId();
  const [saved, setSaved] = useState<Saved>({
    text: unix(source.text),
    replaces: source.replaces,
    version: "",
    changed: false,
  });
  const { text, setText, again } = useKept(version, saved.text);
  const [cursor, setCursor] = useState(0);
  const look = useLook(text);
  const save = useSave(source.text.includes("\r\n"), saved, setSaved);
  useCommands([command("bench.escape", leave)]);
  const pair = useMemo(() => pairAt(text, cursor), [text, cursor]);
  const codes = useMemo(() => places(text), [text]);
  const onReword = (language: Language, said: string): void => {
    if (pair) setText(reword(text, pair, language, said));
  };
  const onLine = (line: number): void => {
    const start = startOf(text, line);
    if (field.current) showLine(field.current, start, line);
    setCursor(start);
  };
  return (
    <>
      <header className={classes.head}>
        <div>
          <h1>{t("title")}</h1>
          <p className={classes.small}>{t("lead")}</p>
        </div>
        <div className={classes.actions}>
          <p id={about} className={classes.small} role="status">
            {told(t, saved, text)}
          </p>
          <Link href="/guideline">{t("back")}</Link>
          <Button
            loading={save.isPending}
            disabled={look.data?.guideline === null || (text === saved.text && saved.replaces !== "")}
            onClick={() => save.mutate(text)}
          >
            {t("save")}
          </Button>
        </div>
      </header>
      {save.error && <Failed error={save.error} />}
      {again && text !== saved.text && (
        <p className={classes.again}>
          {t("restored")}{" "}
          <button type="button" onClick={() => setText(saved.text)}>
            {t("discard")}
          </button>
        </p>
      )}
      <div className={classes.columns}>
        <section className={classes.write} aria-label={t("text")}>
          <label className={classes.jump}>
            {t("goTo")}
            <select value="" onChange={(event) => onLine(Number(event.currentTarget.value))}>
              <option value="">–</option>
              {codes.map(({ code, line }) => (
                <option key={`${line}`} value={line}>
                  {code}
                </option>
              ))}
            </select>
          </label>
          <Lines
            field={field}
            text={text}
            faulty={look.data?.faults.map(({ line }) => line) ?? []}
            label={t("text")}
            describedBy={about}
            onChange={setText}
            onCursor={setCursor}
          />
          <Wording pair={pair} onReword={onReword} />
        </section>
        <Side look={look} text={text} saved={text === saved.text ? saved.replaces : ""} onLine={onLine} />
      </div>
    </>
  );
}

/** Out of the text, so that the preview hears the keys. */
function leave(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

type Say = ReturnType<typeof useWords<keyof typeof editorWords.en>>["t"];

function told(t: Say, saved: Saved, text: string): string {
  if (text !== saved.text) return t("unsaved");
  if (saved.version === "") return "";
  return saved.changed ? t("saved", { version: saved.version }) : t("sameSaved");
}

/** A text field has Unix line ends only; the file keeps its own. */
function useSave(windows: boolean, saved: Saved, setSaved: (saved: Saved) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      post<Version>("/api/guideline-drafts", {
        text: windows ? text.replaceAll("\n", "\r\n") : text,
        replaces: saved.replaces,
      }),
    onSuccess: async (kept, text) => {
      setSaved({
        text,
        replaces: kept.hash,
        version: kept.version,
        changed: kept.hash !== saved.replaces,
      });
      await client.invalidateQueries({ queryKey: ["versions"] });
    },
  });
}
