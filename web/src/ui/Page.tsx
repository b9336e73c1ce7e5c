import { useDocumentTitle } from "@mantine/hooks";
import type { ReactElement, ReactNode } from "react";
import classes from "./Page.module.css";

type Props = { title: string; lead?: ReactNode; aside?: ReactNode; children: ReactNode };

/** The main landmark of a screen: its one heading, a line on what it is, its content. */
export function Page({ title, lead, aside, children }: Props): ReactElement {
  useDocumentTitle(`${title} · Tilik`);
  return (
    <main id="content" tabIndex={-1} className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
    </main>
  );
}
