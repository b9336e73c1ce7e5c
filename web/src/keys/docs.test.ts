import { expect, it } from "vitest";
import page from "../../../docs/bench.md?raw";
import { entries } from "./entries";

const MARK = "<!-- Keys: written from the registry by `npm run docs` in web/. -->";
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** Every command of the registry in both languages, in the order of the help. */
function table(): string {
  const rows = entries.map(({ keys, title, fixed }) => {
    const said = keys.map((key) => `\`${key}\``).join(" ") || "–";
    return `| ${cell(said)}${fixed ? " (fixed)" : ""} | ${cell(title.en)} | ${cell(title.id)} |`;
  });
  return ["| Key | English | Bahasa Indonesia |", "| --- | --- | --- |", ...rows].join("\n");
}

it("the page for reviewers lists every key of the registry", async () => {
  const [before, after] = page.split(MARK);
  const rest = (after ?? "").split("\n\n").slice(2).join("\n\n");
  const whole = `${before}${MARK}\n\n${table()}\n\n${rest}`;
  await expect(whole).toMatchFileSnapshot("../../../docs/bench.md");
});
