import { ApiProblem, get, post } from "../../api/fetch";
import type { HeldTasks, Judged, MyDay, NextTask, RenewedLease, Task } from "../../api/types";
import type { Guideline } from "../../guideline";
import type { Parcel } from "../outbox/entry";

/** What the bench asks of the server; a plain object, so that tests can answer instead. */
export type Wire = {
  held(): Promise<Task[]>;
  next(holding: readonly string[]): Promise<NextTask>;
  renew(task: string, lease: string): Promise<string>;
  guideline(hash: string): Promise<Guideline>;
  send(parcel: Parcel, last: boolean): Promise<unknown>;
  day(): Promise<MyDay>;
  last(): Promise<Judged[]>;
  reopen(judgement: string): Promise<Task>;
  release(task: string, lease: string): Promise<void>;
};

/** Guidelines never change under their hash, so each is fetched once. */
const guidelines = new Map<string, Promise<Guideline>>();

function guidelineOf(hash: string): Promise<Guideline> {
  const known = guidelines.get(hash);
  if (known) return known;
  const asked = get<Guideline>(`/api/guidelines/${hash}`);
  guidelines.set(hash, asked);
  asked.catch(() => guidelines.delete(hash));
  return asked;
}

const WHERE: Record<Parcel["kind"], string> = {
  judgement: "/api/judgements",
  "stop-work": "/api/stop-work",
  answer: "/api/answers/judgements",
  "answer-stop": "/api/answers/stop",
};

export const server: Wire = {
  held: async () => (await get<HeldTasks>("/api/tasks/held")).tasks,
  next: (holding) => post<NextTask>("/api/tasks/next", { holding }),
  renew: async (task, lease) => (await post<RenewedLease>(`/api/tasks/${task}/renew`, { lease })).until,
  guideline: guidelineOf,
  send: ({ kind, body }, last) => post<unknown>(WHERE[kind], body, { keepalive: last }),
  day: () => get<MyDay>("/api/my/day"),
  last: () => get<Judged[]>("/api/my/judgements"),
  reopen: (judgement) => post<Task>(`/api/my/judgements/${judgement}/reopen`, {}),
  release: (task, lease) => post<void>(`/api/tasks/${task}/release`, { lease }),
};

/** Whether the server has decided, so that asking the same again is of no use. */
export const isRefusal = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.status < 500 && error.status !== 408 && error.status !== 429;
