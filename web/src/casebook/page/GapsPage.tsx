import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link } from "wouter";
import { get } from "../../api/fetch";
import type { Coverage, StudyName } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Page } from "../../ui/Page";
import { State } from "../../ui/State";
import { words } from "../words";
import classes from "./Casebook.module.css";
import { Heat } from "./Heat";
import { Lacking } from "./Lacking";

/** What each audience watches and how much of it is good: where videos are lacking, or too few were judged. */
export default function GapsPage(): ReactElement {
  const { t } = useWords(words);
  const [study, setStudy] = useState("");
  const [rows, setRows] = useState("");
  const [columns, setColumns] = useState("");
  const studies = useQuery({
    queryKey: ["coverage", "studies"],
    queryFn: () => get<StudyName[]>("/api/coverage/studies"),
  });
  const chosen = study || studies.data?.[0]?.id || "";
  const by = [rows, columns].filter((name, n, all) => name !== "" && all.indexOf(name) === n);
  const query = new URLSearchParams([["study", chosen], ...by.map((name) => ["by", name])]);
  const coverage = useQuery({
    queryKey: ["coverage", chosen, ...by],
    queryFn: () => get<Coverage>(`/api/coverage?${query.toString()}`),
    enabled: chosen !== "",
    staleTime: 60_000,
  });
  const good = coverage.data?.good.join(", ") ?? "…";
  return (
    <Page
      title={t("gaps")}
      lead={t("gapsLead", { good })}
      aside={<Link href="/casebook">{t("toList")}</Link>}
    >
      <Answer query={studies}>
        {(list) =>
          list.length === 0 ? (
            <State title={t("noStudies")}>{t("noStudiesMore")}</State>
          ) : (
            <>
              <div className={classes.choose}>
                <NativeSelect
                  label={t("study")}
                  value={chosen}
                  onChange={(event) => setStudy(event.currentTarget.value)}
                  data={list.map(({ id, name }) => ({ value: id, label: name }))}
                />
                {coverage.data && (
                  <>
                    <Domain
                      label={t("rows")}
                      all={coverage.data.domains}
                      value={rows || coverage.data.by[0] || ""}
                      onChange={setRows}
                    />
                    <Domain
                      label={t("columns")}
                      all={coverage.data.domains}
                      value={columns || coverage.data.by.at(-1) || ""}
                      onChange={setColumns}
                    />
                  </>
                )}
              </div>
              <Answer query={coverage}>
                {(found) => (
                  <>
                    <Heat
                      coverage={found}
                      rows={rows || found.by[0] || ""}
                      columns={columns || found.by.at(-1) || ""}
                    />
                    <Lacking coverage={found} />
                  </>
                )}
              </Answer>
            </>
          )
        }
      </Answer>
    </Page>
  );
}

type DomainProps = { label: string; all: readonly string[]; value: string; onChange(name: string): void };

const Domain = ({ label, all, value, onChange }: DomainProps): ReactElement => (
  <NativeSelect
    label={label}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
    data={[...all]}
  />
);
