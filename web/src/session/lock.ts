const key = "tilik.locked";
const known = /^\/(?!\/)[\w/.-]*$/;

/** After a lock the person comes back to where they were. */
export const rememberPlace = (place: string): void => sessionStorage.setItem(key, place);

export const wasLocked = (): boolean => sessionStorage.getItem(key) !== null;

/** Where to go after signing in; forgets it. */
export function takePlace(): string {
  const place = sessionStorage.getItem(key) ?? "/";
  sessionStorage.removeItem(key);
  return known.test(place) && !place.startsWith("/sign-in") ? place : "/";
}
