import * as Plot from "@observablehq/plot";

/** A row of a forest chart; `low` and `high` are the interval's ends. */
export type Row = { id: string; name: string; value: number | null; low: number; high: number; said: string };
export type Look = {
  width: number;
  label: string;
  domain: [number, number];
  zero?: boolean;
  say(tick: number): string;
};

const ROW = 26;

/** Dots with their intervals, one row each; a line at zero where rows are differences. */
export function forest(rows: readonly Row[], { width, label, domain, zero = false, say }: Look): Element {
  const text = { y: "id", fontSize: 14, fill: "var(--ink)" };
  const svg = Plot.plot({
    width,
    height: heightOf(rows),
    marginTop: 4,
    marginBottom: 32,
    marginLeft: Math.min(300, width * 0.32),
    marginRight: 190,
    x: { domain, axis: null, clamp: true },
    y: { domain: rows.map(({ id }) => id), axis: null },
    marks: [
      Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
      ...(zero ? [Plot.ruleX([0], { stroke: "var(--ink-soft)", strokeWidth: 1.5 })] : []),
      Plot.ruleY(rows, {
        y: "id",
        x1: "low",
        x2: "high",
        stroke: "var(--accent)",
        strokeOpacity: 0.35,
        strokeWidth: 10,
      }),
      Plot.dot(
        rows.filter(({ value }) => value !== null),
        { x: "value", y: "id", r: 4.5, fill: "var(--accent)" },
      ),
      Plot.text(rows, { ...text, text: "name", frameAnchor: "left", textAnchor: "end", dx: -12 }),
      Plot.text(rows, { ...text, text: "said", frameAnchor: "right", textAnchor: "start", dx: 12 }),
      Plot.axisX({
        anchor: "bottom",
        tickSize: 0,
        fontSize: 14,
        color: "var(--ink-soft)",
        label: null,
        ticks: 5,
        tickFormat: say,
      }),
    ],
  });
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const part of svg.querySelectorAll("[aria-label], [aria-hidden]")) {
    part.removeAttribute("aria-label");
    part.removeAttribute("aria-hidden");
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg;
}

export const heightOf = (rows: readonly unknown[]): number => rows.length * ROW + 36;
