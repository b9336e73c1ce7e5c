/** Active seconds: time with the page visible and a hand or a playing video within the last minute. */
export type Activity = {
  readonly seconds: number;
  readonly lastSign: number;
  readonly lastTick: number;
};

/** A minute without input or playback, and the clock stops (ms). */
const PATIENCE = 60_000;
/** A timer that was asleep (laptop lid, throttled tab) never adds more than this at once (ms). */
const LONGEST_STEP = 5_000;

export const startActivity = (now: number): Activity => ({ seconds: 0, lastSign: now, lastTick: now });

/** A key, a click or a touch at `now` (ms). */
export const sign = (activity: Activity, now: number): Activity => ({ ...activity, lastSign: now });

/** The clock's own beat, about once a second. */
export function beat(activity: Activity, now: number, visible: boolean, playing: boolean): Activity {
  const lastSign = playing && visible ? now : activity.lastSign;
  const awake = visible && now - lastSign <= PATIENCE;
  const step = Math.min(Math.max(now - activity.lastTick, 0), LONGEST_STEP);
  return { seconds: activity.seconds + (awake ? step / 1000 : 0), lastSign, lastTick: now };
}

/** Whether somebody is at work: leases are renewed only then. */
export const isActive = (activity: Activity, now: number): boolean => now - activity.lastSign <= PATIENCE;
