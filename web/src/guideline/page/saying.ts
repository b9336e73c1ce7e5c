import type { Language, Words } from "../../api/types";
import { translator } from "../../i18n/catalogue";
import type { Count, Guideline, SumRule, VerdictRule } from "../model";
import { sayingWords } from "./words";

/** A line to read; `lang` where it is the guideline's own text, which stands there in both languages. */
export type Line = { readonly said: string; readonly lang?: Language };
/** What the codes of a guideline are called. */
export type Names = ReadonlyMap<string, Words>;
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Entry = { readonly [key: string]: Json };

/** Every code with its name; of two versions the one named last wins. */
export function namesOf(guidelines: readonly (Guideline | undefined)[]): Names {
  const names = new Map<string, Words>();
  for (const one of guidelines) {
    if (one === undefined) continue;
    const { verdict, labels, high_quality, families, audience, age_bands, assessability, escalations } = one;
    const lists = [families, labels, high_quality, verdict.values, audience.values, age_bands];
    for (const { code, name } of [...lists, assessability.codes, escalations].flat()) names.set(code, name);
  }
  return names;
}

/** A code with its name, the code alone where it has none. */
export function named(code: string, names: Names, language: Language): string {
  const name = names.get(code);
  return name ? `${code} ${name[language]}` : code;
}

/** The names that stand in the place of a change: `labels.SYN-MASS.severity` is about this label. */
export const namesIn = (where: string, names: Names, language: Language): string[] =>
  where.split(".").flatMap((part) => names.get(part)?.[language] ?? []);

/** One side of a change in words; JSON is left only for what has none. */
export function sayValue(where: string, text: string, names: Names, language: Language): Line[] {
  const speaker = new Speaker(names, language);
  const parts = where.split(".");
  if (parts.at(-1) === "id" || parts.at(-1) === "en") return [{ said: text }];
  return speaker.value(parts.at(-1) ?? "", parsed(text));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const FIELDS = {
  family: "family",
  definition: "definition",
  quick: "quick",
  ask: "ask",
  question: "question",
  severity: "severity",
  ages: "ages",
  example_yes: "exampleYes",
  example_no: "exampleNo",
  edge_case: "edgeCase",
  prefer: "prefer",
  note: "note",
  action: "action",
  weight: "weight",
  from: "from",
  to: "to",
} as const;

class Speaker {
  private readonly t;
  private readonly names: Names;
  private readonly language: Language;

  constructor(names: Names, language: Language) {
    this.names = names;
    this.language = language;
    this.t = translator(sayingWords, language);
  }

  value(key: string, value: Json): Line[] {
    if (value === null || value === "") return [];
    if (typeof value === "boolean") return [{ said: this.t(value ? "yes" : "no") }];
    if (key === "match" && typeof value === "string") {
      return [{ said: this.t(value === "all" ? "matchAll" : "matchAny") }];
    }
    if (typeof value === "string") return [{ said: named(value, this.names, this.language) }];
    if (typeof value === "number") return [{ said: String(value) }];
    if (isList(value)) return this.list(key, value);
    if (isWords(value)) return both(value);
    if (isCount(value)) return [{ said: this.count(value) }];
    if (isVerdictRule(value)) return [{ said: this.verdictRule(value) }, ...both(value.text)];
    if (isSumRule(value)) return [{ said: this.sumRule(value) }, ...both(value.text)];
    return this.entry(value);
  }

  private list(key: string, values: readonly Json[]): Line[] {
    if (values.every((one) => typeof one === "string" || typeof one === "number")) {
      return [{ said: values.map((one) => named(String(one), this.names, this.language)).join(", ") }];
    }
    return values.flatMap((one) => this.value(key, one));
  }

  /** Code and name as its head, its texts as they stand, then each part under its own name. */
  private entry(entry: Entry): Line[] {
    const { code, level, name, text, ...rest } = entry;
    const mark = [code, level].filter((one) => typeof one === "string" || typeof one === "number").join(" ");
    const title = isWords(name) ? name : isWords(text) ? text : null;
    if (mark === "" || title === null) return [{ said: JSON.stringify(entry) }];
    const head = both({ id: `${mark} ${title.id}`, en: `${mark} ${title.en}` });
    const more = title === name && isWords(text) ? both(text) : [];
    return [...head, ...more, ...Object.entries(rest).flatMap(([key, value]) => this.field(key, value))];
  }

  private field(key: string, value: Json): Line[] {
    if (value === null || value === "" || (isList(value) && value.length === 0)) return [];
    if (!isField(key)) return [{ said: `${key}: ${JSON.stringify(value)}` }];
    const title = this.t(FIELDS[key]);
    const lines = this.value(key, value);
    const [only] = lines;
    return lines.length === 1 && only
      ? [{ said: `${title}: ${only.said}` }]
      : [{ said: `${title}:` }, ...lines];
  }

  private verdictRule({ code, match, when, then }: VerdictRule): string {
    const held = when.map((one) => this.count(one)).join(this.t(match));
    return this.t("verdictRule", { code, when: held || this.t("always"), verdict: this.name(then) });
  }

  private sumRule({ code, at_least, at_most, then }: SumRule): string {
    const many =
      at_most === null
        ? this.t("sumLeast", { least: at_least })
        : this.t("sumFromTo", { least: at_least, most: at_most });
    return this.t("audienceRule", { code, many, verdict: this.name(then) });
  }

  private count({ count, of, min_level, at_least, at_most, below_age }: Count): string {
    const list = of?.map((code) => this.bracketed(code)).join(", ") ?? "";
    return this.t(count, {
      many: this.many(at_least, at_most),
      of: list && this.t("ofThese", { list }),
      level: min_level,
      below: below_age === null ? "" : this.t("below", { age: below_age }),
    });
  }

  private many(least: number, most: number | null): string {
    if (most === 0) return this.t("none");
    if (most === null) return this.t("atLeast", { least });
    if (most === least) return this.t("exactly", { least });
    return least === 0 ? this.t("atMost", { most }) : this.t("fromTo", { least, most });
  }

  /** Within a sentence the name stands in brackets, so that one sees where it ends. */
  private bracketed(code: string): string {
    const name = this.names.get(code);
    return name ? `${code} (${name[this.language]})` : code;
  }

  private name(code: string): string {
    return named(code, this.names, this.language);
  }
}

const both = ({ id, en }: Words): Line[] =>
  id === en
    ? [{ said: id }]
    : [
        { said: id, lang: "id" },
        { said: en, lang: "en" },
      ];

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isField = (key: string): key is keyof typeof FIELDS => Object.hasOwn(FIELDS, key);

/** The shapes that have words are known by their parts, as the file spells them. */
const has = (value: Json | undefined, ...keys: string[]): boolean =>
  typeof value === "object" && value !== null && keys.every((key) => Object.hasOwn(value, key));
const isWords = (value: Json | undefined): value is Words =>
  has(value, "id", "en") && Object.keys(value as Entry).length === 2;
const isCount = (value: Json): value is Entry & Count => has(value, "count", "min_level", "at_least");
const isVerdictRule = (value: Json): value is Entry & VerdictRule => has(value, "when", "then", "text");
const isSumRule = (value: Json): value is Entry & SumRule => has(value, "at_least", "then", "text");
