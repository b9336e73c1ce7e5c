import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { post } from "../../api/fetch";
import type { Coverage, CoverageCell, SavedCase } from "../../api/types";
import { decimal, range, share } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { usePersonal } from "../../privacy/Personal";
import { Dialog } from "../../ui/Dialog";
import { Failed } from "../../ui/State";
import { Table } from "../../ui/Table";
import { useActive, useGuideline } from "../queries";
import { spoken } from "../spoken";
import { words } from "../words";
import classes from "./Casebook.module.css";

const LISTED = 12;
const nameOf = (cell: CoverageCell): string => Object.values(cell.levels).join(" · ");

/** The most viewed cells that are too thin or lack good videos; each can become a case with an owner. */
export function Lacking({ coverage }: { coverage: Coverage }): ReactElement | null {
  const { t, language } = useWords(words);
  const [filing, setFiling] = useState<CoverageCell | null>(null);
  const [filed, setFiled] = useState<number | null>(null);
  const cells = coverage.cells.filter((one) => one.thin || one.lacking).slice(0, LISTED);
  if (cells.length === 0) return null;
  const by = coverage.by.map((name, n) => `${n === 0 ? "--column" : "--domain"} ${name}`).join(" ");
  const command = `tilik sample draw --raise-thin ${coverage.name} ${by} …`;
  return (
    <section className={classes.panel} aria-label={t("thinnest")}>
      <h2>{t("thinnest")}</h2>
      <p className={classes.small} role="status">
        {filed === null ? t("thinMore", { command }) : t("gapFiled", { number: filed })}
      </p>
      <Table
        label={t("thinnest")}
        head={[t("cell"), t("state"), t("fileGap"), t("views"), t("goodViews"), t("judged")]}
        numbersFrom={3}
      >
        {cells.map((one) => (
          <tr key={nameOf(one)}>
            <td>{nameOf(one)}</td>
            <td>{one.thin ? t("thin", { more: one.more }) : t("lacking")}</td>
            <td>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("fileGapOf", { cell: nameOf(one) })}
                onClick={() => setFiling(one)}
              >
                {t("fileGap")}
              </Button>
            </td>
            <td data-number>
              {decimal(one.views, language)} ({share(one.share, language)})
            </td>
            <td data-number>{one.good ? range(one.good.low, one.good.high, language, 0) : "–"}</td>
            <td data-number>{decimal(one.judged, language)}</td>
          </tr>
        ))}
      </Table>
      {filing && <FileGap cell={filing} onClose={() => setFiling(null)} onFiled={setFiled} />}
    </section>
  );
}

type Props = { cell: CoverageCell; onClose(): void; onFiled(number: number): void };

function FileGap({ cell, onClose, onFiled }: Props): ReactElement {
  const { t, language } = useWords(words);
  const client = useQueryClient();
  const guideline = useGuideline(useActive()).data;
  const types = guideline?.casebook.content_gap_types ?? [];
  const [type, setType] = useState("");
  const [said, setSaid] = useState("");
  const personal = usePersonal(said);
  const chosen = type || types[0]?.code || "";
  const file = useMutation({
    mutationFn: (body: object) => post<SavedCase>("/api/gaps", body),
    onSuccess: ({ number }) => {
      void client.invalidateQueries({ queryKey: ["cases"] });
      onFiled(number);
      onClose();
    },
  });
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!personal.open) {
      file.mutate({ type: chosen, cell: cell.levels, said, impersonal: personal.impersonal });
    }
  };
  return (
    <Dialog title={t("fileGapOf", { cell: nameOf(cell) })} onClose={onClose}>
      <form className={classes.form} onSubmit={send}>
        <NativeSelect
          label={t("gapType")}
          value={chosen}
          onChange={(event) => setType(event.currentTarget.value)}
          data={types.map(({ code }) => ({ value: code, label: spoken(guideline, code, language) }))}
        />
        <TextInput
          label={t("gapSaid")}
          required
          withAsterisk={false}
          maxLength={500}
          autoComplete="off"
          value={said}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        {personal.warning}
        {file.error && <Failed error={file.error} />}
        <div>
          <Button type="submit" loading={file.isPending}>
            {t("fileGap")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
