import * as Plot from "@observablehq/plot";
import type { Figure, Language } from "../api/types";
import { percent } from "../i18n/numbers";
import { axisEnd, onlyBound, shownWithInterval } from "./figures";

type Look = { width: number; rowHeight: number; named: boolean; label: string; language: Language };

/** Forest dots: per figure a band for its interval, a dot for its value, a tick for a known truth. */
export function intervalPlot(figures: readonly Figure[], look: Look): Element {
  const end = axisEnd(figures);
  const name = ({ name: words }: Figure): string => words[look.language];
  const svg = Plot.plot({
    ...frameOf(figures, look),
    x: { domain: [0, end], axis: null },
    y: { domain: figures.map((figure) => figure.code), axis: null },
    marks: [
      Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
      ...intervalMarks(figures, look),
      ...(look.named ? nameMarks(figures, name, look) : []),
      Plot.axisX({
        anchor: "bottom",
        tickSize: 0,
        fontSize: 14,
        color: "var(--ink-soft)",
        label: null,
        ticks: 5,
        tickFormat: (tick: number) => tickText(tick, end, look.language),
      }),
    ],
  });
  return prepared(svg, look.label);
}

function frameOf(figures: readonly Figure[], { width, rowHeight, named }: Look): Plot.PlotOptions {
  return {
    width,
    height: figures.length * rowHeight + 36,
    marginTop: 4,
    marginBottom: 32,
    marginLeft: named ? Math.min(340, width * 0.34) : 24,
    marginRight: named ? 176 : 32,
  };
}

function intervalMarks(figures: readonly Figure[], { rowHeight }: Look): Plot.Markish[] {
  const thick = Math.min(16, rowHeight * 0.4);
  const code = ({ code: row }: Figure): string => row;
  const known = figures.filter(({ truth }) => truth !== null);
  return [
    Plot.ruleY(figures, {
      y: code,
      x1: ({ estimate }: Figure) => estimate.low,
      x2: ({ estimate }: Figure) => estimate.high,
      stroke: "var(--accent)",
      strokeOpacity: 0.35,
      strokeWidth: thick,
    }),
    Plot.tickX(known, {
      x: "truth",
      y: code,
      stroke: "var(--warn)",
      strokeWidth: 2.5,
      insetTop: rowHeight * 0.15,
      insetBottom: rowHeight * 0.15,
    }),
    Plot.dot(
      figures.filter(({ estimate }) => !onlyBound(estimate)),
      { x: ({ estimate }: Figure) => estimate.value, y: code, r: thick / 3 + 1.5, fill: "var(--accent)" },
    ),
  ];
}

function nameMarks(figures: readonly Figure[], name: (figure: Figure) => string, look: Look): Plot.Markish[] {
  const text = { y: ({ code }: Figure): string => code, fontSize: 14, fill: "var(--ink)" };
  return [
    Plot.text(figures, {
      ...text,
      text: name,
      frameAnchor: "left",
      textAnchor: "end",
      dx: -12,
      lineWidth: Math.min(340, look.width * 0.34) / 15,
      textOverflow: "ellipsis-end",
    }),
    Plot.text(figures, {
      ...text,
      text: ({ estimate }: Figure) => shownWithInterval(estimate, look.language),
      frameAnchor: "right",
      textAnchor: "start",
      dx: 12,
    }),
  ];
}

const tickText = (tick: number, end: number, language: Language): string =>
  percent(tick, language, end < 0.03 ? 1 : 0);

/** Plot's own style element and inner labels go: the policy forbids the one, axe the others. */
function prepared(svg: Element, label: string): Element {
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const part of svg.querySelectorAll("[aria-label], [aria-hidden]")) {
    part.removeAttribute("aria-label");
    part.removeAttribute("aria-hidden");
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg;
}
