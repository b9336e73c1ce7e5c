import { Checkbox, TextInput } from "@mantine/core";
import {
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from "react";
import { changePreferences, usePreferences } from "../session";
import { useWords } from "../i18n/useWords";
import { Dialog } from "../ui/Dialog";
import { Kbd } from "../ui/Kbd";
import { grouped, type Group } from "./group";
import { command as commandOf } from "./entries";
import type { Command } from "./match";
import { whenOpened } from "./open";
import classes from "./Palette.module.css";
import { activeCommands } from "./registry";
import { useCommands } from "./useCommands";
import { words } from "./words";

/** Every command that can be given now, with its keys: the palette and the help are one list. */
export function Palette(): ReactElement | null {
  const { t } = useWords(words);
  const [offered, setOffered] = useState<Command[] | null>(null);
  const open = useCallback(
    (): void => setOffered(activeCommands().filter((each) => each.enabled?.() ?? true)),
    [],
  );
  useEffect(() => whenOpened(open), [open]);
  useCommands([commandOf("app.palette", open)]);
  if (offered === null) return null;
  const close = (): void => setOffered(null);
  return (
    <Dialog title={t("title")} onClose={close}>
      <Choices offered={offered} onChosen={close} />
    </Dialog>
  );
}

type ChoicesProps = { offered: Command[]; onChosen(): void };

function Choices({ offered, onChosen }: ChoicesProps): ReactElement {
  const { t, language } = useWords(words);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const search = useRef<HTMLInputElement>(null);
  useCommands([], { exclusive: true });
  useEffect(() => search.current?.focus(), []);

  const groups = grouped(offered, query, language);
  const flat = groups.flatMap((group) => group.commands);
  const chosen = flat[Math.min(at, flat.length - 1)];
  const run = (command: Command): void => {
    onChosen();
    // After the dialog has given the focus back, so that the command may move it.
    setTimeout(() => command.run());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((Math.min(at, flat.length - 1) + step + flat.length) % Math.max(flat.length, 1));
    else if (event.key === "Enter" && chosen) run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        ref={search}
        aria-label={t("search")}
        placeholder={t("search")}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={chosen && `${list}-${chosen.id}`}
      />
      {flat.length === 0 && <p className={classes.none}>{t("none")}</p>}
      <div id={list} role="listbox" aria-label={t("title")} className={classes.groups}>
        {groups.map((group) => (
          <GroupOfCommands key={group.name} group={group} list={list} chosen={chosen} onRun={run} />
        ))}
      </div>
      <SingleKeys />
    </>
  );
}

type GroupProps = { group: Group; list: string; chosen: Command | undefined; onRun(command: Command): void };

function GroupOfCommands({ group, list, chosen, onRun }: GroupProps): ReactElement {
  const { language } = useWords(words);
  const heading = useId();
  return (
    <div role="group" aria-labelledby={heading} className={classes.group}>
      <div id={heading} className={classes.heading}>
        {group.name}
      </div>
      {group.commands.map((command) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the search field has the keys
        <div
          key={command.id}
          id={`${list}-${command.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={command === chosen}
          className={classes.command}
          onClick={() => onRun(command)}
        >
          <span>{command.title[language]}</span>
          <span className={classes.keys}>
            {command.keys.map((keys) => (
              <Kbd key={keys} keys={keys} />
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

function SingleKeys(): ReactElement {
  const { t } = useWords(words);
  const { single_keys: single } = usePreferences();
  return (
    <Checkbox
      mt="md"
      label={t("singleOff")}
      description={t("singleOffMore")}
      checked={!single}
      onChange={(event) => changePreferences({ single_keys: !event.currentTarget.checked })}
    />
  );
}
