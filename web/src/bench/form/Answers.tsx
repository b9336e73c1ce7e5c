import { useMemo, type ReactElement } from "react";
import { useWords } from "../../i18n/useWords";
import { useForm } from "../context";
import type { Item } from "../desk/state";
import { words } from "../words";
import classes from "./Form.module.css";
import { stopAt } from "./stops";
import { linesOf } from "./summary";

const intoView = (button: HTMLButtonElement | null): void => button?.scrollIntoView({ block: "nearest" });

/** Every answer at a glance; a click leads back to its question. */
export function Answers({ item }: { item: Item }): ReactElement {
  const { desk } = useForm();
  const { t, language } = useWords(words);
  const { guideline, draft } = item;
  const lines = useMemo(() => linesOf(guideline, draft, language), [guideline, draft, language]);
  const here = stopAt(guideline, draft);
  return (
    <nav className={classes.answers} aria-label={t("answers")}>
      <ul>
        {lines.map(({ stop, title, said, more }) => (
          <li key={`${stop} ${title}`} data-wide={more !== null || undefined}>
            <button
              ref={stop === here.id ? intoView : null}
              type="button"
              title={said === null ? title : `${title}: ${said}`}
              aria-current={stop === here.id ? "step" : undefined}
              onClick={() => desk.dispatch({ type: "go", stop })}
            >
              <span className={classes.title}>{title}</span>
              <span className={classes.said} data-open={said === null || undefined}>
                {said ?? t("notYet")}
                {more && <span className={classes.more}> {more}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
