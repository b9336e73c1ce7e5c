import type { ReactElement } from "react";
import classes from "./Kbd.module.css";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const shown: Record<string, string> = { Mod: isMac ? "⌘" : "Ctrl", "": "+" };

/** A key, a combination (`Mod+K`) or a sequence (`Esc Esc`), as a person finds it on the keyboard. */
export function Kbd({ keys }: { keys: string }): ReactElement {
  return (
    <kbd className={classes.keys}>
      {keys
        .split(" ")
        .flatMap((press) => (press === "+" ? ["+"] : press.split("+")))
        .map((key, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- "Esc Esc" repeats a key
          <kbd key={index} className={classes.key}>
            {shown[key] ?? key}
          </kbd>
        ))}
    </kbd>
  );
}
