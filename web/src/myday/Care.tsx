import { Checkbox } from "@mantine/core";
import type { ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import { useKeyOf } from "../keys/Key";
import { changePreferences, usePreferences } from "../session";
import { Answer } from "../ui/Answer";
import classes from "./MyDay.module.css";
import { useOwnGuideline } from "./queries";
import { words } from "./words";

/** What makes the work bearable: switches for the picture and the sound, and families left to others. */
export function Care(): ReactElement {
  const { t, say } = useWords(words);
  const { gentle, even, opt_out: out } = usePreferences();
  const guideline = useOwnGuideline();
  const skip = useKeyOf("bench.skip") ?? "–";
  const turn = (code: string): void =>
    changePreferences({ opt_out: out.includes(code) ? out.filter((one) => one !== code) : [...out, code] });
  return (
    <section className={classes.care} aria-labelledby="care">
      <h2 id="care">{t("care")}</h2>
      <Checkbox
        label={t("gentle")}
        description={t("gentleMore")}
        checked={gentle}
        onChange={(event) => changePreferences({ gentle: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("even")}
        description={t("evenMore")}
        checked={even}
        onChange={(event) => changePreferences({ even: event.currentTarget.checked })}
      />
      <h3>{t("optOut")}</h3>
      <p className={classes.more}>{t("optOutMore", { key: skip })}</p>
      <Answer query={guideline}>
        {(found) =>
          found ? (
            <div className={classes.families}>
              {found.families.map(({ code, name }) => (
                <Checkbox
                  key={code}
                  label={say(name)}
                  checked={out.includes(code)}
                  onChange={() => turn(code)}
                />
              ))}
            </div>
          ) : (
            <p className={classes.more}>{t("optOutWait")}</p>
          )
        }
      </Answer>
    </section>
  );
}
