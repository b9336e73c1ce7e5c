import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { get, post, remove } from "../api/fetch";
import type { Delivery, NewWebhook, Webhook, WebhookMade } from "../api/types";

const key = ["webhooks"];
/** How often waiting messages are looked for (ms). */
const again = 3_000;

export type Fresh = <T>(act: () => Promise<T>) => Promise<T>;
/** A secret that was just made, and for whom; the server will not show it again. */
export type MadeSecret = { host: string; secret: string };

export const pathOf = (webhook: string): string => `/api/webhooks/${encodeURIComponent(webhook)}`;

export const useWebhooks = (): UseQueryResult<Webhook[]> =>
  useQuery({ queryKey: key, queryFn: () => get<Webhook[]>("/api/webhooks") });

export const useDeliveries = (): UseQueryResult<Delivery[]> =>
  useQuery({
    queryKey: [...key, "messages"],
    queryFn: () => get<Delivery[]>("/api/webhooks/messages"),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === "waiting") ? again : false),
  });

function useChange<T, V>(
  act: (given: V) => Promise<T>,
  onDone?: (made: T, given: V) => void,
): UseMutationResult<T, Error, V> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (made, given) => {
      onDone?.(made, given);
      return client.invalidateQueries({ queryKey: key });
    },
  });
}

export const useAdd = (
  fresh: Fresh,
  onMade: (made: MadeSecret) => void,
): UseMutationResult<WebhookMade, Error, NewWebhook> =>
  useChange(
    (wanted: NewWebhook) => fresh(() => post<WebhookMade>("/api/webhooks", wanted)),
    ({ webhook, secret }) => onMade({ host: webhook.host, secret }),
  );

export const useRotate = (
  fresh: Fresh,
  onMade: (made: MadeSecret) => void,
): UseMutationResult<{ secret: string }, Error, Webhook> =>
  useChange(
    (one: Webhook) => fresh(() => post<{ secret: string }>(`${pathOf(one.id)}/secret`, {})),
    ({ secret }, { host }) => onMade({ host, secret }),
  );

export const useTest = (): UseMutationResult<unknown, Error, Webhook> =>
  useChange((one: Webhook) => post(`${pathOf(one.id)}/test`, {}));

export const useRemove = (): UseMutationResult<void, Error, Webhook> =>
  useChange((one: Webhook) => remove(pathOf(one.id)));

export const useResend = (): UseMutationResult<unknown, Error, Delivery> =>
  useChange((one: Delivery) =>
    post(`${pathOf(one.webhook)}/messages/${encodeURIComponent(one.message)}/resend`, {}),
  );
