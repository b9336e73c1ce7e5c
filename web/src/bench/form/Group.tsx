import type { ReactElement } from "react";
import { useWords } from "../../i18n/useWords";
import { useForm } from "../context";
import { words } from "../words";
import classes from "./Options.module.css";
import type { Stop } from "./stops";

type Props = { stop: Stop; kind: "label" | "strength" };

/** All strengths, or all labels of the opened families, at a glance: one look decides what is left to say. */
export function Group({ stop, kind }: Props): ReactElement | null {
  const { item, desk } = useForm();
  const { t, say } = useWords(words);
  if (!item) return null;
  const { guideline, draft } = item;
  const open = (family: string): boolean => draft.answers[`family.${family}`] === true;
  const all =
    kind === "strength" ? guideline.high_quality : guideline.labels.filter((one) => open(one.family));
  if (all.length < 2) return null;
  return (
    <ul
      className={classes.group}
      data-kind={kind}
      aria-label={kind === "label" ? t("labelsHere") : undefined}
    >
      {all.map((one) => {
        const id = `${kind}.${one.code}`;
        const level = item.draft.answers[id];
        return (
          <li key={one.code}>
            <button
              type="button"
              aria-current={id === stop.id || undefined}
              onClick={() => desk.dispatch({ type: "go", stop: id })}
            >
              <span>{say(one.name)}</span>
              <span className={classes.level}>{typeof level === "number" ? level : "·"}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
