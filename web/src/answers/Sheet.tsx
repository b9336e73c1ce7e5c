import { Button, Textarea } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { newKey } from "../bench/outbox/entry";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { command } from "../keys/entries";
import { usePersonal } from "../privacy/Personal";
import classes from "./Answers.module.css";
import { Dialogue } from "./Dialogue";
import { Marks } from "./Marks";
import { Questions } from "./Questions";
import {
  back,
  forward,
  goTo,
  isComplete,
  isUntouched,
  press,
  said,
  spoken,
  stepsOf,
  type Work,
} from "./rating";
import type { AnswerDesk, Item } from "./useAnswerDesk";
import { useActiveSeconds } from "./useActiveSeconds";
import { words } from "./words";

type Props = { item: Item; desk: AnswerDesk };

/** One task: what was said on the left, what is asked about it on the right; the whole of it by keyboard. */
export function Sheet({ item, desk }: Props): ReactElement {
  const { task, rubric, work } = item;
  const { t, say, language } = useWords(words);
  const { draft, text, marks } = work;
  const active = useActiveSeconds(item.seconds);
  const change = (told: Partial<Work>): void => desk.change({ ...work, ...told }, active());
  const [key] = useState(newKey);
  const steps = stepsOf(task, rubric.ai_response, draft);
  const personal = usePersonal(text);
  const complete = isComplete(draft, steps) && draft.at >= steps.length && !personal.open;
  const submit = (): void => {
    if (!complete) return;
    const body = {
      key,
      task: task.task,
      lease: task.lease.id,
      guideline: task.guideline,
      said: said(task, steps, draft, text, marks),
      active_seconds: active(),
      language,
      impersonal: personal.impersonal,
    };
    desk.send(body);
  };
  const choose = (digit: number): void => change({ draft: press(draft, steps, digit) });
  // The last act first: what was said of this answer, then the submission before it.
  const undo = (): void => {
    if (isUntouched(work)) void desk.callBack();
    else change({ draft: back(draft) });
  };
  useCommands([
    command("bench.stop", () => desk.halt(true)),
    command("bench.escape", leaveField),
    ...Array.from({ length: 9 }, (_, n) => command(`bench.digit${n + 1}`, () => choose(n + 1))),
    command("bench.back-step", () => change({ draft: back(draft) })),
    command("bench.undo", undo),
    command("bench.enter", () => (complete ? submit() : change({ draft: forward(draft, steps) }))),
  ]);
  const band = rubric.age_bands.find(({ code }) => code === task.band);
  return (
    <div className={classes.columns}>
      <div className={classes.left}>
        <p className={classes.about}>
          {band && t("band", { band: say(band.name) })} {band && t(task.stated ? "told" : "untold")}{" "}
          {task.about_video && (task.title ? t("video", { title: task.title }) : t("someVideo"))}
        </p>
        <Dialogue task={task} />
      </div>
      <div className={classes.right}>
        <Questions
          steps={steps}
          draft={draft}
          several={spoken(task).length > 1}
          onPress={choose}
          onStep={(at) => change({ draft: goTo(draft, at) })}
        />
        {task.kind === "rating" && (
          <Marks
            tags={rubric.ai_response.span_tags}
            marks={marks}
            onChange={(now) => change({ marks: now })}
          />
        )}
        <Textarea
          label={t(task.kind === "pair" ? "reason" : "better")}
          value={text}
          maxLength={10_000}
          autosize
          minRows={2}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        {personal.warning}
        <Button onClick={submit} disabled={!complete} aria-keyshortcuts="Enter">
          {t("submit")}
        </Button>
        <p className={classes.about}>{t("keys")}</p>
      </div>
    </div>
  );
}

/** Out of the text, so that the keys work again. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
