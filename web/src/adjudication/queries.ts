import { useQuery } from "@tanstack/react-query";
import { get } from "../api/fetch";
import type { Guideline } from "../guideline";

/** The guideline that a ruling was made by; it never changes. */
export const useGuideline = (hash: string) =>
  useQuery({
    queryKey: ["guideline", hash],
    queryFn: () => get<Guideline>(`/api/guidelines/${hash}`),
    staleTime: Infinity,
  });
