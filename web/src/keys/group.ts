import type { Language } from "../api/types";
import type { Command } from "./match";

export type Group = { name: string; commands: Command[] };

/** Commands whose title, group or key holds every word asked for, grouped in the order they were given. */
export function grouped(commands: readonly Command[], query: string, language: Language): Group[] {
  const wanted = query.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const name = command.group[language];
    const text = `${command.title[language]} ${name} ${command.keys.join(" ")}`.toLocaleLowerCase(language);
    if (wanted.every((word) => text.includes(word))) groups.set(name, [...(groups.get(name) ?? []), command]);
  }
  return [...groups].map(([name, found]) => ({ name, commands: found }));
}
