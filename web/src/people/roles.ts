import type { Role } from "../api/types";

/** In the order in which they are offered. */
export const roles: readonly Role[] = [
  "reviewer",
  "adjudicator",
  "lead",
  "policy",
  "ml",
  "child-safety",
  "privacy",
  "admin",
];
export const roleName = {
  reviewer: "reviewer",
  adjudicator: "adjudicator",
  lead: "leadRole",
  policy: "policy",
  ml: "ml",
  "child-safety": "childSafety",
  privacy: "privacy",
  admin: "admin",
} as const satisfies Record<Role, string>;
export const roleMore = {
  reviewer: "reviewerMore",
  adjudicator: "adjudicatorMore",
  lead: "leadMore",
  policy: "policyMore",
  ml: "mlMore",
  "child-safety": "childSafetyMore",
  privacy: "privacyMore",
  admin: "adminMore",
} as const satisfies Record<Role, string>;
