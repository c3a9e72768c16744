// Proves that a list ends at its bounds of time, bytes and requests, with an error that says how far it got, and that a
// healthy one is never cut.
import assert from "node:assert/strict";
import { createVpcepClient, type VpcepClient } from "../../../provider";
import { Deadline } from "../../../provider/http/deadline";
import { lookups } from "../../../provider/lookups";
import { runLookup } from "../../../provider/reading/lookup";
import type { LookupApi } from "../../../provider/reading/lookupApi";
import { type Emulator, emulatorDefaults, type Reply, startEmulator } from "../../../sdk/testing";

const { projectId, token } = emulatorDefaults;
const begin = `Cannot read VPC endpoint services (region eu-de, project ${projectId}): the list is not whole after `;
const service = (id: string, more: object = {}) => ({
  id,
  vpc_id: "v",
  status: "available",
  ports: [],
  ...more,
});

describe("a list without end", () => {
  let emulator: Emulator;
  let client: VpcepClient;

  /** A client, and an emulator that gives one record for each request. */
  function begins(timeoutMs: number, record: object, how: Reply = {}): void {
    client = createVpcepClient({ region: "eu-de", endpoint: emulator.url, projectId, token, timeoutMs });
    emulator.reply(({ path, query }) => {
      const offset = new URLSearchParams(query).get("offset");
      const one = service(offset ?? path.split("/").at(-1) ?? "", record);
      const body = offset === null ? one : { endpoint_services: [one], total_count: 5_000 };
      return { status: 200, body, ...how };
    });
  }

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    await client.close();
    await emulator.close();
  });

  it("ends after a thousand requests", async () => {
    begins(60_000, {});
    await assert.rejects(client.lookUp("endpointServices", {}), {
      code: "VPCEP_RESPONSE",
      message: `${begin}1000 requests: 1000 of 5000 records came in 1000 requests. Narrow the filter [VPCEP_RESPONSE]`,
    });
    assert.equal(emulator.requests.length, 1_000);
  });

  it("ends after 64 MiB", async () => {
    begins(60_000, { description: "d".repeat(15 * 1024 * 1024) });
    await assert.rejects(client.lookUp("endpointServices", {}), {
      code: "VPCEP_RESPONSE",
      message: `${begin}64 MiB of answers: 4 of 5000 records came in 5 requests. Narrow the filter [VPCEP_RESPONSE]`,
    });
  });

  it("ends after ten times timeoutMs, whatever it waits for", async () => {
    begins(250, {}, { delayMs: 60 });
    const start = performance.now();
    await assert.rejects(client.lookUp("endpointServices", {}), {
      code: "VPCEP_TIMEOUT",
      message:
        /the list is not whole after 2\.5 s, ten times timeoutMs: (\d+) of 5000 records came in \d+ requests\. Narrow the filter, or raise timeoutMs \[VPCEP_TIMEOUT\]$/,
    });
    assert.ok(performance.now() - start >= 2_450);
    assert.ok(emulator.requests.length > 2, `${emulator.requests.length} requests`);
  });

  it("by ids ends after 64 MiB and 16 KiB for each id", async () => {
    const ids = Array.from({ length: 128 }, (_, index) => `service-${index}`);
    begins(60_000, { description: "d".repeat(900 * 1024) });
    await assert.rejects(client.lookUp("endpointServicesByIds", { ids }), {
      code: "VPCEP_RESPONSE",
      message: new RegExp(
        `^${begin.replaceAll(/[()]/g, "\\$&")}66 MiB of answers: 7\\d of 128 records came in [78]\\d requests\\. Ask for fewer ids at a time \\[VPCEP_RESPONSE\\]$`,
      ),
    });
  });
});

describe("a list by ids", () => {
  /** Reads so many ids within 10 ms each, from a server that answers as it is told. */
  async function readIds(
    count: number,
    send: (id: string, part: Deadline) => Promise<void>,
  ): Promise<unknown> {
    const ids = Array.from({ length: count }, (_, index) => `service-${index}`);
    const api: LookupApi = {
      subject: () => "VPC endpoint services",
      refreshing: false,
      secretArguments: [],
      host: "vpcep.test",
      region: "eu-de",
      timeoutSettings: ["vpcep:timeoutMs"],
      argumentNames: {},
      clean: (text) => text,
      log: () => {},
      warn: () => {},
      projectId: async () => projectId,
      send: async ({ path }, part) => {
        const id = path.split("/").at(-1) ?? "";
        await send(id, part);
        return { json: service(id), bytes: 10, mayHoldMark: false, requestId: undefined };
      },
    };
    return (await runLookup(lookups.endpointServicesByIds, { ids }, api, new Deadline(10)))["totalCount"];
  }

  it("ends after ten times timeoutMs and a second for every eight ids, whatever it waits for", async () => {
    await assert.rejects(
      readIds(4, (id, part) => part.sleep(id === "service-0" ? 0 : 60_000)),
      {
        code: "VPCEP_TIMEOUT",
        message:
          "the list is not whole after 0.6 s, ten times timeoutMs and 0.125 s for each id: 1 of 4 records came in 4 requests. Ask for fewer ids at a time, or raise vpcep:timeoutMs [VPCEP_TIMEOUT]",
      },
    );
  });

  it("is whole where ten times timeoutMs are not enough, and each answer comes within a second", async () => {
    // 80 ids, 8 at a time, 30 ms each: 300 ms at least.
    assert.equal(await readIds(80, (_, part) => part.sleep(30)), 80);
  });
});
