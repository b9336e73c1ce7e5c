import type { SpotCondition } from "../../api/types";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { words } from "../words";

const EVIDENCE = "evidence.";
const BELOW = /^below (\S+)$/;
const FROM = /^(\S+) and up$/;

type Told = { columnName: (name: string) => string; conditionText: (condition: SpotCondition) => string };

/** How a column and a condition on it are said. Names and values of the frame are its own words. */
export function useConditions(): Told {
  const { t, language } = useWords(words);
  const edge = (text: string): string =>
    Number.isFinite(Number(text)) ? decimal(Number(text), language, 2) : text;
  const columnName = (name: string): string =>
    name.startsWith(EVIDENCE) ? t("evidence", { kind: name.slice(EVIDENCE.length) }) : name;
  const valueText = ({ column, value }: SpotCondition): string => {
    const [below, from] = [BELOW.exec(value)?.[1], FROM.exec(value)?.[1]];
    if (below !== undefined) return t("below", { edge: edge(below) });
    if (from !== undefined) return t("from", { edge: edge(from) });
    if (value === "-") return t("noValue");
    if (column.startsWith(EVIDENCE)) return value === "yes" ? t("yes") : t("no");
    return value;
  };
  return {
    columnName,
    conditionText: (condition) =>
      t("condition", { column: columnName(condition.column), value: valueText(condition) }),
  };
}
