import type { Preferences } from "../../api/types";
import type { Guideline } from "../../guideline";
import type { Draft } from "../form/draft";

/** Something hard was found in this video: a family was opened, or it was too much for its reader. */
export const isHard = ({ answers }: Draft): boolean =>
  Object.entries(answers).some(([question, answer]) => question.startsWith("family.") && answer === true);

/** Whether the picture is put away: its reader has just said that it is not good for them. */
export function isSpared(guideline: Guideline, { answers }: Draft, code: string): boolean {
  return answers["assessable"] === code && guideline.assessability.codes.some((one) => one.code === code);
}

/** What holds for this video: a person's own switches, and more of them once it turned out hard. */
export function comfortFor(preferences: Preferences, draft: Draft | null): Preferences {
  if (!preferences.gentle || !draft || !isHard(draft)) return preferences;
  return { ...preferences, grey: true, half: true, muted: true, captions: true };
}
