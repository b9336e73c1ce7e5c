import type { EvidenceItem, Language } from "../../api/types";
import { translator, type Translate } from "../../i18n/catalogue";
import { decimal, percent } from "../../i18n/numbers";
import { clock } from "../player/clock";
import { laneWords } from "./words";

type T = Translate<keyof typeof laneWords.en>;

/** The name of a kind of evidence; one we do not know keeps its code. */
export function kindName(kind: string, language: Language): string {
  const key = kind.replaceAll("-", "_");
  return key in laneWords.en ? translator(laneWords, language)(key as keyof typeof laneWords.en) : kind;
}

/** What one piece of evidence says, where, and who says so. */
export function describe(item: EvidenceItem, language: Language): string {
  const t = translator(laneWords, language);
  const where = item.end > item.start ? `${clock(item.start)}–${clock(item.end)}` : clock(item.start);
  const parts = [kindName(item.kind, language), where, value(item, t, language), item.note];
  return `${parts.filter((part) => part !== "").join(" · ")} (${item.source})`;
}

/** What one piece of evidence says, without where and by whom. */
export const whatIsSaid = (item: EvidenceItem, language: Language): string =>
  value(item, translator(laneWords, language), language);

/** What fits beside a bar of the whole video: the verdict, without who claims what. */
export function brief(item: EvidenceItem, language: Language): string {
  const t = translator(laneWords, language);
  return item.kind === "provenance" && isRecord(item.value) ? originInBrief(item.value, t) : "";
}

function value({ kind, value: said, start, end }: EvidenceItem, t: T, language: Language): string {
  if (kind === "shot") {
    const length = t("seconds", { n: decimal(end - start, language, 1) });
    return isRecord(said) && said["entry"] === "gradual" ? `${length}, ${t("gradual")}` : length;
  }
  if (isRecord(said)) return ofRecord(kind, said, t, language);
  if (typeof said === "number") return decimal(said, language, Number.isInteger(said) ? 0 : 1);
  if (typeof said === "string") return said;
  return end > start ? t("seconds", { n: decimal(end - start, language, 1) }) : "";
}

/** Shapes of the analysers that ship; any other is listed as it came, not guessed at. */
function ofRecord(kind: string, said: Record<string, unknown>, t: T, language: Language): string {
  const { cuts_per_minute: cuts, median_seconds: median, verdict, transitions_per_second: peak } = said;
  const { change, before, after, text, score } = said;
  const number = (n: number): string => decimal(n, language, 1);
  if (typeof cuts === "number" && typeof median === "number") {
    return t("pace_said", { cuts: number(cuts), median: number(median) });
  }
  if (typeof verdict === "string" && typeof peak === "number") {
    return t("flash_said", { peak: number(peak), verdict: flashVerdict(verdict, t) });
  }
  if (typeof change === "number" && typeof before === "number" && typeof after === "number") {
    const levels = { n: number(Math.abs(change)), before: number(before), after: number(after) };
    return t(change > 0 ? "louder" : "quieter", levels);
  }
  if (typeof text === "string" && typeof score === "number") {
    return t(kind === "speech-text" ? "heard" : "score", { text, share: percent(score, language, 0) });
  }
  if (typeof said["language"] === "string" && typeof said["sure"] === "number") {
    const name = new Intl.DisplayNames([language], { type: "language" }).of(said["language"]);
    const sure = percent(said["sure"], language, 0);
    return t("language_said", { language: name ?? said["language"], share: sure }) + origin(said["from"], t);
  }
  if (typeof said["found"] === "string" && typeof said["entry"] === "string") {
    return t("lexicon_said", { found: said["found"], entry: said["entry"] }) + origin(said["from"], t);
  }
  if (kind === "provenance") return [originInBrief(said, t), ...claims(said, t)].join(" · ");
  return Object.entries(said)
    .filter(([, each]) => typeof each === "string" || typeof each === "number")
    .map(([name, each]) => `${name} ${typeof each === "number" ? number(each) : String(each)}`)
    .join(", ");
}

const PLACES = ["title", "caption", "on-screen-text", "speech", "metadata"] as const;

/** Where a text was found. */
function origin(from: unknown, t: T): string {
  const place = PLACES.find((each) => each === from);
  return place ? ` (${t(`from_${key(place)}`)})` : "";
}

const MANIFESTS = ["trusted", "valid", "invalid", "none", "unchecked"] as const;
const MAKINGS = ["generated", "partly-generated", "captured", "made", "unsaid"] as const;
const SOURCES = ["c2pa", "xmp", "aigc-tag", "tool", "camera", "declared"] as const;

function originInBrief(said: Record<string, unknown>, t: T): string {
  const manifest = MANIFESTS.find((each) => each === said["manifest"]) ?? "none";
  const making = MAKINGS.find((each) => each === said["making"]) ?? "unsaid";
  const issuer = typeof said["issuer"] === "string" ? said["issuer"] : t("origin_unnamed");
  const parts = [t(`origin_${manifest}`, { issuer })];
  if (making !== "unsaid" || manifest !== "none") parts.push(t(`making_${key(making)}`));
  if (said["conflict"] === true) parts.push(t("conflict"));
  return parts.join("; ");
}

/** Each source in its own words: who says it, and what it says. */
function claims(said: Record<string, unknown>, t: T): string[] {
  const listed: unknown[] = Array.isArray(said["claims"]) ? said["claims"] : [];
  return listed.filter(isRecord).flatMap((claim) => {
    const by = SOURCES.find((each) => each === claim["by"]);
    if (by === undefined || typeof claim["said"] !== "string") return [];
    return [`${claim["weight"] === "broken" ? t("by_broken") : t(`by_${key(by)}`)}: ${claim["said"]}`];
  });
}

type Underscored<S extends string> = S extends `${infer A}-${infer B}` ? `${A}_${Underscored<B>}` : S;
const key = <S extends string>(code: S): Underscored<S> => code.replaceAll("-", "_") as Underscored<S>;

function flashVerdict(verdict: string, t: T): string {
  if (verdict === "fail") return t("flash_fail");
  if (verdict === "extended") return t("flash_extended");
  return verdict === "warning" ? t("flash_warning") : t("flash_pass");
}

const isRecord = (said: unknown): said is Record<string, unknown> =>
  typeof said === "object" && said !== null && !Array.isArray(said);
