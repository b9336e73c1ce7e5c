import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { get, put } from "../api/fetch";
import type { Agreement, AnswerQuality, Forecast, QualityTargets, Study, TeamQuality } from "../api/types";

/** What the team's figures are asked for; empty texts leave the choice to the server. */
export type Asked = { study: string; since: string; until: string; of: string };

const team = ["quality", "people"];

const asked = (params: Record<string, string>): URLSearchParams =>
  new URLSearchParams(Object.entries(params).filter(([, value]) => value !== ""));

export const useStudies = (): UseQueryResult<Study[]> =>
  useQuery({ queryKey: ["studies"], queryFn: () => get<Study[]>("/api/studies") });

export const useTeam = (question: Asked): UseQueryResult<TeamQuality> =>
  useQuery({
    queryKey: [...team, question],
    queryFn: () => get<TeamQuality>(`/api/quality/people?${asked(question)}`),
    placeholderData: keepPreviousData,
  });

export const useAnswerTeam = (question: Omit<Asked, "study">): UseQueryResult<AnswerQuality> =>
  useQuery({
    queryKey: ["quality", "answers", question],
    queryFn: () => get<AnswerQuality>(`/api/quality/answers?${asked(question)}`),
    placeholderData: keepPreviousData,
  });

export const useAgreement = (question: { study: string; language: string }): UseQueryResult<Agreement> =>
  useQuery({
    queryKey: ["quality", "agreement", question],
    queryFn: () => get<Agreement>(`/api/quality/agreement?${asked(question)}`),
    placeholderData: keepPreviousData,
  });

export const useForecast = (study: string): UseQueryResult<Forecast> =>
  useQuery({
    queryKey: ["quality", "forecast", study],
    queryFn: () => get<Forecast>(`/api/quality/forecast?${asked({ study })}`),
  });

export function useSetTargets(study: string): UseMutationResult<QualityTargets, Error, QualityTargets> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (targets: QualityTargets) =>
      put<QualityTargets>(`/api/quality/targets?${asked({ study })}`, targets),
    onSuccess: () => client.invalidateQueries({ queryKey: team }),
  });
}
