import { Button, Textarea } from "@mantine/core";
import { useEffect, useMemo, useReducer, useRef, useState, type ReactElement } from "react";
import { useActiveSeconds } from "../answers/useActiveSeconds";
import { post } from "../api/fetch";
import { FormContext, type FormHere } from "../bench/context";
import { Form } from "../bench/form/Form";
import { stopAt, SUBMIT } from "../bench/form/stops";
import { Deck, type DeckState } from "../bench/player/Deck";
import { Recorder } from "../bench/player/recorder";
import { useWords } from "../i18n/useWords";
import { usePersonal } from "../privacy/Personal";
import { Kbd } from "../ui/Kbd";
import { Notice } from "../ui/Notice";
import classes from "./Adjudication.module.css";
import { useRulingKeys } from "./keys";
import { Picture } from "./Picture";
import {
  draftHere,
  errorName,
  ERRORS,
  ready,
  ruledOf,
  suggested,
  taskOf,
  work,
  type Begun,
  type Parcel,
  type Work,
} from "./ruling";
import { Sides } from "./Sides";
import { words } from "./words";

const RENEW = 5 * 60_000;
type Props = { start: Work; onSend(parcel: Parcel): void; onRelease(): void };

/** One contested task: the video and both sides on the left, the steps of the ruling on the right. */
export function Desk({ start, onSend, onRelease }: Props): ReactElement {
  const { t, language } = useWords(words);
  const [state, act] = useReducer(work, start);
  const [, setDeckState] = useState<DeckState>("empty");
  const [deck] = useState(() => new Deck(new Recorder(Date.now()), setDeckState));
  const [key] = useState(() => crypto.randomUUID());
  const active = useActiveSeconds();
  const { task, stage } = state;
  useRenewal(task.lease);
  const shown = taskOf(task);
  const personal = usePersonal(state.reason);
  const complete = stage === "reason" && state.reason.trim() !== "" && !personal.open;
  const submit = (): void => {
    if (!complete) return;
    const own = ruledOf(state, active(), language);
    const impersonal = own.impersonal || personal.impersonal;
    const ruled = { ...own, impersonal };
    if (task.disputed) {
      const body = {
        key,
        dispute: task.disputed.id,
        lease: task.lease,
        upheld: state.upheld,
        reason: state.reason,
        impersonal,
      };
      onSend({
        to: "/api/adjudication/disputes",
        body: { ...body, ruled: state.upheld ? null : ruled },
        work: state,
      });
    } else {
      const body = { key, task: task.task, lease: task.lease, reason: state.reason, ...ruled };
      onSend({ to: "/api/adjudication/rulings", body, work: state });
    }
  };
  const form = useMemo<FormHere>(
    () => ({
      view: { bench: state.bench },
      desk: {
        dispatch: (command) => act({ type: "form", command }),
        undo: () => act({ type: "form", command: { type: "undo" } }),
      },
      deck,
      item: state.bench.queue[0] ?? null,
      enter: () => {
        const here = draftHere(state);
        if (ready(state)) act({ type: "settle" });
        else if (stopAt(state.guideline, here).id === SUBMIT || state.bench.queue.length > 0)
          act({ type: "form", command: { type: "enter", stamp: { now: 0, key: "", language } } });
      },
    }),
    [state, deck, language],
  );
  const choices = beginChoices(state, act);
  useRulingKeys({
    digit: (n) => {
      const error = ERRORS[n - 1];
      if (stage === "begin") choices[n - 1]?.run();
      else if (stage === "form") act({ type: "form", command: { type: "digit", digit: n } });
      else if (stage !== "reason" && error) act({ type: "error", error });
    },
    enter: () => {
      if (stage === "form") form.enter();
      else if (stage === "reason") submit();
      else act({ type: "accept" });
    },
    back: () => {
      const first = stage === "form" && draftHere(state).cursor.stop === "assessable";
      if (stage === "form" && !first) act({ type: "form", command: { type: "back" } });
      else act({ type: "back" });
    },
    undo: () => (stage === "form" ? act({ type: "form", command: { type: "undo" } }) : act({ type: "back" })),
  });
  return (
    <div className={classes.desk}>
      <div className={classes.left}>
        {shown ? (
          <Picture task={shown} deck={deck} onMark={(command) => act({ type: "form", command })} />
        ) : (
          <p>{t("noVideo")}</p>
        )}
        {task.disputed && (
          <Notice title={t("dispute")}>
            <p>
              <strong>{t("why")}:</strong> {task.disputed.why}
            </p>
            <p>
              <strong>{t("objection")}:</strong> {task.disputed.objection}
            </p>
          </Notice>
        )}
        <Sides state={state} onSeek={(at) => deck.seek(at)} />
      </div>
      <section className={classes.right} aria-label={t("yours")}>
        {stage === "begin" && <Choose title={t(task.disputed ? "dispute" : "begin")} choices={choices} />}
        {stage === "form" && (
          <div className={classes.form}>
            <FormContext value={form}>
              <Form />
            </FormContext>
          </div>
        )}
        {(stage === "error-a" || stage === "error-b") && <Errors state={state} act={act} />}
        {stage === "reason" && (
          <Reason
            text={state.reason}
            complete={complete}
            warning={personal.warning}
            onText={(text) => act({ type: "reason", text })}
            onSend={submit}
          />
        )}
        {stage !== "form" && <p className={classes.soft}>{t("keys")}</p>}
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.aside ?? ""}
          onClick={onRelease}
          title={t("giveBackMore")}
        >
          {t("giveBack")}
        </Button>
      </section>
    </div>
  );
}

type Choice = { readonly name: string; readonly more?: string | undefined; readonly run: () => void };

function beginChoices(state: Work, act: (act: Parameters<typeof work>[1]) => void): Choice[] {
  const name: Record<Begun, "fromA" | "fromB" | "own"> = { a: "fromA", b: "fromB", own: "own" };
  const froms = (["a", "b", "own"] as const).map((from) => ({
    name: name[from],
    run: () => act({ type: "begin", from }),
  }));
  return state.task.disputed ? [{ name: "uphold", run: () => act({ type: "uphold" }) }, ...froms] : froms;
}

function Choose({ title, choices }: { title: string; choices: readonly Choice[] }): ReactElement {
  const { t } = useWords(words);
  const disputed = choices.length > 3;
  const nameOf = (name: string): string => {
    const said = t(name as "fromA");
    return disputed && name !== "uphold"
      ? t("overturn", { from: said.charAt(0).toLowerCase() + said.slice(1) })
      : said;
  };
  return (
    <>
      <h2>{title}</h2>
      <div className={classes.choices} role="group" aria-label={title}>
        {choices.map(({ name, more, run }, n) => (
          <button key={name} type="button" onClick={run}>
            <Kbd keys={String(n + 1)} />
            <span>{nameOf(name)}</span>
            {more && <span className={classes.soft}>{more}</span>}
          </button>
        ))}
      </div>
    </>
  );
}

function Errors({ state, act }: { state: Work; act(act: Parameters<typeof work>[1]): void }): ReactElement {
  const { t } = useWords(words);
  const side = state.stage === "error-a" ? "A" : "B";
  const proposed = suggested(state);
  const title = t("errorOf", { side });
  return (
    <>
      <h2>{title}</h2>
      <div className={classes.choices} role="group" aria-label={title}>
        {ERRORS.map((error, n) => (
          <button key={error} type="button" onClick={() => act({ type: "error", error })}>
            <Kbd keys={String(n + 1)} />
            <span>{t(errorName[error])}</span>
            {error === proposed && (
              <span className={classes.proposed}>
                <Kbd keys="Enter" /> {t("suggested")}
              </span>
            )}
          </button>
        ))}
      </div>
    </>
  );
}

type ReasonProps = {
  text: string;
  complete: boolean;
  warning: ReactElement;
  onText(text: string): void;
  onSend(): void;
};

function Reason({ text, complete, warning, onText, onSend }: ReasonProps): ReactElement {
  const { t } = useWords(words);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <Textarea
        ref={field}
        label={t("reason")}
        description={t("reasonMore")}
        value={text}
        maxLength={2_000}
        autosize
        minRows={3}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          onSend();
        }}
      />
      {warning}
      <Button onClick={onSend} disabled={!complete} aria-keyshortcuts="Enter">
        {t("send")}
      </Button>
    </>
  );
}

/** Keeps the task in hand while the page is open. */
function useRenewal(lease: string): void {
  useEffect(() => {
    const renew = (): void => void post(`/api/adjudication/leases/${lease}/renew`, {}).catch(() => undefined);
    const timer = window.setInterval(renew, RENEW);
    return () => window.clearInterval(timer);
  }, [lease]);
}
