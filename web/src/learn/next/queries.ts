import { queryOptions } from "@tanstack/react-query";
import { get } from "../../api/fetch";
import type { NextBest, NextStudy } from "../../api/types";

/** What a video is worth: how unsure the model is (`entropy`), or how much it would change (`change`). */
export type By = "entropy" | "change";
export type Wanted = { count: number; by: By };

const base = (study: string): string => `/api/learn/studies/${encodeURIComponent(study)}/next-best`;

export const nextOf = (study: string, { count, by }: Wanted) =>
  queryOptions({
    queryKey: ["next-best", study, count, by],
    queryFn: () => get<NextBest>(`${base(study)}?${new URLSearchParams({ count: String(count), by })}`),
    staleTime: 60_000,
  });

export const nextStudiesAddress = (study: string): string => `${base(study)}/studies`;

export const nextStudiesOf = (study: string) =>
  queryOptions({
    queryKey: ["next-best", "studies", study],
    queryFn: () => get<NextStudy[]>(nextStudiesAddress(study)),
  });
