import type { Preferences } from "../api/types";

export const defaults: Preferences = {
  language: "id",
  theme: "dark",
  speed: 1,
  muted: false,
  grey: false,
  blur: false,
  half: false,
  even: true,
  captions: true,
  gentle: false,
  single_keys: true,
  keys: {},
  target: 0,
  opt_out: [],
};

/** What this browser last knew, so that the first paint and the sign-in page are in the person's way. */
export function readLocal(text: string | null): Preferences {
  try {
    const known: unknown = JSON.parse(text ?? "{}");
    return { ...defaults, ...(typeof known === "object" ? known : {}) };
  } catch {
    return defaults;
  }
}
