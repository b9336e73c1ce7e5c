import { QueryClient } from "@tanstack/react-query";
import { ApiProblem, Offline } from "./fetch";

/** A refusal is final; a fault may pass; a missing answer is asked for until it comes. */
export function worthRetrying(failures: number, error: Error): boolean {
  if (error instanceof Offline) return true;
  return !(error instanceof ApiProblem && error.status < 500) && failures < 3;
}

export const retryDelay = (failures: number): number => Math.min(500 * 2 ** failures, 5_000);

export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: worthRetrying, retryDelay, staleTime: 5_000, networkMode: "always" },
    mutations: { retry: false, networkMode: "always" },
  },
});
