import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { get, post, put } from "../../api/fetch";
import type { NewErasure, NewRule, PersonDue, Retention, RetentionProof, Views } from "../../api/types";

const KEY = ["retention"];
/** What asks for a recent sign-in, if the server wants one. */
export type Fresh = <T>(act: () => Promise<T>) => Promise<T>;

export const useRetention = (): UseQueryResult<Retention> =>
  useQuery({ queryKey: KEY, queryFn: () => get<Retention>("/api/retention") });

export function useSetRule(name: string, onDone: () => void): UseMutationResult<Retention, Error, NewRule> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: NewRule) => put<Retention>(`/api/retention/rules/${name}`, rule),
    onSuccess: (shown) => {
      client.setQueryData(KEY, shown);
      onDone();
    },
  });
}

export function useRun(fresh: Fresh): UseMutationResult<Retention, Error, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => fresh(() => post<Retention>("/api/retention/runs", {})),
    onSuccess: (shown) => client.setQueryData(KEY, shown),
  });
}

export const useProof = (): UseMutationResult<RetentionProof, Error, void> =>
  useMutation({ mutationFn: () => get<RetentionProof>("/api/retention/proof") });

const personPath = (id: string): string => `/api/retention/people/${encodeURIComponent(id)}`;

export const usePersonDue = (id: string): UseQueryResult<PersonDue> =>
  useQuery({ queryKey: [...KEY, id], queryFn: () => get<PersonDue>(personPath(id)) });

export const useViews = (asked: Record<"person" | "since" | "until", string>): UseQueryResult<Views> =>
  useQuery({
    queryKey: [...KEY, "views", asked],
    queryFn: () => get<Views>(`/api/retention/views?${new URLSearchParams(asked)}`),
    placeholderData: keepPreviousData,
  });

export function useErase(id: string, fresh: Fresh): UseMutationResult<PersonDue, Error, NewErasure> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: NewErasure) => fresh(() => post<PersonDue>(`${personPath(id)}/erasure`, asked)),
    onSuccess: (due) => {
      client.setQueryData([...KEY, id], due);
      void client.invalidateQueries({ queryKey: ["people"] });
      void client.invalidateQueries({ queryKey: KEY, exact: true });
    },
  });
}
