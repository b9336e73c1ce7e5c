import type { LogPage } from "../api/types";

export const pageSize = 50;

/** Whether the chain has been verified to its very end. */
export const isWhole = ({ head, verified_to: verifiedTo }: LogPage): boolean => verifiedTo >= head;

/** Where the next, older page ends, or `null` when this one holds the beginning. */
export function oldestSeq({ entries }: LogPage): number | null {
  const oldest = Math.min(...entries.map(({ seq }) => seq));
  return entries.length < pageSize || oldest <= 1 ? null : oldest;
}
