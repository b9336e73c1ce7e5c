import { useCallback, useEffect, useState, type ReactElement } from "react";
import { FileCase } from "../../casebook/bench/FileCase";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { command } from "../../keys/entries";
import { useBench } from "../context";
import { words } from "../words";
import classes from "./Cases.module.css";
import type { Item } from "./state";

const SHOWN = 6_000;

/** One key files a case about the video on screen, without leaving it. */
export function Cases({ item }: { item: Item }): ReactElement {
  const { deck } = useBench();
  const { t } = useWords(words);
  const [filing, setFiling] = useState(false);
  const [number, setNumber] = useState<number | null>(null);
  const open = (): void => {
    deck.pause();
    setFiling(true);
  };
  useCommands([command("bench.file", open, () => !filing)]);
  useEffect(() => {
    if (number === null) return undefined;
    const timer = setTimeout(() => setNumber(null), SHOWN);
    return () => clearTimeout(timer);
  }, [number]);
  const close = useCallback(() => setFiling(false), []);
  return (
    <>
      {filing && <FileCase item={item} at={deck.position} onClose={close} onFiled={setNumber} />}
      <p className={classes.filed} role="status">
        {number !== null && t("caseFiled", { number })}
      </p>
    </>
  );
}
