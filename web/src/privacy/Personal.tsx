import { useEffect, useRef, useState, type ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import classes from "./Personal.module.css";
import { inTheWay, mayBeStated, saysImpersonal } from "./stating";
import { words } from "./words";

type Props = {
  readonly texts: readonly string[];
  readonly stated: readonly string[];
  onState(numbers: readonly string[]): void;
};

/** What was found in a text and how to go on; nothing where nothing was found. Tab leads to its button. */
export function Personal({ texts, stated, onState }: Props): ReactElement {
  const { t } = useWords(words);
  const found = inTheWay(texts, stated);
  const numbers = found.filter(mayBeStated);
  const mustGo = found.length > numbers.length;
  const place = useRef<HTMLDivElement>(null);
  const kinds = found.length;
  // Below a long form it would stand where nobody looks.
  useEffect(() => {
    if (kinds > 0) place.current?.scrollIntoView({ block: "nearest" });
  }, [kinds]);
  return (
    <div ref={place} role="status" className={classes.place}>
      {found.length > 0 && (
        <div className={classes.warning}>
          <ul>
            {[...new Set(found.map((one) => t(one.kind, { found: one.text })))].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{t(mustGo ? "takeOut" : "takeOutOrState")}</p>
          {numbers.length > 0 && !mustGo && (
            <button type="button" onClick={() => onState([...stated, ...numbers.map((one) => one.text)])}>
              {t("state")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

type Here = {
  /** Something must be taken out or stated first. */
  readonly open: boolean;
  /** What the body that is sent says. */
  readonly impersonal: boolean;
  readonly warning: ReactElement;
};

/** The warning beside a form's texts, and what it means for sending them. */
export function usePersonal(...texts: readonly string[]): Here {
  const [stated, setStated] = useState<readonly string[]>([]);
  return {
    open: inTheWay(texts, stated).length > 0,
    impersonal: saysImpersonal(texts, stated),
    warning: <Personal texts={texts} stated={stated} onState={setStated} />,
  };
}
