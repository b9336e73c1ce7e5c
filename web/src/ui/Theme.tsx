import { createTheme, MantineProvider } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { usePreferences } from "../session/preferences";
import "./mantine.css";
import "./theme.css";
import "./base.css";

const theme = createTheme({
  primaryColor: "teal",
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
});

/** The person's theme. Variables are static files (see theme.css), so no style element is ever made. */
export function Theme({ children }: { children: ReactNode }): ReactElement {
  const { theme: scheme } = usePreferences();
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
