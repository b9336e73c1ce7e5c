import { queryOptions } from "@tanstack/react-query";
import { get } from "../../api/fetch";
import type { DoubtRereview, Doubts } from "../../api/types";

const base = (study: string): string => `/api/learn/studies/${encodeURIComponent(study)}/label-errors`;

export const doubtsOf = (study: string, question: string) =>
  queryOptions({
    queryKey: ["label-errors", study, question],
    queryFn: () => get<Doubts>(`${base(study)}?${new URLSearchParams({ question })}`),
    staleTime: 60_000,
  });

export const rereviewsAddress = (study: string): string => `${base(study)}/rereviews`;

export const rereviewsOf = (study: string) =>
  queryOptions({
    queryKey: ["label-errors", "rereviews", study],
    queryFn: () => get<DoubtRereview[]>(rereviewsAddress(study)),
  });
