import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { get } from "../../api/fetch";
import type { Change, Version } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Table } from "../../ui/Table";
import { words } from "../words";
import classes from "./Guideline.module.css";
import { namesIn, sayValue, type Line, type Names } from "./saying";
import { useNames } from "./useNames";

const effects = ["decision", "form", "wording", "record"] as const;

/** What differs from the active version; what decides stands first, apart from what only reads otherwise. */
export function Changes({ from, to }: { from: Version; to: Version }): ReactElement {
  const { t } = useWords(words);
  const changes = useQuery({
    queryKey: ["changes", from.hash, to.hash],
    queryFn: () => get<Change[]>(`/api/versions/${from.hash}/changes/${to.hash}`),
  });
  const names = useNames([from.hash, to.hash]);
  return (
    <section className={classes.panel} aria-label={t("changes")}>
      <h2>{t("differences", { version: from.version })}</h2>
      <Answer query={changes}>{(list) => <ChangeList list={list} names={names} />}</Answer>
    </section>
  );
}

/** The differences by what they can do, what decides first. */
export function ChangeList({ list, names }: { list: readonly Change[]; names: Names }): ReactElement {
  const { t } = useWords(words);
  if (list.length === 0) return <p>{t("same")}</p>;
  return (
    <div className={classes.stack}>
      {effects
        .filter((effect) => list.some((one) => one.effect === effect))
        .map((effect) => (
          <Group
            key={effect}
            title={t(effect)}
            list={list.filter((one) => one.effect === effect)}
            names={names}
          />
        ))}
    </div>
  );
}

type GroupProps = { title: string; list: readonly Change[]; names: Names };

function Group({ title, list, names }: GroupProps): ReactElement {
  const { t, language } = useWords(words);
  return (
    <div>
      <h3>{title}</h3>
      <Table label={title} head={[t("where"), t("before"), t("after")]}>
        {list.map((one) => (
          <tr key={`${one.what} ${one.where}`}>
            <td className={classes.place}>
              <span className={classes.code}>{one.where}</span>
              <span className={classes.small}>{namesIn(one.where, names, language).join(" · ")}</span>
            </td>
            <td className={classes.value}>
              <Said lines={sayValue(one.where, one.before, names, language)} />
            </td>
            <td className={classes.value}>
              <Said lines={sayValue(one.where, one.after, names, language)} />
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}

function Said({ lines }: { lines: readonly Line[] }): ReactElement {
  if (lines.length === 0) return <>–</>;
  return (
    <>
      {lines.map(({ said, lang }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- two lines may read the same
        <p key={at} lang={lang} className={lang && classes.quoted}>
          {said}
        </p>
      ))}
    </>
  );
}
