import type { ReactElement } from "react";
import type { FamilyEdge, VideoFamily, VideoPage } from "../api/types";
import { decimal, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Details } from "../ui/Details";
import { Table } from "../ui/Table";
import { Card } from "./Card";
import classes from "./Videos.module.css";
import { words } from "./words";

/** The copies of a video: how much each has in common with it, and every pair that matches. */
export function Family({ page }: { page: VideoPage }): ReactElement {
  const { t } = useWords(words);
  const { family } = page;
  return (
    <section className={classes.panel}>
      <h2>{t("family")}</h2>
      {family === null ? (
        <p className={classes.soft}>{t("alone")}</p>
      ) : (
        <>
          <p className={classes.soft}>{t("familyMore")}</p>
          <ul className={classes.mates}>
            {family.members.slice(1).map((card, k) => (
              <li key={card.video}>
                <Card card={card}>
                  <Near edge={edgeTo(family, k + 1)} />
                </Card>
              </li>
            ))}
          </ul>
          {family.members.length > 2 && <Edges family={family} />}
        </>
      )}
    </section>
  );
}

/** The direct match of the page's own video, which is the first member, with another one. */
const edgeTo = (family: VideoFamily, member: number): FamilyEdge | undefined =>
  family.edges.find(({ one, other }) => (one === 0 && other === member) || (one === member && other === 0));

function Near({ edge }: { edge: FamilyEdge | undefined }): ReactElement {
  const { t, language } = useWords(words);
  if (!edge) return <p className={classes.soft}>{t("indirect")}</p>;
  if (edge.share === 1 && edge.distance === 0 && edge.same) return <p>{t("sameFile")}</p>;
  const bits = edge.distance === null ? "?" : decimal(edge.distance, language);
  return <p>{t("near", { share: percent(edge.share, language, 0), bits })}</p>;
}

function Edges({ family }: { family: VideoFamily }): ReactElement {
  const { t, language } = useWords(words);
  const name = (k: number): string => {
    const card = family.members[k];
    return card ? card.title || card.video : "";
  };
  return (
    <Details summary={t("edges")}>
      <Table label={t("edges")} head={[t("one"), t("other"), t("share"), t("distance")]} numbersFrom={2}>
        {family.edges.map((edge) => (
          <tr key={`${edge.one} ${edge.other}`}>
            <td>{name(edge.one)}</td>
            <td>{name(edge.other)}</td>
            <td data-number>{percent(edge.share, language, 0)}</td>
            <td data-number>{edge.distance === null ? "" : decimal(edge.distance, language)}</td>
          </tr>
        ))}
      </Table>
    </Details>
  );
}
