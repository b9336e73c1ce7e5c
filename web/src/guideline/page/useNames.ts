import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { get } from "../../api/fetch";
import type { Guideline } from "../model";
import { namesOf, type Names } from "./saying";

/** What the codes of these versions (hashes) are called; empty until the versions have come. */
export function useNames(hashes: readonly string[]): Names {
  const found = useQueries({
    queries: hashes.map((hash) => ({
      queryKey: ["guideline", hash],
      queryFn: () => get<Guideline>(`/api/guidelines/${hash}`),
      staleTime: Infinity,
    })),
    combine: (all) => all.map(({ data }) => data),
  });
  return useMemo(() => namesOf(found), [found]);
}
