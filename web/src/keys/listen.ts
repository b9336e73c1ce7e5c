import { isSingleCharacter, match, remember, tokenOf, type Pressed } from "./match";
import { singleKeysOn } from "./own";
import { activeCommands } from "./registry";

const typed =
  "input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit]), textarea, select";
const pressable = "a[href], button, summary, input, [role=button], [role=option], [role=tab], [role=switch]";
/** Escape is not text: it must reach stop-work even from a half-written reason. */
function isTyping(target: EventTarget | null, token: string): boolean {
  if (!(target instanceof HTMLElement) || token === "esc") return false;
  return target.isContentEditable || target.matches(typed);
}

/** Space and Enter belong to a control reached by keyboard, not to one merely clicked before. */
function pressesControl(target: EventTarget | null, token: string): boolean {
  if (token !== "space" && token !== "enter") return false;
  return target instanceof HTMLElement && target.matches(pressable) && !focusedByPointer;
}

/** Not `:focus-visible`, which any later key gives to a control that was clicked. */
let focusedByPointer = false;

function followFocus(): () => void {
  const point = (): void => {
    focusedByPointer = true;
  };
  const tab = (event: KeyboardEvent): void => {
    if (event.key === "Tab") focusedByPointer = false;
  };
  window.addEventListener("pointerdown", point, true);
  window.addEventListener("keydown", tab, true);
  return () => {
    window.removeEventListener("pointerdown", point, true);
    window.removeEventListener("keydown", tab, true);
  };
}

/** The one key listener of the app; returns the function that ends it. */
export function listen(): () => void {
  let pressed: Pressed[] = [];
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented) return;
    const token = tokenOf(event);
    if (["control", "meta", "shift", "alt"].some((modifier) => token.endsWith(modifier))) return;
    if (isTyping(event.target, token) || pressesControl(event.target, token)) return;
    if (isSingleCharacter(token) && !singleKeysOn()) return;
    const next = event.repeat ? [{ token, at: event.timeStamp }] : remember(pressed, token, event.timeStamp);
    const command = match(activeCommands(), next);
    if (!event.repeat) pressed = command?.keys.some((keys) => keys.includes(" ")) ? [] : next;
    if (!command || (event.repeat && !command.repeat)) return;
    event.preventDefault();
    command.run(event.repeat);
  };
  const unfollow = followFocus();
  window.addEventListener("keydown", onKey);
  return () => {
    unfollow();
    window.removeEventListener("keydown", onKey);
  };
}
