import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { ApiProblem, get } from "../api/fetch";
import type { SignInWays } from "../api/types";
import { useWords } from "../i18n/useWords";
import { useSession } from "../session";
import { Answer } from "../ui/Answer";
import { Dialog } from "../ui/Dialog";
import { OtherWays } from "./OtherWays";
import { PasswordForm } from "./PasswordForm";
import { words } from "./words";

type Asked = { again(): void; give(): void };
type Fresh = {
  /** Does it; when the server wants a recent sign-in, asks for one and does it again. */
  fresh<T>(act: () => Promise<T>): Promise<T>;
  dialog: ReactElement | null;
};

/** For what needs a recent sign-in: exports, and changes to how somebody signs in. */
export function useFresh(): Fresh {
  const [asked, setAsked] = useState<Asked | null>(null);
  const fresh = <T,>(act: () => Promise<T>): Promise<T> =>
    act().catch((error: unknown) => {
      if (!(error instanceof ApiProblem && error.code === "sign-in-again")) throw error;
      return new Promise<T>((resolve, reject) => {
        setAsked({ again: () => act().then(resolve, reject), give: () => reject(error) });
      });
    });
  const end = (how: "again" | "give"): void => {
    asked?.[how]();
    setAsked(null);
  };
  const dialog = asked && <SignInAgain onDone={() => end("again")} onClose={() => end("give")} />;
  return { fresh, dialog };
}

function SignInAgain({ onDone, onClose }: { onDone(): void; onClose(): void }): ReactElement {
  const { t } = useWords(words);
  const { pseudonym } = useSession().person;
  const ways = useQuery({ queryKey: ["sign-in"], queryFn: () => get<SignInWays>("/api/sign-in") });
  return (
    <Dialog title={t("againTitle")} onClose={onClose}>
      <p>{t("againMore")}</p>
      <Answer query={ways}>
        {(found) => (
          <>
            <OtherWays ways={found} again onDone={onDone} />
            {found.password && <PasswordForm name={pseudonym} onDone={onDone} />}
          </>
        )}
      </Answer>
      <p>{t("againLink")}</p>
    </Dialog>
  );
}
