import { idleSeconds } from "./idle";
import type { Problem, QuestionProblem, Words } from "./types";

/** The server answered, and said no: a stable code and a sentence in both languages. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly code: string;
  readonly words: Words;
  readonly where: string | null;
  readonly mend: Words | null;
  readonly problems: QuestionProblem[];
  readonly retryAt: string | null;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.message.en}`);
    this.status = problem.status;
    this.code = problem.code;
    this.words = problem.message;
    this.where = problem.where;
    this.mend = problem.mend;
    this.problems = problem.problems ?? [];
    this.retryAt = problem.retry_at ?? null;
  }
}

/** No answer came: the network or the server is away, and the same call may be made again. */
export class Offline extends Error {
  override readonly name = "Offline";
}

let csrf: string | null = null;
let onSignedOut: (code: string) => void = () => undefined;

/** Called by the session alone; every call that changes something carries this token. */
export function rememberCsrf(token: string | null): void {
  csrf = token;
}

/** What to do when the server says that nobody is signed in here any more. */
export function whenSignedOut(listener: (code: string) => void): void {
  onSignedOut = listener;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Options = { signal?: AbortSignal; keepalive?: boolean };

/** One call to the server. Throws `ApiProblem` when refused and `Offline` when nothing answered. */
export async function call<T>(
  method: Method,
  path: string,
  body?: unknown,
  options: Options = {},
): Promise<T> {
  const response = await reach(path, {
    method,
    credentials: "same-origin",
    headers: headersFor(method, body),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...options,
  });
  if (!response.ok) {
    const problem = new ApiProblem(await readProblem(response));
    if (problem.status === 401) onSignedOut(problem.code);
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const get = <T>(path: string, options?: Options): Promise<T> =>
  call<T>("GET", path, undefined, options);
export const post = <T>(path: string, body: unknown, options?: Options): Promise<T> =>
  call<T>("POST", path, body, options);
export const put = <T>(path: string, body: unknown): Promise<T> => call<T>("PUT", path, body);

export const patch = <T>(path: string, body: unknown): Promise<T> => call<T>("PATCH", path, body);
/** A file from the server, handed to the browser's downloads. */
export async function download(path: string, name: string): Promise<void> {
  const response = await reach(path, { credentials: "same-origin", headers: headersFor("GET", undefined) });
  if (!response.ok) throw new ApiProblem(await readProblem(response));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
export const remove = (path: string): Promise<void> => call<void>("DELETE", path);

function headersFor(method: Method, body: unknown): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: "application/json, application/problem+json",
    "X-Tilik-Idle": String(idleSeconds()),
  };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && csrf !== null) headers["X-CSRF-Token"] = csrf;
  return headers;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Offline(`no answer from ${path}`, { cause });
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  return isProblem(body) ? body : unexplained(response.status);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "message" in body;
}

/** A proxy in between may answer without our format; the person still gets a sentence. */
function unexplained(status: number): Problem {
  return {
    status,
    code: "unexplained",
    message: {
      id: `Server menolak tanpa penjelasan (${status}).`,
      en: `The server refused without saying why (${status}).`,
    },
    where: null,
    mend: {
      id: "Coba sekali lagi; bila terulang, beri tahu administrator Anda.",
      en: "Try once more; if it happens again, tell your administrator.",
    },
  };
}
