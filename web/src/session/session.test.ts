import { afterEach, expect, it, vi } from "vitest";
import { queries } from "../api/query";
import { forgetSession, sessionKey, signIn } from "./session";

vi.mock("./preferences", () => ({ adopt: () => undefined, usePreferences: () => undefined }));

const NOBODY = {
  status: 401,
  code: "not-signed-in",
  message: { id: "Anda belum masuk.", en: "You are not signed in." },
  where: null,
  mend: null,
};
const SOMEBODY = {
  person: { id: "p1", name: "Sari", roles: ["reviewer"] },
  csrf: "csrf",
  preferences: { language: "id", theme: "dark" },
};

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

afterEach(() => {
  vi.unstubAllGlobals();
  queries.clear();
});

it("is signed in although the question who is signed in was asked before and answered late", async () => {
  let exchanged = false;
  let hear: (response: Response) => void = () => undefined;
  const late = new Promise<Response>((resolve) => (hear = resolve));
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
    if (init.method === "GET") return late;
    exchanged = true;
    return Promise.resolve(answer(200, SOMEBODY));
  });
  const signedIn = signIn("token");
  await new Promise((soon) => setTimeout(soon, 20));
  expect(exchanged).toBe(false);
  hear(answer(401, NOBODY));
  await signedIn;
  await new Promise((soon) => setTimeout(soon, 20));
  expect(queries.getQueryData(sessionKey)).toMatchObject({ person: { name: "Sari" } });
});

it("can sign in again after the session was forgotten", async () => {
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) =>
    Promise.resolve(init.method === "GET" ? answer(401, NOBODY) : answer(200, SOMEBODY)),
  );
  await signIn("one");
  forgetSession();
  await signIn("two");
  expect(queries.getQueryData(sessionKey)).toMatchObject({ csrf: "csrf" });
});
