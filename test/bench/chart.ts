// The chart of the growth in docs/speed.md, drawn from the benchmark's own figures by Vega.
import type { GrowthPoint } from "./growth";

/** An SVG of time over services, both on a logarithmic scale, a line for each form. */
export async function growthChart(points: readonly GrowthPoint[]): Promise<string> {
  const { parse, View } = await import("vega");
  const { compile } = await import("vega-lite");
  const { spec } = compile({
    width: 420,
    height: 240,
    background: "white",
    title: "Time of many services",
    data: { values: points.map((point) => ({ ...point })) },
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "services", type: "quantitative", scale: { type: "log" }, title: "services" },
      y: { field: "milliseconds", type: "quantitative", scale: { type: "log" }, title: "milliseconds" },
      color: { field: "form", type: "nominal", title: "form" },
    },
  });
  return new View(parse(spec), { renderer: "none" }).toSVG();
}
