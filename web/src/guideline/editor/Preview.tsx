import { useEffect, useMemo, useReducer, type ReactElement } from "react";
import { FormContext, type FormHere } from "../../bench/context";
import type { Bench, Command } from "../../bench/desk/state";
import { Form } from "../../bench/form/Form";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { command } from "../../keys/entries";
import type { Guideline } from "..";
import { editorWords } from "./words";
import classes from "./Editor.module.css";
import { enter, rehearsal, rehearse, retold } from "./rehearse";

/** How far the video that is not there moves between two marks (seconds). */
const STEP = 2;

type Act = Command | { readonly type: "retold"; readonly guideline: Guideline };

const reduce = (state: Bench, act: Act): Bench =>
  act.type === "retold" ? retold(state, act.guideline) : rehearse(state, act);

/** The reviewer's own form over the text as it is written now, with the reviewer's keys. */
export function Preview({ guideline }: { guideline: Guideline }): ReactElement {
  const { t, language } = useWords(editorWords);
  const [bench, dispatch] = useReducer(reduce, guideline, (one) => rehearsal(one));
  useEffect(() => dispatch({ type: "retold", guideline }), [guideline]);
  const here = useMemo<FormHere>(() => {
    let at = 0;
    return {
      view: { bench },
      desk: { dispatch, undo: () => dispatch({ type: "undo" }) },
      deck: {
        get position() {
          at += STEP;
          return at;
        },
      },
      item: bench.queue[0] ?? null,
      enter: () => dispatch(enter(language)),
    };
  }, [bench, language]);
  const mark = (type: "mark-in" | "mark-out", at: number) => (): void => dispatch({ type, at });
  useCommands([
    ...Array.from({ length: 10 }, (_, digit) =>
      command(`bench.digit${digit}`, () => dispatch({ type: "digit", digit })),
    ),
    command("bench.enter", here.enter),
    command("bench.back-step", () => dispatch({ type: "back" })),
    command("bench.undo", () => dispatch({ type: "undo" })),
    command("bench.edge", () => dispatch({ type: "go", stop: "edge_case" })),
    command("bench.markIn", mark("mark-in", STEP)),
    command("bench.markOut", mark("mark-out", 2 * STEP)),
  ]);
  return (
    <div className={classes.preview}>
      <p className={classes.small}>{t("previewMore")}</p>
      <FormContext value={here}>
        <Form />
      </FormContext>
    </div>
  );
}
