const MINUTE = 60_000;

/** Whole minutes until an escalation must be taken on, rounded against us; negative once it is over. */
export const minutesLeft = (due: string, now: string): number =>
  Math.floor((Date.parse(due) - Date.parse(now)) / MINUTE);
