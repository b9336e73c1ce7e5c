import { Button } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { CalibrationItem, CalibrationSession } from "../api/types";
import { both } from "../i18n/catalogue";
import { useWords } from "../i18n/useWords";
import { useCommands } from "../keys";
import { Kbd } from "../ui/Kbd";
import classes from "./Calibration.module.css";
import type { Act } from "./queries";
import { words } from "./words";

export type Props = {
  item: CalibrationItem;
  over: boolean;
  leads: boolean;
  act: UseMutationResult<CalibrationSession, Error, Act>;
};

const choice = (name: "yes" | "no", key: string) => ({
  id: `calibration.${name}`,
  keys: [key],
  group: both(words, "title"),
  title: both(words, name),
});

/** One's own vote, and the others' as far as they are shown. */
export function Ballot({ item, over, leads, act }: Props): ReactElement {
  const { t } = useWords(words);
  const again = item.state === "ruled";
  const open = !over && item.state !== "revealed";
  const mine = again ? item.mine_again : item.mine;
  const vote = (says: boolean): void => {
    if (open) act.mutate({ act: "vote", task: item.task, says });
  };
  useCommands([
    { ...choice("yes", "1"), enabled: () => open, run: () => vote(true) },
    { ...choice("no", "2"), enabled: () => open, run: () => vote(false) },
  ]);
  return (
    <div className={classes.votes}>
      {open && (
        <div className={classes.ballot} role="group" aria-label={t(again ? "voteAgain" : "vote")}>
          <span>{t(again ? "voteAgain" : "vote")}</span>
          {([true, false] as const).map((says) => (
            <Button
              key={String(says)}
              variant={mine === says ? "filled" : "default"}
              aria-pressed={mine === says}
              leftSection={<Kbd keys={says ? "1" : "2"} />}
              onClick={() => vote(says)}
            >
              {t(says ? "yes" : "no")}
            </Button>
          ))}
          <span className={classes.soft}>
            {again ? t("votedAgain", { count: item.voted_again }) : t("voted", { count: item.voted })}
          </span>
        </div>
      )}
      {item.state === "voting" && <p className={classes.soft}>{t("blind")}</p>}
      {leads && !over && item.state === "voting" && (
        <div>
          <Button
            variant="default"
            disabled={item.voted < 2}
            loading={act.isPending}
            onClick={() => act.mutate({ act: "reveal", task: item.task })}
          >
            {t("reveal")}
          </Button>
        </div>
      )}
      <div className={classes.counts}>
        {item.before.length > 0 && <Counts title={t("before")} said={item.before} />}
        {item.after.length > 0 && <Counts title={t("after")} said={item.after} />}
      </div>
    </div>
  );
}

function Counts({ title, said }: { title: string; said: CalibrationItem["before"] }): ReactElement {
  const { t } = useWords(words);
  const by = (says: boolean): string[] => said.filter((one) => one.says === says).map(({ letter }) => letter);
  const [yes, no] = [by(true), by(false)];
  return (
    <div>
      <h3>{title}</h3>
      <p>
        <strong>{t("counts", { yes: yes.length, no: no.length })}</strong>
      </p>
      <p className={classes.soft}>
        {yes.length > 0 && t("yesBy", { letters: yes.join(", ") })}
        {yes.length > 0 && no.length > 0 && " · "}
        {no.length > 0 && t("noBy", { letters: no.join(", ") })}
      </p>
    </div>
  );
}
