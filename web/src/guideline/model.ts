import type { Words } from "../api/types";

/** The guideline as the server sends it: data that drives every question on the screen. */
export type Guideline = {
  readonly id: string;
  readonly version: string;
  readonly status: string;
  readonly name: Words;
  readonly summary: Words;
  readonly principles: readonly Stated[];
  readonly age_bands: readonly AgeRange[];
  readonly age_schemes: readonly AgeScheme[];
  readonly severity_scale: readonly Level[];
  readonly strength_scale: readonly Level[];
  readonly confidence_scale: readonly Level[];
  readonly escalations: readonly Escalation[];
  readonly assessability: Assessability;
  readonly audience: Audience;
  readonly families: readonly Family[];
  readonly labels: readonly Label[];
  readonly high_quality: readonly Strength[];
  readonly verdict: { readonly values: readonly Named[]; readonly rules: readonly VerdictRule[] };
  readonly flow: readonly Step[];
  readonly casebook: {
    readonly edge_case_types: readonly Named[];
    readonly content_gap_types: readonly Named[];
    readonly states: readonly Named[];
  };
};

export type Named = { readonly code: string; readonly name: Words };
export type Stated = { readonly code: string; readonly text: Words };
export type Level = { readonly level: number; readonly text: Words };

/** Years, both ends included; `to: null` is open upwards. */
export type AgeRange = Named & { readonly from: number; readonly to: number | null };
export type AgeScheme = Named & { readonly note: Words; readonly classes: readonly AgeRange[] };

export type Escalation = Named & {
  readonly action: Words;
  readonly sla_minutes: number;
  readonly lock: boolean;
  readonly text_fields_disabled: boolean;
};

export type Assessability = {
  readonly yes: Words;
  readonly language_question: Words;
  readonly languages: readonly Named[];
  readonly codes: readonly (Named & { readonly ask_language: boolean; readonly no_penalty: boolean })[];
};

export type Audience = {
  readonly factors_question: Words;
  readonly factors: readonly (Stated & { readonly weight: number })[];
  readonly values: readonly (Named & { readonly definition: Words })[];
  readonly rules: readonly SumRule[];
  readonly note: Words;
};
export type SumRule = {
  readonly code: string;
  readonly at_least: number;
  readonly at_most: number | null;
  readonly then: string;
  readonly text: Words;
};

export type Family = Named & { readonly quick: Words };
export type Label = Named & {
  readonly family: string;
  readonly definition: Words;
  readonly ask: readonly Words[];
  readonly severity: readonly Level[];
  readonly ages: readonly string[];
  readonly example_yes: Words | null;
  readonly example_no: Words | null;
  readonly edge_case: Words | null;
  readonly prefer: readonly string[];
};
export type Strength = Named & { readonly definition: Words; readonly ask: Words };

export type Count = {
  readonly count: "labels" | "strengths";
  readonly of: readonly string[] | null;
  readonly min_level: number;
  readonly at_least: number;
  readonly at_most: number | null;
  readonly below_age: number | null;
};
export type VerdictRule = {
  readonly code: string;
  readonly match: "all" | "any";
  readonly when: readonly Count[];
  readonly then: string;
  readonly text: Words;
};

export type Section =
  | "escalations"
  | "assessability"
  | "audience"
  | "age_bands"
  | "families"
  | "labels"
  | "high_quality"
  | "verdict"
  | "confidence_scale"
  | "casebook";
export type Step = {
  readonly step: string;
  readonly uses: Section;
  readonly title: Words;
  readonly question: Words;
  readonly note: Words | null;
};
