import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { get, post } from "../api/fetch";
import type { CalibrationLine, CalibrationMedia, CalibrationSession } from "../api/types";
import { has, useSession } from "../session";

const all = ["calibration"];
const at = (session: string): string => `/api/calibration/${encodeURIComponent(session)}`;
/** Others vote and talk meanwhile (ms). */
const AGAIN = 4_000;
/** Whether a session waits at all (ms). */
const SELDOM = 60_000;

export const useCalibrations = (): UseQueryResult<CalibrationLine[]> =>
  useQuery({ queryKey: all, queryFn: () => get<CalibrationLine[]>("/api/calibration") });

/** How many sessions wait for a vote of this person, where the top bar says so. */
export function useSessionsWaiting(): number {
  const { data } = useQuery({
    queryKey: all,
    queryFn: () => get<CalibrationLine[]>("/api/calibration"),
    refetchInterval: SELDOM,
    enabled: has(useSession(), "adjudicator", "policy"),
  });
  return (data ?? []).filter(({ waiting }) => waiting > 0).length;
}

export const useCalibration = (session: string): UseQueryResult<CalibrationSession> =>
  useQuery({
    queryKey: [...all, session],
    queryFn: () => get<CalibrationSession>(at(session)),
    refetchInterval: ({ state }) => (state.data?.closed_at ? false : AGAIN),
  });

export const useItemMedia = (session: string, task: string): UseQueryResult<CalibrationMedia> =>
  useQuery({
    queryKey: [...all, session, task, "media"],
    queryFn: () => get<CalibrationMedia>(`${at(session)}/items/${encodeURIComponent(task)}/media`),
    staleTime: Infinity,
  });

export function useOpenCalibration(
  onOpened: (session: CalibrationSession) => void,
): UseMutationResult<CalibrationSession, Error, { study: string; most: number }> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { study: string; most: number }) => post<CalibrationSession>("/api/calibration", body),
    onSuccess: async (told) => {
      await client.invalidateQueries({ queryKey: all, exact: true });
      onOpened(told);
    },
  });
}

export type Act =
  | { act: "vote"; task: string; says: boolean }
  | { act: "reveal"; task: string }
  | { act: "remarks"; task: string; text: string; impersonal: boolean }
  | { act: "ruling"; task: string; says: boolean; reason: string; impersonal: boolean }
  | { act: "close" };

export function useAct(session: string): UseMutationResult<CalibrationSession, Error, Act> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (said: Act) => {
      if (said.act === "close") return post<CalibrationSession>(`${at(session)}/close`, {});
      const { act, task, ...body } = said;
      return post<CalibrationSession>(`${at(session)}/items/${encodeURIComponent(task)}/${act}`, body);
    },
    onSuccess: (told) => {
      client.setQueryData([...all, session], told);
      void client.invalidateQueries({ queryKey: all, exact: true });
    },
  });
}
