import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { get } from "../../api/fetch";
import type { Precedent } from "../../api/types";
import { PrecedentList } from "../../casebook/bench/PrecedentList";
import { useWords } from "../../i18n/useWords";
import { useCommands } from "../../keys";
import { command } from "../../keys/entries";
import { Key } from "../../keys/Key";
import { stopAt, type Stop } from "../form/stops";
import { words } from "../words";
import classes from "./Cases.module.css";
import type { Item } from "./state";

/** Earlier rulings on the question in view: how many there are, and by one key what they say. */
export function Precedents({ item }: { item: Item }): ReactElement | null {
  const { t } = useWords(words);
  const [opened, setOpened] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ["precedents", item.task.task],
    queryFn: () => get<Precedent[]>(`/api/tasks/${item.task.task}/precedents`),
    staleTime: 60_000,
  });
  const stop = stopAt(item.guideline, item.draft);
  const found = (data ?? []).filter((one) => concerns(one, stop));
  const place = `${item.task.task} ${stop.id}`;
  const open = opened === place;
  const turn = (): void => setOpened(open ? null : place);
  useCommands([command("bench.precedents", turn, () => found.length > 0)]);
  if (found.length === 0) return null;
  return (
    <div className={classes.precedents}>
      <button type="button" aria-expanded={open} onClick={turn}>
        <Key of="bench.precedents" /> {t("precedents", { count: found.length })}
      </button>
      {open && <PrecedentList found={found} />}
    </div>
  );
}

/** A ruling on no question in particular belongs to the last one, which asks for edge cases. */
const concerns = ({ question }: Precedent, stop: Stop): boolean =>
  question === null ? stop.id === "edge_case" : stop.questions.some(({ id }) => id === question);
