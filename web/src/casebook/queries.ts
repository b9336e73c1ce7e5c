import { useMutation, useQuery, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import { get, post } from "../api/fetch";
import type { Case, CaseDetail, NearCases, Version } from "../api/types";
import type { Guideline } from "../guideline";

const KEY = "cases";

export const useCases = (): UseQueryResult<Case[]> =>
  useQuery({ queryKey: [KEY, "list"], queryFn: () => get<Case[]>("/api/cases") });

export const useNear = (): UseQueryResult<NearCases[]> =>
  useQuery({
    queryKey: [KEY, "near"],
    queryFn: () => get<NearCases[]>("/api/cases/near"),
    staleTime: 60_000,
  });

export const useCase = (name: string): UseQueryResult<CaseDetail> =>
  useQuery({ queryKey: [KEY, name], queryFn: () => get<CaseDetail>(`/api/cases/${name}`) });

/** A change of the casebook, after which all of it is asked for again. */
export function useAct<B>(path: (body: B) => string): UseMutationResult<unknown, Error, B> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: B) => post<unknown>(path(body), body),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** The guideline by which a case was filed; it never changes under its hash. */
export const useGuideline = (hash: string): UseQueryResult<Guideline> =>
  useQuery({
    queryKey: ["guideline", hash],
    queryFn: () => get<Guideline>(`/api/guidelines/${hash}`),
    staleTime: Infinity,
    enabled: hash !== "",
  });

/** The active version, in whose words types and states are read where no case names another. */
export const useActive = (): string => {
  const versions = useQuery({ queryKey: ["versions"], queryFn: () => get<Version[]>("/api/versions") });
  return versions.data?.find((one) => one.state === "active")?.hash ?? "";
};
