import { Button } from "@mantine/core";
import { Component, type ReactElement, type ReactNode } from "react";
import { useWords } from "../i18n/useWords";
import { State } from "./State";
import { words } from "./words";

type Props = { children: ReactNode };

/** Catches what a screen could not: a program error, or a part that could not be fetched. */
export class Boundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactElement {
  const { t } = useWords(words);
  return (
    <main>
      <State
        title={t("failed")}
        tone="danger"
        actions={<Button onClick={() => window.location.reload()}>{t("reload")}</Button>}
      >
        <p>{t("failedMore")}</p>
      </State>
    </main>
  );
}
