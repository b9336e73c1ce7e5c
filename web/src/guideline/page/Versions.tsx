import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Version } from "../../api/types";
import { day, decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Table } from "../../ui/Table";
import { words } from "../words";
import classes from "./Guideline.module.css";

type Props = { versions: readonly Version[]; shown: string; active: string | undefined };

/** Every version, where it stands, and the ways to read it or to see what it changes. */
export function Versions({ versions, shown, active }: Props): ReactElement {
  const { t, language } = useWords(words);
  return (
    <section className={classes.panel} aria-label={t("versions")}>
      <Table
        label={t("versions")}
        head={[t("version"), t("state"), t("added"), t("read"), t("changes"), t("write"), t("studies")]}
        numbersFrom={6}
      >
        {versions.toReversed().map((one) => (
          <tr key={one.hash} aria-current={one.hash === shown || undefined}>
            <td>
              {one.name} <strong>{one.version}</strong>
            </td>
            <td>{t(one.state)}</td>
            <td>{day(one.added_at, language)}</td>
            <td>
              <Link href={`/guideline/${one.hash}`} aria-label={t("readVersion", { version: one.version })}>
                {t("read")}
              </Link>
            </td>
            <td>
              {one.hash !== active && (
                <Link
                  href={`/guideline/${one.hash}/changes`}
                  aria-label={t("changesOf", { version: one.version })}
                >
                  {t("changes")}
                </Link>
              )}
            </td>
            <td>
              <Link
                href={`/guideline/${one.hash}/edit`}
                aria-label={t(writes(one) ? "writeOnOf" : "writeNextOf", { version: one.version })}
              >
                {t(writes(one) ? "writeOn" : "writeNext")}
              </Link>
            </td>
            <td data-number>{decimal(one.studies, language)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

/** A draft that nothing was drawn under is written on; everything else begins a new one. */
const writes = (one: Version): boolean => one.state === "draft" && one.studies === 0;
