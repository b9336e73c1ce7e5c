type Place = Pick<Location, "hash" | "pathname">;
type Past = Pick<History, "replaceState" | "state">;

/** The link's secret, taken out of the address so that it stays in no history and on no screenshot. */
export function takeToken(place: Place, past: Past): string | null {
  const token = decodeURIComponent(place.hash.replace(/^#/, ""));
  if (!token) return null;
  past.replaceState(past.state, "", place.pathname);
  return token;
}
