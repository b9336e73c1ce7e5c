import { Button, Checkbox } from "@mantine/core";
import { useState, type KeyboardEvent, type ReactElement } from "react";
import { useWords } from "../i18n/useWords";
import { changePreferences, usePreferences } from "../session";
import { Dialog } from "../ui/Dialog";
import { Kbd } from "../ui/Kbd";
import { entries, type Entry } from "./entries";
import classes from "./KeySettings.module.css";
import { tokenOf } from "./match";
import { withOwnKeys } from "./own";
import { given, objection, printed } from "./remap";
import { useCommands } from "./useCommands";
import { words } from "./words";

/** Each person's own keys: changed by pressing them, refused where they clash, kept on the server. */
export default function KeySettings({ onClose }: { onClose(): void }): ReactElement {
  const { t } = useWords(words);
  const { single_keys: single, keys } = usePreferences();
  const [open, setOpen] = useState<string | null>(null);
  useCommands([], { exclusive: true });
  const changeable = entries.filter((entry) => !entry.id.startsWith("bench.digit"));
  return (
    <Dialog title={t("keysTitle")} onClose={onClose}>
      <p className={classes.more}>{t("keysMore")}</p>
      <Checkbox
        label={t("singleOff")}
        description={t("singleOffMore")}
        checked={!single}
        onChange={(event) => changePreferences({ single_keys: !event.currentTarget.checked })}
      />
      <ul className={classes.list}>
        {changeable.map((entry) => (
          <Row
            key={entry.id}
            entry={entry}
            open={open === entry.id}
            onOpen={() => setOpen(entry.id)}
            onDone={() => setOpen(null)}
          />
        ))}
      </ul>
      <Button
        variant="default"
        disabled={Object.keys(keys).length === 0}
        onClick={() => changePreferences({ keys: {} })}
      >
        {t("reset")}
      </Button>
    </Dialog>
  );
}

type RowProps = { entry: Entry; open: boolean; onOpen(): void; onDone(): void };

function Row({ entry, open, onOpen, onDone }: RowProps): ReactElement {
  const { t, language } = useWords(words);
  const { keys: own } = usePreferences();
  const { keys } = withOwnKeys({ ...entry, run: () => undefined }, own);
  const title = entry.title[language];
  return (
    <li className={classes.row}>
      <span>{title}</span>
      <span className={classes.keys}>
        {keys.length === 0 && <span className={classes.more}>{t("without")}</span>}
        {keys.map((key) => (
          <Kbd key={key} keys={key} />
        ))}
      </span>
      {entry.fixed ? (
        <span className={classes.more}>{t("fixed")}</span>
      ) : open ? (
        <Capture entry={entry} onDone={onDone} />
      ) : (
        <button type="button" aria-label={t("changeOf", { title })} onClick={onOpen}>
          {t("change")}
        </button>
      )}
    </li>
  );
}

/** The next key pressed here becomes the command's, unless something speaks against it. */
function Capture({ entry, onDone }: { entry: Entry; onDone(): void }): ReactElement {
  const { t, language } = useWords(words);
  const { keys: own } = usePreferences();
  const [said, setSaid] = useState<string | null>(null);
  const set = (keys: readonly string[]): void => {
    changePreferences({ keys: given(own, entry, keys) });
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const token = tokenOf(event);
    if (token === "tab" || token === "shift+tab" || /(control|meta|shift|alt|process|dead)$/u.test(token))
      return;
    event.preventDefault();
    event.stopPropagation();
    if (token === "esc") return onDone();
    const key = printed(token);
    const against = objection(entries, own, entry.id, token);
    if (!against) return set([key]);
    setSaid(
      against.reason === "taken"
        ? t("taken", { key, title: against.by.title[language] })
        : t("reserved", { key }),
    );
  };
  return (
    <span className={classes.capture}>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to press a key */}
      <button type="button" autoFocus onKeyDown={onKeyDown}>
        {t("pressNow")}
      </button>
      <button type="button" onClick={() => set([])}>
        {t("takeAway")}
      </button>
      <span role="alert" className={classes.said}>
        {said}
      </span>
    </span>
  );
}
