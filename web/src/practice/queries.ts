import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { get, post } from "../api/fetch";
import { queries } from "../api/query";
import type { Feedback, Language, NextTask, OwnAccuracy, PracticeState } from "../api/types";
import type { Guideline } from "../guideline";

/** As many as a burst holds. */
export const COUNT = 10;

export const usePractice = (): UseQueryResult<PracticeState> =>
  useQuery({ queryKey: ["practice"], queryFn: () => get<PracticeState>("/api/practice") });

/** One's own accuracy on what one has practised on; nobody else can ask for it. */
export const useOwnAccuracy = (): UseQueryResult<OwnAccuracy> =>
  useQuery({ queryKey: ["my", "practice"], queryFn: () => get<OwnAccuracy>("/api/my/practice") });

export type Told = { readonly feedback: Feedback; readonly guideline: Guideline };

export const useFeedback = (task: string): UseQueryResult<Told> =>
  useQuery({
    queryKey: ["practice", "feedback", task],
    queryFn: async () => {
      const feedback = await get<Feedback>(`/api/practice/feedback/${task}`);
      return { feedback, guideline: await get<Guideline>(`/api/guidelines/${feedback.guideline}`) };
    },
    staleTime: Infinity,
  });

export async function begin(count: number, language: Language): Promise<PracticeState> {
  const state = await post<PracticeState>("/api/practice", { count, language });
  queries.setQueryData(["practice"], state);
  return state;
}

export const takeNext = (burst: string): Promise<NextTask> =>
  post<NextTask>(`/api/practice/${burst}/next`, {});

export const refresh = (): void => {
  void queries.invalidateQueries({ queryKey: ["practice"], exact: true });
  void queries.invalidateQueries({ queryKey: ["my", "practice"] });
};
