import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get, post } from "../../api/fetch";
import type { Version } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Page } from "../../ui/Page";
import { Failed } from "../../ui/State";
import type { Guideline } from "../model";
import { words } from "../words";
import { Changes } from "./Changes";
import classes from "./Guideline.module.css";
import { ImpactPanel } from "./ImpactPanel";
import { Reading } from "./Reading";
import { Versions } from "./Versions";

type Props = { version: string | undefined; changes: boolean };

/** The guideline's versions: one to read in both languages, or what it would change if it were active. */
export default function GuidelinePage({ version, changes }: Props): ReactElement {
  const { t } = useWords(words);
  const versions = useQuery({ queryKey: ["versions"], queryFn: () => get<Version[]>("/api/versions") });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Answer query={versions}>
        {(list) => {
          const active = list.find((one) => one.state === "active");
          const shown = list.find((one) => one.hash === version) ?? active ?? list.at(-1);
          return (
            <div className={classes.stack}>
              <Versions versions={list} shown={shown?.hash ?? ""} active={active?.hash} />
              {shown && changes && active && shown !== active ? (
                <>
                  <Life version={shown} />
                  <Changes from={active} to={shown} />
                  <ImpactPanel from={active} version={shown} />
                </>
              ) : (
                shown && <Text version={shown} />
              )}
            </div>
          );
        }}
      </Answer>
    </Page>
  );
}

function Text({ version }: { version: Version }): ReactElement {
  const guideline = useQuery({
    queryKey: ["guideline", version.hash],
    queryFn: () => get<Guideline>(`/api/guidelines/${version.hash}`),
    staleTime: Infinity,
  });
  return <Answer query={guideline}>{(found) => <Reading guideline={found} />}</Answer>;
}

const steps = {
  draft: [["toTrial", "trial"] as const, ["activate", "active"] as const, ["retire", "retired"] as const],
  trial: [["activate", "active"] as const, ["retire", "retired"] as const],
  active: [],
  retired: [["activate", "active"] as const],
};

function Life({ version }: { version: Version }): ReactElement {
  const { t } = useWords(words);
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: (state: string) => post<Version>(`/api/versions/${version.hash}/state`, { state }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["versions"] }),
  });
  return (
    <div className={classes.stack}>
      <div className={classes.buttons}>
        {steps[version.state].map(([name, state]) => (
          <Button
            key={state}
            variant={state === "active" ? "filled" : "default"}
            loading={move.isPending && move.variables === state}
            onClick={() => move.mutate(state)}
          >
            {t(name)}
          </Button>
        ))}
      </div>
      {move.error && <Failed error={move.error} />}
    </div>
  );
}
