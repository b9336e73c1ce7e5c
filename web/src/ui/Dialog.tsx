import { CloseButton } from "@mantine/core";
import { useId, useLayoutEffect, useRef, type ReactElement, type ReactNode } from "react";
import { useWords } from "../i18n/useWords";
import classes from "./Dialog.module.css";
import { words } from "./words";

type Props = { title: string; onClose(): void; children: ReactNode };

/** A modal dialog by the browser itself: it keeps the focus in, and gives it back when it goes. */
export function Dialog({ title, onClose, children }: Props): ReactElement {
  const { t } = useWords(words);
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby={heading} onClose={onClose}>
      <div className={classes.head}>
        <h2 id={heading}>{title}</h2>
        <CloseButton aria-label={t("close")} onClick={onClose} />
      </div>
      {children}
    </dialog>
  );
}
