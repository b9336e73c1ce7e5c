import { useLocation } from "wouter";
import { both, translator } from "./i18n/catalogue";
import { useCommands, type Command } from "./keys";
import { command } from "./keys/entries";
import { words } from "./keys/words";
import { changePreferences, signOut, useSession } from "./session";
import { placesFor } from "./ui/places";
import { words as uiWords } from "./ui/words";

/** What can be done anywhere behind sign-in. */
export function useAppCommands(onKeys: () => void): void {
  const session = useSession();
  const [, navigate] = useLocation();
  const { language, theme } = session.preferences;
  const goTo = (place: ReturnType<typeof placesFor>[number]): Command => ({
    id: `go.${place.name}`,
    keys: [],
    group: both(words, "go"),
    title: {
      id: translator(words, "id")("goTo", { place: translator(uiWords, "id")(place.name) }),
      en: translator(words, "en")("goTo", { place: translator(uiWords, "en")(place.name) }),
    },
    run: () => navigate(place.to),
  });
  useCommands([
    command("app.language", () => changePreferences({ language: language === "id" ? "en" : "id" })),
    command("app.theme", () => changePreferences({ theme: theme === "dark" ? "light" : "dark" })),
    command("app.keys", onKeys),
    command("app.signOut", () => void signOut()),
    ...placesFor(session).map(goTo),
  ]);
}
