import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { get } from "../api/fetch";
import type { HeldTasks, MyDay } from "../api/types";
import type { Guideline } from "../guideline";

export const useMyDay = (): UseQueryResult<MyDay> =>
  useQuery({ queryKey: ["my", "day"], queryFn: () => get<MyDay>("/api/my/day"), refetchInterval: 60_000 });

/** The guideline that this person judges by now; `null` while no task is in their hands. */
export const useOwnGuideline = (): UseQueryResult<Guideline | null> =>
  useQuery({
    queryKey: ["my", "guideline"],
    queryFn: async () => {
      const { tasks } = await get<HeldTasks>("/api/tasks/held");
      return tasks[0] ? get<Guideline>(`/api/guidelines/${tasks[0].guideline}`) : null;
    },
  });
