import { VisuallyHidden } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link } from "wouter";
import type { DraftLook } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import type { Guideline } from "..";
import { ChangeList } from "../page/Changes";
import { namesOf } from "../page/saying";
import { Checks } from "./Checks";
import classes from "./Editor.module.css";
import { Preview } from "./Preview";
import { editorWords } from "./words";

const views = ["checks", "preview", "changes"] as const;
type Shown = (typeof views)[number];

type Props = {
  look: UseQueryResult<DraftLook>;
  text: string;
  /** The draft that holds this very text; empty while it is not saved. */
  saved: string;
  onLine(line: number): void;
};

/** Three looks at what is written: what is wrong, how it will be asked, what it changes. */
export function Side({ look, text, saved, onLine }: Props): ReactElement {
  const { t } = useWords(editorWords);
  const [shown, setShown] = useState<Shown>("checks");
  const faults = look.data?.faults.length ?? 0;
  return (
    <section className={classes.side} aria-label={t("views")}>
      <div className={classes.views} role="group" aria-label={t("views")}>
        {views.map((view) => (
          <button key={view} type="button" aria-pressed={view === shown} onClick={() => setShown(view)}>
            {t(view)}
          </button>
        ))}
        <span className={classes.count} data-bad={faults > 0 || undefined} role="status">
          {look.isFetching ? t("looking") : faults > 0 ? t("faults", { count: faults }) : t("sound")}
        </span>
      </div>
      <VisuallyHidden component="h2">{t(shown)}</VisuallyHidden>
      <div className={classes.body}>
        <Answer query={look}>
          {(found) =>
            shown === "checks" ? (
              <Checks look={found} text={text} onLine={onLine} />
            ) : found.guideline === null ? (
              <p>{t("notYet")}</p>
            ) : shown === "preview" ? (
              <Preview guideline={found.guideline as unknown as Guideline} />
            ) : (
              <div className={classes.stack}>
                <p>
                  {saved ? <Link href={`/guideline/${saved}/changes`}>{t("impact")}</Link> : t("impactAfter")}
                </p>
                <ChangeList list={found.changes} names={namesOf([found.guideline as unknown as Guideline])} />
              </div>
            )
          }
        </Answer>
      </div>
    </section>
  );
}
