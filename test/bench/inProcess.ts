// The figures of one process: CPU time of a lookup, and the time that many services at once take.
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { ClientBuilder } from "@huaweicloud/huaweicloud-sdk-core/ClientBuilder";
import type { HcClient } from "@huaweicloud/huaweicloud-sdk-core/HcClient";
import { createVpcepClient } from "pulumi-vpcep/provider";
import { Agent, request } from "undici";
import { ownCpuTime } from "./cpuTime";
import { type Figure, figure, median } from "./figure";
import { projectId, recordPath, serverSettings } from "./serverSettings";

const accessKey = "BENCHMARKACCESSKEY";
const secretKey = "benchmark-secret-key";
const batch = 400;
const parallel = 8;

/** Runs work a number of times, eight at a time. */
async function times(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      await work(next++);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

/** The clients that are compared, on one server. */
function contestants(origin: string) {
  const agent = new Agent({ connections: parallel });
  const { token: _, ...place } = serverSettings(origin);
  const token = createVpcepClient(serverSettings(origin));
  const keys = createVpcepClient({ ...place, accessKey, secretKey });
  const credentials = new BasicCredentials().withAk(accessKey).withSk(secretKey).withProjectId(projectId);
  const sdk = new ClientBuilder<HcClient>((client) => client)
    .withEndpoint(origin)
    .withCredential(credentials)
    .build();
  return {
    token,
    keys,
    bare: async (id: string): Promise<unknown> => {
      const { body } = await request(origin + recordPath(id), {
        dispatcher: agent,
        headers: { "x-auth-token": "benchmark-token" },
      });
      return JSON.parse(await body.text());
    },
    bareList: async (count: number): Promise<unknown> => {
      const query = `endpoint_service_name=${count}&limit=1000&offset=0`;
      const { body } = await request(`${origin}/v1/${projectId}/vpc-endpoint-services?${query}`, {
        dispatcher: agent,
      });
      return JSON.parse(await body.text());
    },
    sdk: (id: string): Promise<unknown> =>
      sdk.sendRequest({
        method: "GET",
        url: recordPath(id),
        contentType: "application/json",
        queryParams: {},
        pathParams: {},
        headers: {},
      }),
  };
}

/** CPU time of one lookup, in microseconds, beside a bare request of undici and the official SDK. */
export async function cpuFigures(origin: string): Promise<Figure[]> {
  const { Bench } = await import("tinybench");
  const { token, keys, bare, sdk } = contestants(origin);
  // A clock that stands still while the process waits.
  const bench = new Bench({ now: ownCpuTime, time: 1, iterations: 12, warmupTime: 1, warmupIterations: 6 });
  const names = ["bare", "token", "keys", "sdk"] as const;
  const id = (index: number) => `service-${index}`;
  bench.add("bare", () => times(batch, (index) => bare(id(index))));
  bench.add("token", () => times(batch, (index) => token.getEndpointService({ id: id(index) })));
  bench.add("keys", () => times(batch, (index) => keys.getEndpointService({ id: id(index) })));
  bench.add("sdk", () => times(batch, (index) => sdk(id(index))));
  // One after the other in rounds, so that noise meets them all.
  const rounds = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < 5; round++) {
    await bench.run();
    for (const { name, result } of bench.tasks) {
      const { p50 } = (result as { latency: { p50: number } }).latency;
      rounds.get(name)?.push((p50 * 1_000) / batch);
    }
  }
  await Promise.all([token.close(), keys.close()]);
  const [reference = 0, ofToken = 0, ofKeys = 0, ofSdk = 0] = names.map((name) =>
    median(rounds.get(name) ?? []),
  );
  return [
    figure("CPU per lookup, token / bare undici.request and JSON.parse", ofToken, reference, "µs", 1.3),
    figure("CPU per lookup, AK/SK / the same", ofKeys, reference, "µs", 1.6),
    figure("CPU per lookup, AK/SK / official Node SDK core", ofKeys, ofSdk, "µs", 0.2),
  ];
}

/** Wall time of many services in one lookup. */
export async function listFigures(origin: string): Promise<Figure[]> {
  const { token, bare, bareList } = contestants(origin);
  const byIds = (count: number) =>
    token.lookUp("endpointServicesByIds", {
      ids: Array.from({ length: count }, (_, index) => `service-${index}`),
    });
  const byFilter = () => token.lookUp("endpointServices", { serviceName: "1000" });
  const bareByIds = () => times(1_000, (index) => bare(`service-${index}`));
  const measured = {
    byIds: [] as number[],
    bareByIds: [] as number[],
    byFilter: [] as number[],
    bareList: [] as number[],
  };
  for (let round = 0; round < 9; round++) {
    measured.bareByIds.push(await wall(bareByIds));
    measured.byIds.push(await wall(() => byIds(1_000)));
    measured.bareList.push(await wall(() => bareList(1_000)));
    measured.byFilter.push(await wall(byFilter));
  }
  await token.close();
  const ids = median(measured.byIds);
  return [
    figure(
      "1,000 services by ids / 1,000 bare requests over 8 connections",
      ids,
      median(measured.bareByIds),
      "ms",
      1.5,
    ),
    { ...figure("1,000 services by ids, at most 400 ms", ids, 400, "ms", 1), goal: "at most 400 ms" },
    figure(
      "1,000 services by filter / one bare request of the same bytes",
      median(measured.byFilter),
      median(measured.bareList),
      "ms",
      2,
    ),
  ];
}

async function wall(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
