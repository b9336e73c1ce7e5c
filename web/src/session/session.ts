import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { createContext, use, useMemo } from "react";
import { ApiProblem, get, post, rememberCsrf, remove } from "../api/fetch";
import { notIdle } from "../api/idle";
import { queries } from "../api/query";
import type { Role, Session } from "../api/types";
import { rememberPlace } from "./lock";
import { adopt, usePreferences } from "./preferences";

export const sessionKey = ["session"];

/** `null` means: the server answered, and nobody is signed in here. */
async function readSession(): Promise<Session | null> {
  try {
    return enter(await get<Session>("/api/session"));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return enter(null);
    throw error;
  }
}

function enter<S extends Session | null>(session: S): S {
  rememberCsrf(session?.csrf ?? null);
  adopt(session);
  return session;
}

const question = { queryKey: sessionKey, queryFn: readSession, staleTime: Infinity };

/**
 * Exchanges a one-time token for a session; the cookie it sets is never seen by this code.
 *
 * A page that has just opened also asks who is signed in. That answer is heard first: "nobody" arriving
 * after the exchange would sign the person out again.
 */
export async function signIn(token: string): Promise<Session> {
  return comeIn("/api/session", { token });
}

/** With an e-mail address or pseudonym, a password, and a code where there is a second factor. */
export const signInWithPassword = (name: string, password: string, code: string | null): Promise<Session> =>
  comeIn("/api/session/password", { name, password, code });

/** As the person whom the proxy in front of the server names. */
export const signInByProxy = (): Promise<Session> => comeIn("/api/session/proxy", {});

/** Leaves for the identity provider; what comes back is a page of ours. */
export async function leaveForProvider(again: boolean): Promise<void> {
  const { url } = await post<{ url: string }>(`/api/session/oidc${again ? "?again=true" : ""}`, {});
  window.location.assign(url);
}

async function comeIn(path: string, body: unknown): Promise<Session> {
  await queries.fetchQuery(question).catch(() => undefined);
  const session = enter(await post<Session>(path, body));
  notIdle();
  queries.setQueryData(sessionKey, session);
  return session;
}

/** Ends the session on the server, then forgets what this browser held of it. */
export async function signOut(): Promise<void> {
  await remove("/api/session");
  forgetSession();
}

/** The server no longer knows this browser: show the way back in, and keep no one's data on screen. */
export function forgetSession(code = ""): void {
  if (code === "session-locked") rememberPlace(window.location.pathname);
  enter(null);
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
  queries.setQueryData(sessionKey, null);
}

export const useSessionQuery = (): UseQueryResult<Session | null> =>
  useQuery({ ...question, refetchOnWindowFocus: false });

export const SessionContext = createContext<Session | null>(null);

/** The signed-in person's session, with preferences as they are now. Only for screens behind sign-in. */
export function useSession(): Session {
  const session = use(SessionContext);
  const preferences = usePreferences();
  const current = useMemo(() => session && { ...session, preferences }, [session, preferences]);
  if (!current) throw new Error("useSession is for screens behind sign-in");
  return current;
}

export const has = (session: Session, ...roles: Role[]): boolean =>
  roles.some((role) => session.person.roles.includes(role));
