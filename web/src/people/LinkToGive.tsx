import { Button, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useEffect, useRef, type ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import { words as uiWords } from "../ui/words";
import classes from "./People.module.css";
import type { MadeLink } from "./queries";
import { words } from "./words";

type Props = { made: MadeLink; onDone(): void };

/** The one time a sign-in link is seen: selected, ready to copy, then gone. */
export function LinkToGive({ made, onDone }: Props): ReactElement {
  const { t } = useWords(words);
  const { t: ui } = useWords(uiWords);
  const clipboard = useClipboard({ timeout: 3_000 });
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <section className={classes.link} aria-labelledby="link-to-give" role="status">
      <h2 id="link-to-give">{t("linkFor", { name: made.person.name })}</h2>
      <p>{t("linkMore")}</p>
      <div className={classes.linkRow}>
        <TextInput
          ref={field}
          readOnly
          value={made.link}
          aria-labelledby="link-to-give"
          className={classes.linkField ?? ""}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => clipboard.copy(made.link)}>
          {clipboard.copied ? ui("copied") : ui("copy")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("done")}
        </Button>
      </div>
    </section>
  );
}
