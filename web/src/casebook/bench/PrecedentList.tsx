import type { ReactElement } from "react";
import type { Precedent } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { words } from "./words";
import classes from "./Bench.module.css";

const marks = { counts: "✓", "does-not-count": "✗", note: "≈" } as const;
const names = { counts: "counts", "does-not-count": "countsNot", note: "note" } as const;

/** What was ruled before on the question in view, in the reader's language. */
export function PrecedentList({ found }: { found: readonly Precedent[] }): ReactElement {
  const { t, say } = useWords(words);
  return (
    <ul className={classes.precedents} aria-label={t("precedents")}>
      {found.map((one) => {
        const stands = one.stands as keyof typeof marks;
        return (
          <li key={one.id}>
            <span className={classes.stands}>
              <span aria-hidden>{marks[stands]}</span> {t(names[stands])}
            </span>
            <span>{say(one.text)}</span>
            <span className={classes.cited}>
              {one.numbers.length > 0
                ? t("ofCases", { cases: one.numbers.map((number) => `K-${number}`).join(", ") })
                : t("ofAdjudication")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
