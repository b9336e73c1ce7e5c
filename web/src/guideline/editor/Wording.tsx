import { useId, type ReactElement } from "react";
import type { Language } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { editorWords } from "./words";
import classes from "./Editor.module.css";
import type { TextPair } from "./pairs";

type Props = { pair: TextPair | null; onReword(language: Language, said: string): void };
const languages = ["id", "en"] as const;

/** The text at the cursor in both languages, side by side, without quotes or brackets in the way. */
export function Wording({ pair, onReword }: Props): ReactElement {
  const { t } = useWords(editorWords);
  const id = useId();
  return (
    <div className={classes.wording}>
      {languages.map((language) => (
        <div key={language}>
          <label htmlFor={`${id}${language}`}>{t(language === "id" ? "indonesian" : "english")}</label>
          <textarea
            id={`${id}${language}`}
            lang={language}
            disabled={!pair}
            value={pair?.[language] ?? ""}
            placeholder={pair ? undefined : t("noText")}
            onChange={(event) => onReword(language, event.currentTarget.value)}
          />
        </div>
      ))}
    </div>
  );
}
