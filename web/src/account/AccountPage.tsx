import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get, remove } from "../api/fetch";
import type { WaysIn } from "../api/types";
import { useWords } from "../i18n/useWords";
import { useFresh } from "../signin/useFresh";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { Failed } from "../ui/State";
import classes from "./Account.module.css";
import { Authenticator } from "./Authenticator";
import { Password } from "./Password";
import { Sessions } from "./Sessions";
import { words } from "./words";

const key = ["account"];

const useAccount = (): UseQueryResult<WaysIn> =>
  useQuery({ queryKey: key, queryFn: () => get<WaysIn>("/api/account") });

/** One's own ways in: a password, an authenticator, the sessions that are open. */
export default function AccountPage(): ReactElement {
  const { t } = useWords(words);
  const account = useAccount();
  const client = useQueryClient();
  const { fresh, dialog } = useFresh();
  const changed = (): void => {
    void client.invalidateQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: ["sign-in"] });
  };
  const endOthers = useMutation({ mutationFn: () => remove("/api/account/sessions"), onSuccess: changed });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Answer query={account}>
        {(mine) => (
          <div className={classes.parts}>
            <div className={classes.column}>
              <Password mine={mine} fresh={fresh} onChanged={changed} />
              <section className={classes.part} aria-labelledby="sessions">
                <h2 id="sessions">{t("sessions")}</h2>
                <Sessions sessions={mine.sessions} />
                {endOthers.error && <Failed error={endOthers.error} />}
                {mine.sessions.length > 1 && (
                  <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
                    {t("endOthers")}
                  </Button>
                )}
              </section>
            </div>
            <Authenticator mine={mine} fresh={fresh} onChanged={changed} />
          </div>
        )}
      </Answer>
      {dialog}
    </Page>
  );
}
