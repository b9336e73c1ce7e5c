import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { get, post, put } from "../api/fetch";
import { queries } from "../api/query";
import type { Burst, Certification, CertificationRule, Language, OwnCertification } from "../api/types";

const own = ["my", "certification"];
const team = ["certification"];

export const useOwnCertification = (): UseQueryResult<OwnCertification> =>
  useQuery({ queryKey: own, queryFn: () => get<OwnCertification>("/api/my/certification") });

export const beginTest = (spoken: string, language: Language): Promise<Burst> =>
  post<Burst>("/api/certification/tests", { spoken, language });

/** Ends a test; one that is over stays as it is. */
export async function endTest(test: string): Promise<OwnCertification> {
  const told = await post<OwnCertification>(`/api/certification/tests/${encodeURIComponent(test)}/end`, {});
  queries.setQueryData(own, told);
  return told;
}

export const refreshOwn = (): void => void queries.invalidateQueries({ queryKey: own });

export const useCertification = (): UseQueryResult<Certification> =>
  useQuery({ queryKey: team, queryFn: () => get<Certification>("/api/certification") });

export function useSetRule(): UseMutationResult<Certification, Error, CertificationRule> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: CertificationRule) => put<Certification>("/api/certification", rule),
    onSuccess: (told) => client.setQueryData(team, told),
  });
}

export type Word = { state: "valid" | "revoked"; language: string; ground: string; impersonal: boolean };

export function useDecide(person: string): UseMutationResult<Certification, Error, Word> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (word: Word) =>
      post<Certification>(`/api/certification/people/${encodeURIComponent(person)}`, word),
    onSuccess: (told) => client.setQueryData(team, told),
  });
}

export function useSetLanguages(person: string): UseMutationResult<{ languages: string[] }, Error, string[]> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (languages: string[]) =>
      put<{ languages: string[] }>(`/api/people/${encodeURIComponent(person)}/languages`, { languages }),
    onSuccess: () => client.invalidateQueries({ queryKey: team }),
  });
}
