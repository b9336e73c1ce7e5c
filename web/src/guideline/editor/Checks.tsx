import type { ReactElement } from "react";
import type { DraftLook } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { editorWords } from "./words";
import classes from "./Editor.module.css";
import { places } from "./pairs";

type Props = { look: DraftLook; text: string; onLine(line: number): void };

/** Faults with their lines, then what its author probably did not mean. */
export function Checks({ look, text, onLine }: Props): ReactElement {
  const { t, say } = useWords(editorWords);
  const known = new Map(places(text).map(({ code, line }) => [code, line]));
  const lineOf = (where: string): number | undefined =>
    where
      .split(/[\s.:[\]]+/)
      .map((part) => known.get(part))
      .findLast((line) => line !== undefined);
  if (look.faults.length > 0) {
    return (
      <ul className={classes.checks}>
        {look.faults.map((one) => (
          <li key={`${one.line} ${one.text.en}`}>
            <AtLine line={one.line} onLine={onLine} />
            <span>{say(one.text)}</span>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className={classes.stack}>
      <p>{t("sound")}</p>
      <h3>{t("findings")}</h3>
      {look.findings.length === 0 && <p>{t("noFindings")}</p>}
      <ul className={classes.checks}>
        {look.findings.map((one) => (
          <li key={`${one.code} ${one.where}`}>
            <AtLine line={lineOf(one.where)} onLine={onLine} />
            <span>
              <code>{one.where}</code> {say(one.text)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function AtLine({ line, onLine }: { line: number | undefined; onLine(line: number): void }): ReactElement {
  const { t } = useWords(editorWords);
  if (line === undefined) return <span>–</span>;
  return (
    <button type="button" onClick={() => onLine(line)}>
      {t("line", { line })}
    </button>
  );
}
