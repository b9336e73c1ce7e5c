/** What came back from an identity provider with a problem. */
export const problemWords: Record<
  string,
  "problemNobody" | "problemInactive" | "problemAway" | "problemMany"
> = {
  "oidc-nobody": "problemNobody",
  "person-inactive": "problemInactive",
  "oidc-unreachable": "problemAway",
  "too-many-attempts": "problemMany",
};
