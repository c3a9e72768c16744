// The server of the benchmarks, a process of its own, so that its work is not counted: records of any id, lists of any
// length, as fast as Node can. Started by measure.ts; prints its port.
import { createServer } from "node:http";
import { sampleEndpointService } from "../../sdk/testing";

const sample = JSON.parse(
  sampleEndpointService.replace("422321321312321321", '"422321321312321321"'),
) as object;
const records = new Map<string, string>();

function record(id: string): string {
  const known =
    records.get(id) ??
    JSON.stringify({ ...sample, id }).replace('"422321321312321321"', "422321321312321321");
  records.set(id, known);
  return known;
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const id = url.pathname.split("/").at(-1) ?? "";
  const offset = Number(url.searchParams.get("offset"));
  const limit = Number(url.searchParams.get("limit"));
  const count = Number(url.searchParams.get("endpoint_service_name"));
  const page = Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, index) =>
    record(`service-${offset + index}`),
  );
  const body = url.searchParams.has("limit")
    ? `{"endpoint_services":[${page.join(",")}],"total_count":${count}}`
    : record(id);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
});

server.listen(0, "127.0.0.1", () => console.log((server.address() as { port: number }).port));
process.once("disconnect", () => process.exit());
