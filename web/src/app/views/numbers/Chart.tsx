/**
 * A picture of numbers, by uPlot, drawn in the page's own colours. The same numbers stand in a table beside it:
 * for a screen reader the picture itself says nothing.
 */

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface Line {
  readonly label: string;
  /** One for each place on the x axis; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly look: "solid" | "broken" | "points";
}

export interface ChartProps {
  readonly words: string;
  readonly x: readonly number[];
  /** The least and the most of each axis. */
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly lines: readonly Line[];
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
}

const HEIGHT = 220;
const DARK = "(prefers-color-scheme: dark)";

export function Chart(props: ChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    return current === null ? undefined : draw(current, props);
  });
  return (
    <figure class="chart">
      <div class="chart-place" ref={place} aria-hidden="true" />
      <figcaption>
        <span>{props.words}</span>
        <Legend lines={props.lines} />
      </figcaption>
    </figure>
  );
}

function Legend({ lines }: Pick<ChartProps, "lines">): JSX.Element {
  return (
    <ul class="legend" aria-hidden="true">
      {lines.map(({ label, look }) => <li key={label} data-look={look}>{label}</li>)}
    </ul>
  );
}

/** Draws, and draws anew for another width or another light; answers with what ends that. */
function draw(place: HTMLElement, props: ChartProps): () => void {
  let plot: UPlot | undefined;
  const again = (): void => {
    plot?.destroy();
    plot = place.clientWidth > 0 ? new UPlot(optionsOf(place, props), [[...props.x], ...props.lines.map(({ values }) => [...values])], place) : undefined;
  };
  const resized = new ResizeObserver(() => {
    if (plot?.width !== place.clientWidth) again();
  });
  resized.observe(place);
  const light = matchMedia(DARK);
  light.addEventListener("change", again);
  return () => {
    resized.disconnect();
    light.removeEventListener("change", again);
    plot?.destroy();
  };
}

function optionsOf(place: HTMLElement, { xRange, yRange, lines, formatX, formatY }: ChartProps): UPlot.Options {
  const style = getComputedStyle(place);
  const colour = (name: string): string => style.getPropertyValue(name);
  const axis = (format: (value: number) => string): UPlot.Axis => ({
    stroke: colour("--soft"), font: `12px ${style.fontFamily}`,
    grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 },
    values: (_, splits) => splits.map(format),
  });
  return {
    width: place.clientWidth, height: HEIGHT,
    legend: { show: false }, cursor: { show: false },
    scales: { x: { time: false, range: [...xRange] as [number, number] }, y: { range: [...yRange] as [number, number] } },
    axes: [{ ...axis(formatX), space: 72 }, { ...axis(formatY), size: 64 }],
    series: [{}, ...lines.map((line) => seriesOf(line, colour("--ink"), colour("--soft")))],
  };
}

function seriesOf({ label, look }: Line, ink: string, soft: string): UPlot.Series {
  const stroke = look === "broken" ? soft : ink;
  return {
    label, stroke, spanGaps: true,
    width: look === "points" ? 1 : 2,
    ...(look === "broken" ? { dash: [6, 4] } : {}),
    points: { show: look !== "broken", size: look === "points" ? 9 : 6, fill: stroke },
  };
}
