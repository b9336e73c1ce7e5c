import type { ReactElement } from "react";
import type { NextBest } from "../../api/types";
import { decimal, percent } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Table } from "../../ui/Table";
import { Share } from "../spots/SpotTable";
import { words as common } from "../words";
import { words } from "./words";

/** Each video with the parts that it was chosen by. */
export function WantedTable({ videos }: { videos: NextBest["videos"] }): ReactElement {
  const { t, language } = useWords(words);
  const { t: page } = useWords(common);
  const head = [
    t("video"),
    t("chance"),
    t("found"),
    "n",
    t("unsure"),
    t("change"),
    t("likeness"),
    t("worth"),
  ];
  return (
    <Table label={page("judgeNext")} head={head}>
      {videos.map((one) => (
        <tr key={one.video}>
          <th scope="row">{one.video}</th>
          <td>{percent(one.chance, language)}</td>
          <td>
            <Share estimate={one.found} />
          </td>
          <td>{decimal(one.found.n, language)}</td>
          <td>{decimal(one.unsure, language, 2)}</td>
          <td>{decimal(one.change, language, 2)}</td>
          <td>{decimal(one.likeness, language, 2)}</td>
          <td>{decimal(one.worth, language, 2)}</td>
        </tr>
      ))}
    </Table>
  );
}
