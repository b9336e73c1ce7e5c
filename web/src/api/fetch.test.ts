import { afterEach, beforeEach, expect, it, vi, type Mock } from "vitest";
import { ApiProblem, get, Offline, post, rememberCsrf, remove, whenSignedOut } from "./fetch";

let answer: Mock<typeof fetch>;
const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });
const sent = (): RequestInit => answer.mock.calls[0]?.[1] ?? {};

beforeEach(() => {
  answer = vi.fn<typeof fetch>();
  vi.stubGlobal("fetch", answer);
});
afterEach(() => {
  vi.unstubAllGlobals();
  rememberCsrf(null);
  whenSignedOut(() => undefined);
});

it("sends the token with what changes something, and not with what only reads", async () => {
  rememberCsrf("secret");
  answer.mockImplementation(async () => json(200, {}));
  await post("/api/tasks/next", { holding: [] });
  expect(sent()).toMatchObject({
    method: "POST",
    body: '{"holding":[]}',
    headers: { "X-CSRF-Token": "secret", "Content-Type": "application/json" },
  });
  answer.mockClear();
  await get("/api/studies");
  expect(sent().headers).not.toHaveProperty("X-CSRF-Token");
});

it("turns a refusal into its code and both languages", async () => {
  answer.mockResolvedValue(
    json(409, {
      status: 409,
      code: "lease-expired",
      message: { id: "Habis", en: "Expired" },
      where: null,
      mend: null,
    }),
  );
  const error = await post("/api/judgements", {}).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(ApiProblem);
  expect(error).toMatchObject({ status: 409, code: "lease-expired", words: { id: "Habis", en: "Expired" } });
});

it("explains a refusal that is not in our format", async () => {
  answer.mockResolvedValue(new Response("<html>Bad gateway</html>", { status: 502 }));
  await expect(get("/api/studies")).rejects.toMatchObject({ status: 502, code: "unexplained" });
});

it("calls a missing answer offline, and leaves a cancelled call cancelled", async () => {
  answer.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await expect(get("/api/studies")).rejects.toBeInstanceOf(Offline);
  answer.mockRejectedValueOnce(new DOMException("stop", "AbortError"));
  await expect(get("/api/studies")).rejects.toMatchObject({ name: "AbortError" });
});

it("tells when nobody is signed in any more", async () => {
  const signedOut = vi.fn();
  whenSignedOut(signedOut);
  answer.mockResolvedValue(
    json(401, { status: 401, code: "not-signed-in", message: { id: "x", en: "x" }, where: null, mend: null }),
  );
  await get("/api/studies").catch(() => undefined);
  expect(signedOut).toHaveBeenCalledOnce();
});

it("takes an answer without content", async () => {
  answer.mockResolvedValue(new Response(null, { status: 204 }));
  await expect(remove("/api/session")).resolves.toBeUndefined();
});
