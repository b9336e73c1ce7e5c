import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import type { Webhook } from "../api/types";
import { day } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Failed } from "../ui/State";
import { Table } from "../ui/Table";
import { useRemove, useRotate, useTest, type Fresh, type MadeSecret } from "./queries";
import classes from "./Webhooks.module.css";
import { words } from "./words";

type Props = { list: readonly Webhook[]; fresh: Fresh; onMade(made: MadeSecret): void };

export function Endpoints({ list, fresh, onMade }: Props): ReactElement {
  const { t, language } = useWords(words);
  const test = useTest();
  const rotate = useRotate(fresh, onMade);
  const drop = useRemove();
  const error = test.error ?? rotate.error ?? drop.error;
  const small = { variant: "default", size: "compact-sm" } as const;
  return (
    <>
      {error && <Failed error={error} />}
      <Table label={t("endpoints")} head={[t("host"), t("kinds"), t("since"), t("actions")]}>
        {list.map((one) => (
          <tr key={one.id} data-inactive={one.removed_at !== null || undefined}>
            <td>
              <code>{one.host}</code> {one.private && <span className={classes.badge}>{t("own")}</span>}
            </td>
            <td>{one.kinds.map((kind) => t(kind)).join(", ")}</td>
            <td className={classes.day}>{day(one.added_at, language)}</td>
            <td>
              {one.removed_at === null ? (
                <div className={classes.actions}>
                  <Button
                    {...small}
                    aria-label={t("testTo", { host: one.host })}
                    onClick={() => test.mutate(one)}
                  >
                    {t("test")}
                  </Button>
                  <Button
                    {...small}
                    aria-label={t("rotateFor", { host: one.host })}
                    onClick={() => rotate.mutate(one)}
                  >
                    {t("rotate")}
                  </Button>
                  <Button
                    {...small}
                    aria-label={t("removeOne", { host: one.host })}
                    onClick={() => drop.mutate(one)}
                  >
                    {t("remove")}
                  </Button>
                </div>
              ) : (
                t(one.removed_why === "gone" ? "gone" : "removed")
              )}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}
