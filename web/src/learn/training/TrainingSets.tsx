import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get, post } from "../../api/fetch";
import type { KeptTrainingSet } from "../../api/types";
import { decimal, moment } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Failed } from "../../ui/State";
import { Table } from "../../ui/Table";
import classes from "../Learn.module.css";
import type { PartProps } from "../parts";
import { Downloads } from "./Downloads";
import { words } from "./words";

const address = (study: string): string => `/api/learn/studies/${encodeURIComponent(study)}/training-sets`;
const setsOf = (study: string) =>
  queryOptions({
    queryKey: ["training-sets", study],
    queryFn: () => get<KeptTrainingSet[]>(address(study)),
  });

/** The versions of a study's training set; a new one at one press. */
export default function TrainingSets({ study }: PartProps): ReactElement {
  const { t } = useWords(words);
  const cache = useQueryClient();
  const kept = useQuery(setsOf(study));
  const make = useMutation({
    mutationFn: () => post<KeptTrainingSet>(address(study), {}),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["training-sets", study] }),
  });
  return (
    <section className={classes.panel} aria-labelledby="training-sets">
      <h2 id="training-sets">{t("sets")}</h2>
      <p className={classes.soft}>{t("setsLead")}</p>
      <div className={classes.ask}>
        <Button loading={make.isPending} onClick={() => make.mutate()}>
          {t("make")}
        </Button>
      </div>
      {make.error && <Failed error={make.error} />}
      {make.data && <p role="status">{t("setMade", { hash: make.data.content.slice(0, 12) })}</p>}
      <Answer query={kept}>
        {(list) => (list.length === 0 ? <p>{t("noSets")}</p> : <Versions list={list} />)}
      </Answer>
    </section>
  );
}

function Versions({ list }: { list: readonly KeptTrainingSet[] }): ReactElement {
  const { t } = useWords(words);
  const head = [t("made"), t("hash"), t("use"), t("splits"), t("left"), t("files")];
  return (
    <Table label={t("versions")} head={head}>
      {list.map((one) => (
        <Version key={one.id} one={one} />
      ))}
    </Table>
  );
}

function Version({ one }: { one: KeptTrainingSet }): ReactElement {
  const { t, language } = useWords(words);
  const counts = ["train", "validation", "test"].map((split) => decimal(one.splits[split] ?? 0, language));
  const left = Object.values(one.left_out).reduce((sum, count) => sum + count, 0);
  return (
    <tr>
      <td>{moment(one.made_at, language)}</td>
      <td>
        <code title={one.content}>{one.content.slice(0, 12)}</code>
      </td>
      <td>{one.use === "measurement" ? t("measurement") : t("assisted")}</td>
      <td>{counts.join(" · ")}</td>
      <td>{decimal(left, language)}</td>
      <td>
        <Downloads id={one.id} of={["card", "file"]} />
      </td>
    </tr>
  );
}
