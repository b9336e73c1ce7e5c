import type { Command } from "./match";

/** Keys that the person gave to commands, by command id; an empty list takes a command's keys away. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

let own: OwnKeys = {};
let single = true;

/** Told by the preferences, which hold both on the server. */
export function setOwnKeys(keys: OwnKeys, singleKeys: boolean): void {
  own = keys;
  single = singleKeys;
}

/** Whether keys without a modifier run commands (WCAG 2.1.4). */
export const singleKeysOn = (): boolean => single;

/** The command under this person's keys. A fixed one keeps its own whatever is asked for. */
export function withOwnKeys(command: Command, keys: OwnKeys = own): Command {
  const chosen = command.fixed ? undefined : keys[command.id];
  return chosen ? { ...command, keys: [...chosen] } : command;
}
