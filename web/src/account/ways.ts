/** How a session began, by the word for it. */
export const wayName = {
  link: "link",
  password: "passwordWay",
  recovery: "recoveryWay",
  oidc: "oidc",
  proxy: "proxy",
} as const;
