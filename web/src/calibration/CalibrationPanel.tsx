import { Button, NativeSelect, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { Link, useLocation } from "wouter";
import { get } from "../api/fetch";
import type { CalibrationLine, Study } from "../api/types";
import { day } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { has, useSession } from "../session";
import { Answer } from "../ui/Answer";
import { Failed } from "../ui/State";
import { Table } from "../ui/Table";
import classes from "./Calibration.module.css";
import { useCalibrations, useOpenCalibration } from "./queries";
import { words } from "./words";

/** The sessions; leads open new ones. Reviewers see it only once there is one. */
export function CalibrationPanel(): ReactElement | null {
  const { t } = useWords(words);
  const leads = has(useSession(), "lead", "admin");
  const query = useCalibrations();
  if (!leads && (query.data ?? []).length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby="calibration">
      <h2 id="calibration">{t("title")}</h2>
      <p className={classes.soft}>{t("panelMore")}</p>
      <Answer query={query}>{(found) => <Lines found={found} />}</Answer>
      {leads && <Open />}
    </section>
  );
}

function Lines({ found }: { found: readonly CalibrationLine[] }): ReactElement {
  const { t, language } = useWords(words);
  if (found.length === 0) return <p className={classes.soft}>{t("none")}</p>;
  return (
    <Table label={t("sessions")} head={[t("study"), t("opened"), t("state"), t("progress"), t("forYou")]}>
      {found.map((one) => (
        <tr key={one.id}>
          <th scope="row">
            <Link href={`/calibration/${one.id}`}>{one.name}</Link>
          </th>
          <td>{day(one.opened_at, language)}</td>
          <td>{t(one.closed_at ? "isClosed" : "isOpen")}</td>
          <td>{t("of", { ruled: one.ruled, items: one.items })}</td>
          <td>{one.waiting > 0 ? <strong>{t("waitsFor", { count: one.waiting })}</strong> : "–"}</td>
        </tr>
      ))}
    </Table>
  );
}

function Open(): ReactElement {
  const { t, say } = useWords(words);
  const [, navigate] = useLocation();
  const studies = useQuery({ queryKey: ["studies"], queryFn: () => get<Study[]>("/api/studies") });
  const [study, setStudy] = useState("");
  const [most, setMost] = useState<number | string>(10);
  const open = useOpenCalibration(({ id }) => navigate(`/calibration/${id}`));
  const chosen = study || (studies.data?.length === 1 ? (studies.data[0]?.id ?? "") : "");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (chosen) open.mutate({ study: chosen, most: Number(most) });
  };
  return (
    <form className={classes.open} onSubmit={submit} noValidate>
      <NativeSelect
        label={t("study")}
        value={chosen}
        data={[
          { value: "", label: t("chooseStudy") },
          ...(studies.data ?? []).map(({ id, question }) => ({ value: id, label: say(question) })),
        ]}
        onChange={(event) => setStudy(event.currentTarget.value)}
      />
      <NumberInput
        label={t("most")}
        value={most}
        min={1}
        max={50}
        allowDecimal={false}
        hideControls
        onChange={setMost}
      />
      <Button type="submit" variant="default" disabled={!chosen} loading={open.isPending}>
        {t("open")}
      </Button>
      {open.error && <Failed error={open.error} />}
    </form>
  );
}
