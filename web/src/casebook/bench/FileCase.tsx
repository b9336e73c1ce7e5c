import { useMutation } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { post } from "../../api/fetch";
import type { NewCase, SavedCase } from "../../api/types";
import type { Item } from "../../bench/desk/state";
import { stopAt, stops } from "../../bench/form/stops";
import { stopText } from "../../bench/form/texts";
import { newKey } from "../../bench/outbox/entry";
import { clock } from "../../bench/player/clock";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { command } from "../../keys/entries";
import { usePersonal } from "../../privacy/Personal";
import { Dialog } from "../../ui/Dialog";
import { Kbd } from "../../ui/Kbd";
import { Failed } from "../../ui/State";
import classes from "./Bench.module.css";
import { offered, questionOf } from "./offered";
import { words } from "./words";

type Props = { item: Item; at: number; onClose(): void; onFiled(number: number): void };

/** Type by digit, one sentence, Enter. The span and the question in view go along. */
export function FileCase({ item, at, onClose, onFiled }: Props): ReactElement {
  const { t, say, language } = useWords(words);
  const { guideline, draft, task } = item;
  const [gaps, setGaps] = useState(false);
  const [type, setType] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [key] = useState(newKey);
  const [span, setSpan] = useState(() => offered(draft, at, task.media.duration));
  const field = useRef<HTMLInputElement>(null);
  const personal = usePersonal(text);
  const id = useId();
  const question = questionOf(guideline, draft);
  const stop = stops(guideline, draft.answers).find((one) => one.id === question);
  const types = gaps ? guideline.casebook.content_gap_types : guideline.casebook.edge_case_types;
  const send = useMutation({
    mutationFn: (body: NewCase) => post<SavedCase>("/api/cases", body),
    onSuccess: ({ number }) => {
      onFiled(number);
      onClose();
    },
  });
  useEffect(() => {
    if (type !== null) field.current?.focus();
  }, [type]);
  const turn = (): void => {
    setGaps(!gaps);
    setType(null);
  };
  const digits = types.map(({ code }, n) => command(`bench.digit${n + 1}`, () => setType(code)));
  useCommands([...digits, command("bench.digit0", turn)], { exclusive: true });
  const file = (): void => {
    if (!type || personal.open) return;
    const { impersonal } = personal;
    send.mutate({ key, task: task.task, type, question, span, said: text.trim(), impersonal });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    file();
  };
  return (
    <Dialog title={t("fileTitle")} onClose={onClose}>
      <div className={classes.file}>
        <p className={classes.more}>
          {stop && stopAt(guideline, draft).id === stop.id
            ? t("fileQuestion", { question: stopText(guideline, stop, language).question })
            : t("fileWhole")}
        </p>
        <ul className={classes.types} aria-label={gaps ? t("gapTypes") : t("edgeTypes")}>
          {types.map(({ code, name }, n) => (
            <li key={code}>
              <button type="button" aria-pressed={code === type} onClick={() => setType(code)}>
                <Kbd keys={String(n + 1)} /> {say(name)}
              </button>
            </li>
          ))}
          <li>
            <button type="button" className={classes.turn} onClick={turn}>
              <Kbd keys="0" /> {gaps ? t("toEdges") : t("toGaps")}
            </button>
          </li>
        </ul>
        {span && (
          <p className={classes.span}>
            {t("fileSpan", { span: `${clock(span.start)}–${clock(span.end)}` })}
            <button type="button" onClick={() => setSpan(null)}>
              {t("dropSpan")}
            </button>
          </p>
        )}
        <label htmlFor={id}>{t("said")}</label>
        <input
          ref={field}
          id={id}
          type="text"
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {personal.warning}
        {send.error && <Failed error={send.error} onRetry={file} />}
        <button
          type="button"
          className={classes.main}
          disabled={!type || personal.open || send.isPending}
          onClick={file}
        >
          <Kbd keys="Enter" /> {t("file")}
        </button>
      </div>
    </Dialog>
  );
}
