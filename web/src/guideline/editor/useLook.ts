import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { post } from "../../api/fetch";
import type { DraftLook } from "../../api/types";

/** How long the writer must rest before the text is looked at (ms). */
const PAUSE = 700;
/** How long the last few looks are kept (ms). */
const KEPT = 30_000;

/** What the server says about the text as it was a moment ago. */
export function useLook(text: string): UseQueryResult<DraftLook> {
  const [settled] = useDebouncedValue(text, PAUSE);
  return useQuery({
    queryKey: ["look", settled],
    queryFn: () => post<DraftLook>("/api/guideline-drafts/look", { text: settled }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: KEPT,
    refetchOnWindowFocus: false,
  });
}
