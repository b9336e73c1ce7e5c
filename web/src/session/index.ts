export { changePreferences, usePreferences } from "./preferences";
export { has, signOut, useSession } from "./session";
