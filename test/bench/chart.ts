// The chart of the scaling run in the README, drawn from the benchmark's own JSON by Vega.
import type { ScalePoint } from "./inProcess";

/** An SVG of time over services, both on a logarithmic scale. */
export async function scalingChart(scale: readonly ScalePoint[]): Promise<string> {
  const { parse, View } = await import("vega");
  const { compile } = await import("vega-lite");
  const { spec } = compile({
    width: 420,
    height: 240,
    background: "white",
    title: "Services by ids in one lookup",
    data: { values: scale.map((point) => ({ ...point })) },
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "services", type: "quantitative", scale: { type: "log" }, title: "services" },
      y: { field: "milliseconds", type: "quantitative", scale: { type: "log" }, title: "milliseconds" },
    },
  });
  return new View(parse(spec), { renderer: "none" }).toSVG();
}
