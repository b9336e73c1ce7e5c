import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get } from "../api/fetch";
import type { Leakage, Thresholds } from "../api/types";
import { decimal, share } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Details } from "../ui/Details";
import { Table } from "../ui/Table";
import { shownWithInterval } from "./figures";
import { words } from "./words";

type Props = { study: string; score: string; threshold: number; seq: number };

/** What another threshold would cost, and what scores below this one and fails all the same. */
export function MovingTheLine({ study, score, threshold, seq }: Props): ReactElement {
  const base = `/api/studies/${encodeURIComponent(study)}`;
  const table = useQuery({
    queryKey: ["thresholds", study, score, seq],
    queryFn: () => get<Thresholds>(`${base}/thresholds?${new URLSearchParams({ score })}`),
  });
  const at = new URLSearchParams({ score, threshold: String(threshold) });
  const leaks = useQuery({
    queryKey: ["leakage", study, score, threshold, seq],
    queryFn: () => get<Leakage>(`${base}/leakage?${at}`),
  });
  return (
    <>
      <Line query={table} now={threshold} />
      <Leaks query={leaks} />
    </>
  );
}

type LineProps = { query: Parameters<typeof Answer<Thresholds>>[0]["query"]; now: number };

function Line({ query, now }: LineProps): ReactElement {
  const { t, say, language } = useWords(words);
  return (
    <Details summary={t("line")}>
      <Answer query={query}>
        {({ rows, how }) => (
          <>
            <p>{how.lines.map((line) => say(line)).join(" ")}</p>
            <Table
              label={t("line")}
              head={[t("threshold"), t("actsOn"), t("precision"), t("recall")]}
              numbersFrom={0}
            >
              {rows.map((row) => (
                <tr key={row.threshold} aria-current={row.threshold === now || undefined}>
                  <td data-number>{decimal(row.threshold, language, 2)}</td>
                  <td data-number>{share(row.flagged.value ?? row.flagged.high, language)}</td>
                  <td data-number>{shownWithInterval(row.precision, language)}</td>
                  <td data-number>{shownWithInterval(row.recall, language)}</td>
                </tr>
              ))}
            </Table>
          </>
        )}
      </Answer>
    </Details>
  );
}

function Leaks({ query }: { query: Parameters<typeof Answer<Leakage>>[0]["query"] }): ReactElement {
  const { t, say, language } = useWords(words);
  return (
    <Details summary={t("leaks")}>
      <Answer query={query}>
        {({ items, found, missed, how }) => (
          <>
            <p>
              {t("leaksAre", {
                part: shownWithInterval(missed, language),
                found: decimal(found, language),
              })}{" "}
              {how.lines.map((line) => say(line)).join(" ")}
            </p>
            {items.length > 0 && (
              <Table
                label={t("leaks")}
                head={[t("video"), t("verdict"), t("labelsFound"), t("views"), t("score")]}
                numbersFrom={3}
              >
                {items.map((leak) => (
                  <tr key={leak.video}>
                    <td>
                      <code>{leak.video}</code>
                    </td>
                    <td>{leak.verdict}</td>
                    <td>{leak.labels.join(", ") || "–"}</td>
                    <td data-number>{decimal(leak.impressions, language)}</td>
                    <td data-number>{decimal(leak.score, language, 2)}</td>
                  </tr>
                ))}
              </Table>
            )}
          </>
        )}
      </Answer>
    </Details>
  );
}
