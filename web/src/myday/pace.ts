import type { MyDay } from "../api/types";

/** Judgements per active hour; `null` before there is anything to divide. */
export const pacePerHour = ({ judged, active_seconds: seconds }: MyDay): number | null =>
  judged > 0 && seconds > 0 ? (3600 * judged) / seconds : null;

export type ToGo = { readonly left: number; readonly hours: number | null };

/** What is left of a target, and how many active hours that takes at this pace. `null`: no target is set. */
export function toGo(day: MyDay, target: number): ToGo | null {
  if (target <= 0) return null;
  const left = Math.max(0, target - day.judged);
  const pace = pacePerHour(day);
  return { left, hours: pace === null ? null : left / pace };
}
