import type { Role, Session } from "../api/types";

export type Place = {
  to: string;
  name:
    | "review"
    | "adjudication"
    | "rulings"
    | "calibration"
    | "answers"
    | "myDay"
    | "practice"
    | "guideline"
    | "casebook"
    | "measurement"
    | "learn"
    | "quality"
    | "videos"
    | "talk"
    | "safety"
    | "lookups"
    | "people"
    | "webhooks"
    | "privacy"
    | "audit";
  roles: Role[];
  /** Reached from another page and by the palette; the top bar has no room for what is seldom needed. */
  rare?: true;
};

const places: Place[] = [
  { to: "/", name: "review", roles: ["reviewer"] },
  { to: "/answers", name: "answers", roles: ["reviewer", "lead", "ml", "admin"] },
  { to: "/my-day", name: "myDay", roles: ["reviewer"] },
  { to: "/practice", name: "practice", roles: ["reviewer"] },
  { to: "/adjudication", name: "adjudication", roles: ["adjudicator"] },
  { to: "/rulings", name: "rulings", roles: ["reviewer", "adjudicator", "policy", "lead", "admin"] },
  { to: "/calibration", name: "calibration", roles: ["adjudicator", "policy"] },
  { to: "/measurement", name: "measurement", roles: ["lead", "policy", "ml", "admin"] },
  { to: "/learn", name: "learn", roles: ["ml", "lead", "admin"] },
  { to: "/quality", name: "quality", roles: ["lead", "admin"] },
  { to: "/guideline", name: "guideline", roles: ["policy", "lead", "admin"] },
  { to: "/casebook", name: "casebook", roles: ["policy", "lead", "admin"] },
  { to: "/videos", name: "videos", roles: ["lead", "admin"] },
  { to: "/talk", name: "talk", roles: ["policy", "ml", "lead", "admin"] },
  { to: "/safety", name: "safety", roles: ["child-safety"] },
  { to: "/videos/lookups", name: "lookups", roles: ["child-safety"] },
  { to: "/people", name: "people", roles: ["lead", "privacy", "admin"] },
  { to: "/webhooks", name: "webhooks", roles: ["admin"], rare: true },
  { to: "/data-protection", name: "privacy", roles: ["privacy"] },
  { to: "/audit", name: "audit", roles: ["lead", "privacy", "admin"] },
];

/** The screens that a person's roles open, in the order of the top bar. */
export const placesFor = (session: Session): Place[] =>
  places.filter(({ roles }) => roles.some((role) => session.person.roles.includes(role)));
