/** What is being typed after an `@` at the end of the text, or null. */
export const begun = (text: string): string | null => /(?:^|\s)@(\w*)$/u.exec(text)?.[1] ?? null;

/** The names that go on from what is being typed; all of them where nothing is. */
export function matching(text: string, names: readonly string[]): readonly string[] {
  const start = begun(text)?.toUpperCase() ?? "";
  return names.filter((name) => name.startsWith(start));
}

/** The text calling on this person, in place of what was being typed of their name. */
export function callOn(text: string, name: string): string {
  const start = begun(text);
  const kept = start === null ? text : text.slice(0, text.length - start.length - 1);
  const gap = kept === "" || /\s$/u.test(kept) ? "" : " ";
  return `${kept}${gap}@${name} `;
}
