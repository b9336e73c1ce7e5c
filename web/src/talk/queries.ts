import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { get, post } from "../api/fetch";
import type { About, Errand, NewErrand, Talk, TalkMine } from "../api/types";
import { has, useSession } from "../session";

const key = ["talk"];
/** How often it is asked whether something waits (ms). */
const again = 60_000;

export type Place = { about: About; name: string };
export type Text = { text: string; impersonal: boolean };
export type Move = { state: "taken" | "done" | "returned"; why?: string; impersonal?: boolean };

export const addressOf = ({ about, name }: Place): string =>
  `/talk?${new URLSearchParams({ about, name }).toString()}`;

export const useThread = ({ about, name }: Place): UseQueryResult<Talk> =>
  useQuery({
    queryKey: [...key, about, name],
    queryFn: () => get<Talk>(`/api/talk/thread?${new URLSearchParams({ about, name }).toString()}`),
  });

export const useMine = (): UseQueryResult<TalkMine> =>
  useQuery({ queryKey: [...key, "mine"], queryFn: () => get<TalkMine>("/api/talk/mine") });

/** How much waits for this person; nothing where their roles do not talk. */
export function useWaiting(): number {
  const talks = has(useSession(), "policy", "ml", "lead", "admin");
  const { data } = useQuery({
    queryKey: [...key, "count"],
    queryFn: () => get<{ waiting: number }>("/api/talk/count"),
    refetchInterval: again,
    enabled: talks,
  });
  return data?.waiting ?? 0;
}

/** A change of what is talked about, after which all of it is asked for again. */
function useAct<V>(act: (given: V) => Promise<unknown>): UseMutationResult<unknown, Error, V> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: key }),
        client.invalidateQueries({ queryKey: ["cases"] }),
      ]),
  });
}

export const useSay = (place: Place): UseMutationResult<unknown, Error, Text> =>
  useAct((said: Text) => post("/api/talk/comments", { ...place, ...said }));

export const useGive = (place: Place): UseMutationResult<unknown, Error, Omit<NewErrand, keyof Place>> =>
  useAct((given: Omit<NewErrand, keyof Place>) => post("/api/talk/errands", { ...place, ...given }));

export const useMove = (errand: Errand): UseMutationResult<unknown, Error, Move> =>
  useAct((move: Move) => post(`/api/talk/errands/${encodeURIComponent(errand.id)}`, move));

export const useRead = (): UseMutationResult<unknown, Error, string[]> =>
  useAct((comments: string[]) => post("/api/talk/read", { comments }));
