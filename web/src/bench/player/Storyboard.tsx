import { useEffect, useRef, useState, type MouseEvent, type ReactElement } from "react";
import type { Storyboard as Board } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { useBench } from "../context";
import { IN_HAND } from "../desk/Supplier";
import { TOO_MUCH } from "../form/skip";
import { clock } from "./clock";
import { isSpared } from "./comfort";
import { tilesFor } from "./tiles";
import { Says } from "./Says";
import classes from "./Storyboard.module.css";
import { useFollow } from "./useFollow";
import { playerWords } from "./words";

/**
 * The whole video at a glance, there before the video plays; a click jumps. The next item's strip loads
 * in its own place, unseen: media are never kept in the browser's cache, so it must stay the same element.
 */
export function Storyboard(): ReactElement {
  const { item, view } = useBench();
  const { queue, stopped } = view.bench;
  const kept = queue
    .slice(0, IN_HAND)
    .filter(
      ({ task, draft, guideline }) => task.task !== stopped?.task && !isSpared(guideline, draft, TOO_MUCH),
    );
  return (
    <div className={classes.strip}>
      <Says />
      {kept.map((one) => {
        const { storyboard, duration } = one.task.media;
        const live = one.task === item?.task;
        return (
          storyboard && <Strip key={storyboard.url} board={storyboard} duration={duration} live={live} />
        );
      })}
    </div>
  );
}

type StripProps = { board: Board; duration: number; live: boolean };

function Strip({ board, duration, live }: StripProps): ReactElement {
  const { deck, desk } = useBench();
  const { t } = useWords(playerWords);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { tiles, scale } = tilesFor(board, duration, width);
  const cursor = useFollow<HTMLSpanElement>(deck, (span, position) => {
    span.style.left = `${live && duration > 0 ? (100 * position) / duration : 0}%`;
  });
  const jump = (event: MouseEvent<HTMLDivElement>): void => {
    const { left, width: whole } = event.currentTarget.getBoundingClientRect();
    desk.dispatch({ type: "loop", span: null });
    deck.seek((duration * (event.clientX - left)) / whole);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- J, N and frames are the keys
    <div
      ref={box}
      className={classes.board}
      data-unseen={!live || undefined}
      aria-hidden={!live}
      title={t("storyboard")}
      onClick={jump}
    >
      {tiles.map(({ at, x, y }) => (
        <span
          key={at}
          className={classes.tile}
          title={clock(at)}
          style={{
            backgroundImage: `url("${board.url}")`,
            backgroundPosition: `${-x * scale}px ${-y * scale}px`,
            backgroundSize: `${board.columns * board.tile_width * scale}px auto`,
            width: `${board.tile_width * scale}px`,
          }}
        />
      ))}
      <span ref={cursor} className={classes.cursor} aria-hidden />
    </div>
  );
}

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    watch.observe(element);
    return () => watch.disconnect();
  }, [ref]);
  return width;
}
