import { queryOptions } from "@tanstack/react-query";
import { get } from "../../api/fetch";
import type { BlindSpots, SecondStudy } from "../../api/types";

/** Without a threshold the one that the study's design states; without columns all that are of use. */
export type Asked = { score: string; threshold: number | null; columns: string[] };

const base = (study: string): string => `/api/learn/studies/${encodeURIComponent(study)}/blind-spots`;

export const blindSpotsOf = (study: string, asked: Asked) => {
  const params = new URLSearchParams({ score: asked.score });
  if (asked.threshold !== null) params.set("threshold", String(asked.threshold));
  for (const column of asked.columns) params.append("columns", column);
  return queryOptions({
    queryKey: ["blind-spots", study, asked],
    queryFn: () => get<BlindSpots>(`${base(study)}?${params}`),
    staleTime: 60_000,
  });
};

export const secondsAddress = (study: string): string => `${base(study)}/seconds`;

export const secondsOf = (study: string) =>
  queryOptions({
    queryKey: ["blind-spots", "seconds", study],
    queryFn: () => get<SecondStudy[]>(secondsAddress(study)),
  });
