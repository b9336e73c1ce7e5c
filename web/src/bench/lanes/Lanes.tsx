import {
  memo,
  useCallback,
  useMemo,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
} from "react";
import type { EvidenceItem } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { percent } from "../../i18n/numbers";
import { useBench } from "../context";
import { useFollow } from "../player/useFollow";
import { seenSeconds } from "../trace";
import { Brief } from "./Brief";
import { describe, kindName } from "./describe";
import {
  evidenceLanes,
  markLane,
  neighbour,
  ofWhole,
  drawnAt,
  ROW,
  seenLane,
  type Bar,
  type Lane,
  type Way,
} from "./lanes";
import classes from "./Lanes.module.css";
import { laneWords } from "./words";

const WAYS: Record<string, Way> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** What the eye may miss, under the picture: one row per kind of evidence, one scale of time. */
export function Lanes({ chosen }: { chosen: EvidenceItem | null }): ReactElement {
  const { item } = useBench();
  const { t, language } = useWords(laneWords);
  const [pointed, setPointed] = useState<EvidenceItem | null>(null);
  const draft = item?.draft;
  const evidence = useMemo(() => item?.task.evidence ?? [], [item?.task.evidence]);
  const told = useMemo(() => evidenceLanes(evidence), [evidence]);
  const trace = draft?.watched.trace;
  const seen = useMemo(() => seenLane({ trace: trace ?? [] }), [trace]);
  const marks = useMemo(() => markLane(draft ?? { marks: [], loose: [] }), [draft]);
  const lanes = draft ? [seen, ...told, marks] : [];
  const said = pointed ?? chosen;
  const quiet = evidence.length === 0 ? t("nothing") : t("point");
  return (
    <section className={classes.lanes} aria-label={t("title")}>
      <div className={classes.rows}>
        <ul className={classes.names}>
          {lanes.map(({ kind }) => (
            <li key={kind} style={{ height: ROW }}>
              {kindName(kind, language)}
            </li>
          ))}
        </ul>
        {item && (
          <ByKeys lanes={lanes} chosen={said} onPoint={setPointed}>
            <Picture lanes={lanes} chosen={said} onPoint={setPointed} />
          </ByKeys>
        )}
      </div>
      <p className={classes.said}>
        <span className={classes.what} role="status" title={said ? describe(said, language) : undefined}>
          {said ? describe(said, language) : item && quiet}
        </span>
        {item && <Whole evidence={evidence} duration={item.task.media.duration} />}
      </p>
    </section>
  );
}

/** What holds for the whole: pace, and how much of it was watched. */
function Whole({
  evidence,
  duration,
}: {
  evidence: readonly EvidenceItem[];
  duration: number;
}): ReactElement {
  const { item } = useBench();
  const { t, language } = useWords(laneWords);
  const seen = duration > 0 ? Math.min(1, seenSeconds(item?.draft.watched.trace ?? []) / duration) : 0;
  const [pace] = ofWhole(evidence);
  return (
    <span className={classes.whole} title={pace && describe(pace, language)}>
      {t("coverage", { share: percent(seen, language, 0) })}
    </span>
  );
}

/** The arrows go from bar to bar as the pointer does, Enter jumps to the one that is shown. */
function ByKeys({
  lanes,
  chosen,
  onPoint,
  children,
}: PictureProps & { children: ReactElement }): ReactElement {
  const { deck, desk, item } = useBench();
  const { t, language } = useWords(laneWords);
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const way = WAYS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || (way === undefined && event.key !== "Enter"))
      return;
    event.preventDefault();
    event.stopPropagation();
    if (way !== undefined) {
      onPoint(neighbour(lanes, chosen, way));
      const place = event.currentTarget;
      requestAnimationFrame(() => place.querySelector("[data-chosen]")?.scrollIntoView({ block: "nearest" }));
    } else if (chosen) {
      desk.dispatch({ type: "loop", span: null });
      deck.seek(chosen.start);
    }
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={classes.keys}
      aria-label={t("title")}
      aria-valuemin={0}
      aria-valuemax={item?.task.media.duration ?? 0}
      aria-valuenow={chosen?.start ?? 0}
      aria-valuetext={chosen ? describe(chosen, language) : t("point")}
      onKeyDown={press}
      onBlur={() => onPoint(null)}
    >
      {children}
    </div>
  );
}

type PictureProps = {
  lanes: readonly Lane[];
  chosen: EvidenceItem | null;
  onPoint(item: EvidenceItem | null): void;
};

function Picture({ lanes, chosen, onPoint }: PictureProps): ReactElement {
  const { deck, desk, item } = useBench();
  const duration = item?.task.media.duration ?? 0;
  const loop = desk.snapshot().bench.loop;
  const markIn = item?.draft.markIn ?? null;
  const x = useCallback(
    (seconds: number): number => (duration > 0 ? (100 * seconds) / duration : 0),
    [duration],
  );
  const cursor = useFollow<SVGLineElement>(deck, (line, position) => {
    line.setAttribute("x1", `${x(position)}%`);
    line.setAttribute("x2", `${x(position)}%`);
  });
  const jump = (event: MouseEvent<SVGSVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    desk.dispatch({ type: "loop", span: null });
    deck.seek((duration * (event.clientX - left)) / width);
  };
  const height = lanes.length * ROW;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the arrows and N are the keys
    <svg aria-hidden className={classes.picture} height={height} onClick={jump}>
      {loop && <Box className={classes.loop} bar={loop} x={x} y={0} height={height} />}
      {lanes.map((lane, row) => (
        <LaneRow
          key={lane.kind}
          lane={lane}
          x={x}
          y={row * ROW}
          chosen={chosen && lane.bars.some((bar) => bar.item === chosen) ? chosen : null}
          onPoint={onPoint}
        />
      ))}
      {markIn !== null && (
        <line className={classes.markIn} x1={`${x(markIn)}%`} x2={`${x(markIn)}%`} y1={0} y2={height} />
      )}
      <line ref={cursor} className={classes.cursor} y1={0} y2={height} />
    </svg>
  );
}

type LaneRowProps = {
  lane: Lane;
  x(seconds: number): number;
  y: number;
  chosen: EvidenceItem | null;
  onPoint(item: EvidenceItem | null): void;
};

/** Drawn again only when its own bars change: the watched row moves each second, two hours of shots do not. */
const LaneRow = memo(function LaneRow({ lane, x, y, chosen, onPoint }: LaneRowProps): ReactElement {
  return (
    <g data-kind={lane.kind} className={classes.lane}>
      <line x1="0" x2="100%" y1={y + ROW - 0.5} y2={y + ROW - 0.5} />
      {lane.bars.map((bar, k) => (
        <LaneBar
          // oxlint-disable-next-line react/no-array-index-key -- two texts may share their seconds and source
          key={k}
          bar={bar}
          levels={lane.levels}
          x={x}
          y={y}
          chosen={bar.item !== null && bar.item === chosen}
          onPoint={onPoint}
        />
      ))}
      <Brief item={lane.bars[0]?.item ?? null} y={y} />
    </g>
  );
});

type LaneBarProps = {
  bar: Bar;
  levels: number | undefined;
  x(seconds: number): number;
  y: number;
  chosen: boolean;
  onPoint(item: EvidenceItem | null): void;
};

/** Each bar alone: going to the next one draws two again, however many lie in the row. */
const LaneBar = memo(function LaneBar(props: LaneBarProps): ReactElement {
  const { bar, levels, x, y, chosen, onPoint } = props;
  const { language } = useWords(laneWords);
  const { item } = bar;
  const row = drawnAt(bar, levels);
  return (
    <rect
      className={classes.bar}
      data-chosen={chosen || undefined}
      x={`${x(bar.start)}%`}
      width={`${Math.max(x(bar.end) - x(bar.start), 0.25)}%`}
      y={y + row.y}
      height={row.height}
      onPointerEnter={() => onPoint(item)}
      onPointerLeave={() => onPoint(null)}
    >
      {item && <title>{describe(item, language)}</title>}
    </rect>
  );
});

type BoxProps = { className: string | undefined; bar: { start: number; end: number }; x(s: number): number };

function Box({ className, bar, x, y, height }: BoxProps & { y: number; height: number }): ReactElement {
  return (
    <rect
      className={className}
      x={`${x(bar.start)}%`}
      width={`${Math.max(x(bar.end) - x(bar.start), 0.25)}%`}
      y={y}
      height={height}
    />
  );
}
