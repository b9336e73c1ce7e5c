import type { ReactElement, ReactNode } from "react";
import { useLanguage } from "../../i18n/useWords";
import { useSession } from "../../session";
import classes from "./Stage.module.css";
import { Watermark } from "./Watermark";

type Props = { of: string; children: ReactNode };

/** A player outside the bench, with who looks at it, and when, over the picture. `of`: the video or its task. */
export function Marked({ of, children }: Props): ReactElement {
  const { person } = useSession();
  const language = useLanguage();
  return (
    <div className={classes.marked}>
      {children}
      <Watermark pseudonym={person.pseudonym} task={of} language={language} />
    </div>
  );
}
