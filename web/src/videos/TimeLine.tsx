import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from "react";
import type { EvidenceItem } from "../api/types";
import { describe, kindName } from "../bench/lanes/describe";
import { Brief } from "../bench/lanes/Brief";
import { evidenceLanes, neighbour, ofWhole, drawnAt, ROW, type Way } from "../bench/lanes/lanes";
import lanesCss from "../bench/lanes/Lanes.module.css";
import { laneWords } from "../bench/lanes/words";
import { useWords } from "../i18n/useWords";
import classes from "./Videos.module.css";
import { words } from "./words";

const WAYS: Record<string, Way> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

type Props = {
  evidence: readonly EvidenceItem[];
  duration: number;
  video: RefObject<HTMLVideoElement | null>;
  onJump(seconds: number): void;
};

/** Every lane of evidence under the picture; a click or Enter jumps there. */
export function TimeLine({ evidence, duration, video, onJump }: Props): ReactElement {
  const { t, language } = useWords(laneWords);
  const { t: own } = useWords(words);
  const [pointed, setPointed] = useState<EvidenceItem | null>(null);
  const lanes = useMemo(() => evidenceLanes(evidence), [evidence]);
  const cursor = useCursor(video, duration);
  const x = (seconds: number): number => (duration > 0 ? Math.min(100, (100 * seconds) / duration) : 0);
  const press = (event: KeyboardEvent): void => {
    const way = WAYS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || (!way && event.key !== "Enter")) return;
    event.preventDefault();
    if (way) setPointed(neighbour(lanes, pointed, way));
    else if (pointed) onJump(pointed.start);
  };
  const whole = ofWhole(evidence)[0];
  const quiet = evidence.length === 0 ? t("nothing") : own("point");
  return (
    <section className={classes.timeline} aria-label={t("title")}>
      <div className={lanesCss.rows}>
        <ul className={lanesCss.names}>
          {lanes.map(({ kind }) => (
            <li key={kind} style={{ height: ROW }}>
              {kindName(kind, language)}
            </li>
          ))}
        </ul>
        <div
          role="slider"
          tabIndex={0}
          className={lanesCss.keys}
          aria-label={t("title")}
          aria-valuemin={0}
          aria-valuemax={duration}
          aria-valuenow={pointed?.start ?? 0}
          aria-valuetext={pointed ? describe(pointed, language) : own("point")}
          onKeyDown={press}
        >
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the arrows and Enter are the keys */}
          <svg
            aria-hidden
            className={lanesCss.picture}
            height={lanes.length * ROW}
            onClick={(event) => {
              const { left, width } = event.currentTarget.getBoundingClientRect();
              onJump((duration * (event.clientX - left)) / width);
            }}
          >
            {lanes.map((lane, row) => (
              <g key={lane.kind} data-kind={lane.kind} className={lanesCss.lane}>
                <line x1="0" x2="100%" y1={(row + 1) * ROW - 0.5} y2={(row + 1) * ROW - 0.5} />
                {lane.bars.map((bar, k) => (
                  <rect
                    // oxlint-disable-next-line react/no-array-index-key -- bars of one lane never move
                    key={k}
                    className={lanesCss.bar}
                    data-chosen={(bar.item !== null && bar.item === pointed) || undefined}
                    x={`${x(bar.start)}%`}
                    width={`${Math.max(x(bar.end) - x(bar.start), 0.25)}%`}
                    y={row * ROW + drawnAt(bar, lane.levels).y}
                    height={drawnAt(bar, lane.levels).height}
                    onPointerEnter={() => setPointed(bar.item)}
                  >
                    {bar.item && <title>{describe(bar.item, language)}</title>}
                  </rect>
                ))}
                <Brief item={lane.bars[0]?.item ?? null} y={row * ROW} />
              </g>
            ))}
            <line ref={cursor} className={lanesCss.cursor} y1={0} y2={lanes.length * ROW} />
          </svg>
        </div>
      </div>
      <p className={classes.said}>
        <span role="status">{pointed ? describe(pointed, language) : quiet}</span>
        {whole && <span className={classes.soft}>{describe(whole, language)}</span>}
      </p>
    </section>
  );
}

/** A line that follows the player without drawing anything else again. */
function useCursor(
  video: RefObject<HTMLVideoElement | null>,
  duration: number,
): RefObject<SVGLineElement | null> {
  const line = useRef<SVGLineElement>(null);
  useEffect(() => {
    let asked = 0;
    const follow = (): void => {
      const at = video.current && duration > 0 ? (100 * video.current.currentTime) / duration : 0;
      line.current?.setAttribute("x1", `${at}%`);
      line.current?.setAttribute("x2", `${at}%`);
      asked = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(asked);
  }, [video, duration]);
  return line;
}
