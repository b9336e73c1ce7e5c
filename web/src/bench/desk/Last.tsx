import { useEffect, useState, type ReactElement } from "react";
import { flushSync } from "react-dom";
import type { Judged } from "../../api/types";
import { decide } from "../../guideline";
import { clockTime } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { command } from "../../keys/entries";
import { Dialog } from "../../ui/Dialog";
import { Kbd } from "../../ui/Kbd";
import { Failed, Loading } from "../../ui/State";
import { useBench } from "../context";
import { words } from "../words";
import classes from "./Last.module.css";

/** One's own last ten judgements that can still be changed, each under its digit. */
export function Last({ onClose }: { onClose(): void }): ReactElement {
  const { desk } = useBench();
  const { t } = useWords(words);
  const [found, setFound] = useState<readonly Judged[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let over = false;
    desk.last().then(
      (list) => over || setFound(list),
      (trouble: unknown) => over || setError(trouble),
    );
    return () => {
      over = true;
    };
  }, [desk]);
  const take = (judgement: string): void => {
    // In one step: while the list is open its keys are the only ones, and what is seen must hear the next key.
    const bring = (show: () => void): void => flushSync(() => (onClose(), show()));
    desk.reopen(judgement).then(bring, setError);
  };
  const digits = (found ?? []).map(({ judgement }, n) =>
    command(`bench.digit${(n + 1) % 10}`, () => take(judgement)),
  );
  useCommands(digits, { exclusive: true });
  return (
    <Dialog title={t("lastTitle")} onClose={onClose}>
      <p className={classes.more}>{t("lastMore")}</p>
      {error !== null && <Failed error={error} />}
      {error === null && found === null && <Loading />}
      {found?.length === 0 && <p>{t("lastNone")}</p>}
      <ul className={classes.list}>
        {found?.map((one, n) => (
          <li key={one.judgement}>
            <button type="button" onClick={() => take(one.judgement)}>
              <Kbd keys={String((n + 1) % 10)} />
              <span className={classes.title}>{one.title ?? t("untitled")}</span>
              <Said judged={one} />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** When it was given, and what it came to, reckoned by its own guideline. */
function Said({ judged }: { judged: Judged }): ReactElement {
  const { view } = useBench();
  const { say, language } = useWords(words);
  const guideline = view.bench.queue.find(({ task }) => task.guideline === judged.guideline)?.guideline;
  const decision = guideline && decide(guideline, judged.answers as Parameters<typeof decide>[1]);
  const verdict = guideline?.verdict.values.find((one) => one.code === decision?.verdict);
  const why = guideline?.assessability.codes.find((one) => one.code === decision?.na_code);
  const came = verdict ?? why;
  const parts = [clockTime(judged.submitted_at, language), ...(came ? [say(came.name)] : [])];
  return <span className={classes.more}>{parts.join(" · ")}</span>;
}
