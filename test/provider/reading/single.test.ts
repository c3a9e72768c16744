// Proves the lookups of one record beside the plain one: by name, waiting, expecting, and a missing one as a value.
import assert from "node:assert/strict";
import { createVpcepClient, VpcepError } from "../../../provider";
import { read } from "../../../provider/dynamic/read";
import { Deadline } from "../../../provider/http/deadline";
import { waitUntilAvailable } from "../../../provider/reading/waiter";
import { parseServiceName, portOfClient, portsToServer } from "../../../sdk/records";
import { emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { stackConfig } from "../credentials/clients";
import { withReader } from "./reader";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const json = { "content-type": "application/json" };

class NotFound extends VpcepError {
  constructor() {
    super("VPCEP_NOT_FOUND", "no");
  }
}

describe("a lookup of one record", () => {
  const reader = withReader();

  function config() {
    return stackConfig({
      "vpcep:region": "eu-de",
      "vpcep:endpoint": reader.emulator.url,
      "vpcep:projectId": emulatorDefaults.projectId,
      "vpcep:token": emulatorDefaults.token,
    });
  }

  function scripted(...statuses: string[]): void {
    const replies = statuses.map((status) => ({ status: 200, headers: json, body: { ...sample, status } }));
    reader.emulator.replyTo(id, ...replies);
  }

  describe("by name", () => {
    beforeEach(() => {
      reader.emulator.set({
        services: [
          { ...sample, id: "a", service_name: "eu-de.orders.a" },
          { ...sample, id: "b", service_name: "eu-de.orders-old.b", created_at: "2020-01-01T00:00:00Z" },
          {
            ...sample,
            id: "c",
            service_name: "eu-de.twice.c",
            created_at: "2020-01-01T00:00:00Z",
            status: "failed",
          },
          { ...sample, id: "d", service_name: "eu-de.twice.d", created_at: "2021-01-01T00:00:00Z" },
        ],
      });
    });

    it("finds the full name and the chosen part of it, though the API matches others too", async () => {
      for (const serviceName of ["orders", "eu-de.orders.a"]) {
        const outputs = await reader.client.lookUp("endpointServiceByName", { serviceName });
        assert.equal(outputs["serviceId"], "a");
      }
    });

    it("lists the candidates of a name that several have", async () => {
      await assert.rejects(reader.client.lookUp("endpointServiceByName", { serviceName: "twice" }), {
        code: "VPCEP_AMBIGUOUS",
        message: `Cannot read VPC endpoint service named twice (region eu-de, project ${emulatorDefaults.projectId}): 2 services have this name: d (eu-de.twice.d, available, created 2021-01-01T00:00:00Z); c (eu-de.twice.c, failed, created 2020-01-01T00:00:00Z). Look one of them up by its id, or by its full name [VPCEP_AMBIGUOUS]`,
      });
    });

    it("fails where no service has exactly the name", async () => {
      await assert.rejects(
        reader.client.lookUp("endpointServiceByName", { serviceName: "order" }),
        (error: VpcepError) => {
          assert.match(error.message, /knows no service of exactly this name among the 2 that contain it/);
          return error.code === "VPCEP_NOT_FOUND";
        },
      );
    });
  });

  describe("that waits", () => {
    const wait = { id, waitFor: "available", pollIntervalMs: 500 } as const;

    it("asks until the service is available", async () => {
      scripted("creating", "upgrading");
      const outputs = await reader.client.lookUp("endpointService", wait);
      assert.equal(outputs["status"], "available");
      assert.equal(reader.emulator.requests.length, 3);
    });

    it("ends at once over a service that has failed, with its own reasons", async () => {
      const error = [
        { error_code: "EndPoint.0001", error_message: "no backend" },
        { code: "X.2", message: "gone" },
      ];
      reader.emulator.replyTo(id, {
        status: 200,
        headers: json,
        body: { ...sample, status: "failed", error },
      });
      await assert.rejects(reader.client.lookUp("endpointService", wait), {
        code: "VPCEP_FAILED",
        message: `Cannot read VPC endpoint service ${id} (region eu-de, project ${emulatorDefaults.projectId}): the service is failed (EndPoint.0001: no backend; X.2: gone) and will not become available. Ask its owner to make another one [VPCEP_FAILED]`,
      });
      assert.equal(reader.emulator.requests.length, 1);
    });

    it("shows five reasons of many", async () => {
      const error = Array.from({ length: 7 }, (_, index) => ({ error_code: `X.${index}` }));
      reader.emulator.replyTo(id, {
        status: 200,
        headers: json,
        body: { ...sample, status: "failed", error },
      });
      await assert.rejects(
        reader.client.lookUp("endpointService", wait),
        /is failed \(X\.0; X\.1; X\.2; X\.3; X\.4 and 2 more\) and will not/,
      );
    });

    it("shows nothing of a service's own words as it is", async () => {
      const error = [{ error_code: "X.1", error_message: `\u001b[31m${emulatorDefaults.token}\nred` }];
      reader.emulator.replyTo(id, {
        status: 200,
        headers: json,
        body: { ...sample, status: "failed", error },
      });
      await assert.rejects(reader.client.lookUp("endpointService", wait), (failure: VpcepError) => {
        assert.match(
          failure.message,
          /: the service is failed \(X\.1: {2}\[31m\[redacted\] red\) and will not/,
        );
        return true;
      });
    });

    it("ends at once over a service that is being deleted", async () => {
      scripted("deleting");
      await assert.rejects(reader.client.lookUp("endpointService", wait), { code: "VPCEP_FAILED" });
    });

    it("ends when its time is over", async () => {
      reader.emulator.putService({ ...sample, status: "creating" });
      await assert.rejects(
        reader.client.lookUp("endpointService", { ...wait, waitTimeoutMs: 100 }),
        (error: VpcepError) => {
          assert.match(error.message, /the service is still creating after 0 s of waiting for available/);
          return error.code === "VPCEP_TIMEOUT";
        },
      );
    });

    it("keeps its own time before a silent server, and says what was seen last", async () => {
      const silent = { status: 200, delayMs: 20_000, body: {} };
      const start = performance.now();
      const over = { ...wait, waitTimeoutMs: 1_500 };
      reader.emulator.replyTo(
        id,
        { status: 200, headers: json, body: { ...sample, status: "creating" } },
        silent,
        silent,
      );
      await assert.rejects(reader.client.lookUp("endpointService", over), (error: VpcepError) => {
        assert.match(
          error.message,
          /: the service was last seen creating, and after \d s of waiting for available: .*no whole answer within/,
        );
        return error.code === "VPCEP_TIMEOUT";
      });
      reader.emulator.replyTo(id, silent, silent);
      await assert.rejects(reader.client.lookUp("endpointService", over), { code: "VPCEP_TIMEOUT" });
      assert.ok(performance.now() - start < 10_000);
    });

    it("has the patience of its own time for a host that wants no requests for a while", async () => {
      await using emulator = await startEmulator();
      const client = createVpcepClient({
        region: "eu-de",
        endpoint: emulator.url,
        projectId: emulatorDefaults.projectId,
        token: emulatorDefaults.token,
        timeoutMs: 500,
      });
      const throttled = { status: 429, headers: { "retry-after": "1" }, body: {} };
      emulator.replyTo(id, throttled);
      try {
        assert.equal((await client.lookUp("endpointService", wait)).status, "available");
        emulator.replyTo(id, throttled);
        await assert.rejects(client.getEndpointService({ id }), { code: "VPCEP_THROTTLED" });
      } finally {
        await client.close();
      }
    });

    it("survives an outage of the API once it has answered, and not one before", async () => {
      const down = { status: 503, body: {} };
      const creating = { status: 200, headers: json, body: { ...sample, status: "creating" } };
      reader.emulator.replyTo(id, creating, down, down, down, down, down);
      assert.equal((await reader.client.lookUp("endpointService", wait)).status, "available");
      reader.emulator.replyTo(id, down, down, down, down);
      await assert.rejects(reader.client.lookUp("endpointService", wait), { code: "VPCEP_API" });
    });

    it("waits for a service that was made a moment ago, and says so", async () => {
      const lines: string[] = [];
      const missing = { status: 404, body: { error: { code: "EndPoint.0005", message: "no" } } };
      reader.emulator.replyTo(id, missing, missing);
      assert.equal((await reader.client.lookUp("endpointService", wait)).status, "available");
      assert.equal(reader.emulator.requests.length, 3);
      const api = {
        clean: (text: string) => text,
        log: (line: string) => lines.push(line),
        argumentNames: {},
      };
      let looks = 0;
      const absent = async () => {
        looks++;
        throw new NotFound();
      };
      const deadline = new Deadline(60_000);
      await assert.rejects(waitUntilAvailable(absent, { id, pollIntervalMs: 1 }, api, deadline, 50), {
        code: "VPCEP_NOT_FOUND",
        message: "the service was never there in 0 s of waiting for available: no [VPCEP_NOT_FOUND]",
      });
      assert.ok(looks > 1, `${looks} looks`);
      assert.deepEqual(lines, [
        `VPC endpoint service ${id} is not there yet; waiting for available, 0 s of at most 600 s so far`,
      ]);
      const vanishing = async () => {
        if (looks++ === 0) {
          return { ...sample, status: "creating" };
        }
        throw new NotFound();
      };
      looks = 0;
      await assert.rejects(waitUntilAvailable(vanishing, { id, pollIntervalMs: 1 }, api, deadline, 60_000), {
        code: "VPCEP_NOT_FOUND",
        message:
          "the service was last seen creating, and after 0 s of waiting for available: no [VPCEP_NOT_FOUND]",
      });
      assert.equal(looks, 2);
    });

    it("looks no more often than twice a second", async () => {
      for (const [pollIntervalMs, shown] of [
        [1, "1"],
        [499, "499"],
        [0.5, "0.5"],
        ["500", '"500"'],
      ] as const) {
        const args = { ...wait, pollIntervalMs: pollIntervalMs as number };
        await assert.rejects(reader.client.lookUp("endpointService", args), {
          message: `Cannot read VPC endpoint service: pollIntervalMs must be a whole number of milliseconds from 500 to 86400000, but is ${shown} [VPCEP_CONFIG]`,
        });
      }
    });

    it("returns a failed service as data where nobody waits", async () => {
      scripted("failed");
      assert.equal((await reader.client.lookUp("endpointService", { id }))["status"], "failed");
    });

    it("neither waits nor compares on refresh", async () => {
      reader.emulator.putService({ ...sample, status: "creating" });
      const { props } = await read(
        id,
        { ...wait, expect: { status: "available" }, extra: {}, region: "eu-de" },
        config(),
      );
      assert.equal(props?.["status"], "creating");
      assert.equal(props?.["asked"].waitFor, "available");
    });
  });

  describe("that expects", () => {
    it("passes over what is as expected, in any order of ports", async () => {
      const ports = [
        { clientPort: 8081, serverPort: 80 },
        { clientPort: 8080, serverPort: 80, protocol: "TCP" },
      ];
      const outputs = await reader.client.lookUp("endpointService", {
        id,
        expect: { status: "available", serverType: "VM", ports },
      });
      assert.equal(outputs["serviceId"], id);
    });

    it("shows both sides of everything else", async () => {
      await assert.rejects(
        reader.client.lookUp("endpointService", {
          id,
          expect: { status: "failed", serverType: "LB", ports: [] },
        }),
        {
          code: "VPCEP_EXPECTATION",
          message: `Cannot read VPC endpoint service ${id} (region eu-de, project ${emulatorDefaults.projectId}): the service is not as expected: status is "available", expected "failed"; serverType is "VM", expected "LB"; ports are 8080->80/TCP, 8081->80/TCP, expected none. Ask its owner what has changed, or change what is expected [VPCEP_EXPECTATION]`,
        },
      );
    });

    it("shows twenty ports of many, those first that the other side does not have", async () => {
      const ports = Array.from({ length: 30 }, (_, index) => ({ client_port: 100 + index, server_port: 80 }));
      reader.emulator.replyTo(id, { status: 200, headers: json, body: { ...sample, ports } });
      const expected = ports.slice(0, 29).map((port) => ({ clientPort: port.client_port, serverPort: 80 }));
      const common = (count: number) =>
        Array.from({ length: count }, (_, index) => `${100 + index}->80/TCP`).join(", ");
      await assert.rejects(
        reader.client.lookUp("endpointService", { id, expect: { status: "x".repeat(90), ports: expected } }),
        (failure: VpcepError) => {
          const text = `status is "available", expected "${"x".repeat(80)}" and 10 more characters; ports are 129->80/TCP, ${common(19)} and 10 more, expected ${common(20)} and 9 more. Ask`;
          assert.ok(failure.message.includes(text), failure.message);
          return true;
        },
      );
    });

    it("shows nothing of a service's own words as it is", async () => {
      const ports = [{ client_port: 1, server_port: 1, protocol: "T\u0007P" }];
      reader.emulator.replyTo(id, {
        status: 200,
        headers: json,
        body: { ...sample, status: "a\u2028b", ports },
      });
      await assert.rejects(
        reader.client.lookUp("endpointService", { id, expect: { status: "available", ports: [] } }),
        (failure: VpcepError) => {
          assert.match(
            failure.message,
            /status is "a b", expected "available"; ports are 1->1\/T P, expected none/,
          );
          return true;
        },
      );
    });

    it("refuses ports that it would not compare, and reads a protocol in any case", async () => {
      for (const [wrong, port] of [
        { clientPort: 8080, serverPort: 80, protcol: "UDP" },
        {},
        null,
      ].entries()) {
        const ports = [...Array(wrong).fill({ clientPort: 1, serverPort: 1 }), port];
        await assert.rejects(reader.client.lookUp("endpointService", { id, expect: { ports } }), {
          message: `Cannot read VPC endpoint service: expect.ports[${wrong}] must have whole numbers as clientPort and serverPort, at most a protocol beside them, and nothing else [VPCEP_CONFIG]`,
        });
      }
      const ports = [8080, 8081].map((clientPort) => ({ clientPort, serverPort: 80, protocol: "tcp" }));
      assert.equal(
        (await reader.client.lookUp("endpointService", { id, expect: { ports } }))["serviceId"],
        id,
      );
    });

    it("refuses to compare what it does not know", async () => {
      const expect = { state: "available" } as object;
      await assert.rejects(reader.client.lookUp("endpointService", { id, expect }), {
        message:
          "Cannot read VPC endpoint service: expect knows status, vpcId, serverType, ports, but not state [VPCEP_CONFIG]",
      });
    });
  });

  describe("that may be missing", () => {
    it("has outputs of null, by its id and by its name", async () => {
      for (const args of [{ id: "gone" }, { serviceName: "gone" }]) {
        const outputs = await reader.client.lookUp("optionalEndpointService", args);
        const { exists, region, projectId, ...others } = outputs;
        assert.deepEqual(
          { exists, region, projectId },
          { exists: false, region: "eu-de", projectId: emulatorDefaults.projectId },
        );
        assert.ok(Object.keys(others).length > 25 && Object.values(others).every((value) => value === null));
      }
    });

    it("is the whole record where it is there", async () => {
      for (const args of [{ id }, { serviceName: String(sample["service_name"]) }]) {
        const { exists, ...outputs } = await reader.client.lookUp("optionalEndpointService", args);
        assert.deepEqual(
          { exists, ...outputs },
          { exists: true, ...(await reader.client.getEndpointService({ id })) },
        );
      }
    });

    it("stays in the state on refresh", async () => {
      const first = await read(
        "gone",
        { lookup: "optionalEndpointService", asked: { id: "gone" } },
        config(),
      );
      const again = await read("gone", first.props, config());
      assert.deepEqual(again, first);
      assert.equal(again.id, "gone");
    });

    it("does not hide any other failure, and names what it looked for", async () => {
      reader.emulator.replyTo("gone", { status: 403, body: {} });
      await assert.rejects(
        reader.client.lookUp("optionalEndpointService", { id: "gone" }),
        (error: VpcepError) => {
          assert.match(error.message, /^Cannot read VPC endpoint service gone \(region eu-de/);
          return error.code === "VPCEP_FORBIDDEN";
        },
      );
      reader.emulator.set({
        services: ["a", "b"].map((each) => ({ ...sample, id: each, service_name: `eu-de.twin.${each}` })),
      });
      await assert.rejects(
        reader.client.lookUp("optionalEndpointService", { serviceName: "twin" }),
        (error: VpcepError) => {
          assert.match(error.message, /^Cannot read VPC endpoint service named twin \(region eu-de/);
          return error.code === "VPCEP_AMBIGUOUS";
        },
      );
    });

    it("is looked for by exactly one of id and name", async () => {
      for (const args of [{}, { id, serviceName: "test123" }]) {
        await assert.rejects(reader.client.lookUp("optionalEndpointService", args as { id: string }), {
          message:
            "Cannot read VPC endpoint service: exactly one of id and serviceName must be given [VPCEP_CONFIG]",
        });
      }
      assert.deepEqual(reader.emulator.requests, []);
    });
  });

  it("has to be one that there is", async () => {
    await assert.rejects(reader.client.lookUp("nope" as never, {} as never), {
      code: "VPCEP_CONFIG",
      message: 'There is no lookup "nope" [VPCEP_CONFIG]',
    });
  });

  it("of a summary takes exactly one of id and name", async () => {
    for (const args of [{}, { serviceId: id, serviceName: "test123" }]) {
      await assert.rejects(reader.client.lookUp("endpointServiceSummary", args as { serviceId: string }), {
        message:
          "Cannot read the summary of a VPC endpoint service: exactly one of serviceId and serviceName must be given [VPCEP_CONFIG]",
      });
    }
    const { props } = await read("x", { lookup: "endpointServiceSummary", serviceId: id }, config());
    assert.equal(props?.["serviceName"], "test123");
    assert.deepEqual((await read("x", props, config())).props, props);
  });

  it("of a summary refuses that of another name", async () => {
    const other = {
      status: 200,
      headers: json,
      body: {
        id,
        service_name: "eu-de.other.1",
        service_type: "interface",
        created_at: "2018-01-30T07:42:01.174",
      },
    };
    reader.emulator.replyTo("describe", other, other);
    await assert.rejects(
      reader.client.lookUp("endpointServiceSummary", { serviceName: "eu-de.orders.1" }),
      (error: VpcepError) => {
        assert.match(error.message, /sent another record than the one asked for, "eu-de\.other\.1"/);
        return error.code === "VPCEP_RESPONSE";
      },
    );
    const asked = await reader.client.lookUp("endpointServiceSummary", { serviceName: "EU-DE.other.1" });
    assert.equal(asked["serviceId"], id);
  });

  it("of an endpoint refuses another endpoint's record", async () => {
    reader.emulator.replyTo("vpc-endpoints", {
      status: 200,
      headers: json,
      body: { id: "other", status: "accepted" },
    });
    await assert.rejects(reader.client.lookUp("endpoint", { id: "mine" }), (error: VpcepError) => {
      assert.match(error.message, /sent another record than the one asked for, "other"/);
      return error.code === "VPCEP_RESPONSE";
    });
  });
});

describe("records", () => {
  const ports = [
    { clientPort: 8080, serverPort: 80, protocol: "TCP" },
    { clientPort: 8080, serverPort: 53, protocol: "UDP" },
  ];

  it("find the mappings of a port", () => {
    assert.deepEqual(portsToServer(ports, 80), [ports[0]]);
    assert.equal(portOfClient(ports, 8080)?.serverPort, 80);
    assert.equal(portOfClient(ports, 8080, "UDP")?.serverPort, 53);
    assert.equal(portOfClient(ports, 1), undefined);
  });

  it("split a full name", () => {
    assert.deepEqual(parseServiceName("eu-de.orders.a"), { region: "eu-de", name: "orders", id: "a" });
    assert.deepEqual(parseServiceName("eu-de.a.b.c"), { region: "eu-de", name: "a.b", id: "c" });
    assert.deepEqual(parseServiceName("eu-de.a"), { region: "eu-de", name: null, id: "a" });
    assert.deepEqual(parseServiceName("test123"), { region: null, name: "test123", id: null });
  });
});
