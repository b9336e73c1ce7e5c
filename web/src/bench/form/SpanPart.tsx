import type { ReactElement } from "react";
import { useWords } from "../../i18n/useWords";
import { Key, useMarkKeys } from "../../keys/Key";
import { useForm } from "../context";
import { clock } from "../player/clock";
import { words } from "../words";
import classes from "./Parts.module.css";
import type { Span } from "./draft";
import type { Stop } from "./stops";

const said = ({ start, end }: Span): string => `${clock(start)}–${clock(end)}`;

/** Where it happens: marked on the player with two keys. */
export function SpanPart({ stop }: { stop: Stop }): ReactElement | null {
  const { item, desk, deck } = useForm();
  const { t } = useWords(words);
  const marking = useMarkKeys();
  if (!item) return null;
  const { marks, loose } = item.draft;
  const own = marks.filter((mark) => mark.question === stop.id);
  const offered = own.length === 0 ? loose.at(-1) : undefined;
  return (
    <div className={classes.part}>
      <h3>{t("spanTitle")}</h3>
      <p>{offered ? t("spanLoose", { span: said(offered) }) : t("spanMore", marking)}</p>
      <div className={classes.keys}>
        <button type="button" onClick={() => desk.dispatch({ type: "mark-in", at: deck.position })}>
          <Key of="bench.markIn" />
        </button>
        <button type="button" onClick={() => desk.dispatch({ type: "mark-out", at: deck.position })}>
          <Key of="bench.markOut" />
        </button>
        {own.map((mark) => (
          <button
            key={said(mark)}
            type="button"
            className={classes.chip}
            aria-label={t("spanRemove", { span: said(mark) })}
            onClick={() =>
              desk.dispatch({
                type: "unmark",
                question: stop.id,
                span: { start: mark.start, end: mark.end },
              })
            }
          >
            {said(mark)} <span aria-hidden>×</span>
          </button>
        ))}
      </div>
    </div>
  );
}
