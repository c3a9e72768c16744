// Proves that a lookup is the same whoever runs it: every record and every error of the tests through Pulumi's dynamic
// host, as a function, and through the plugin, compared field by field. Each row has an account and a server of its own.
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { lookupProvider } from "../../../provider/dynamic/lookupProvider";
import { runFunction } from "../../../provider/functions/run";
import { definitionOf, lookups } from "../../../provider/lookups";
import { type LookupDefinition, outputNames } from "../../../provider/lookups/definition";
import { Semaphore } from "../../../provider/requests/semaphore";
import { emulatorDefaults, type RecordedRequest, type Reply, startEmulator } from "../../../sdk/testing";
import { Workspace } from "../../engine/engines";
import { ProviderHost } from "../../engine/providerHost";
import { variants } from "../../jsonSchema/records";
import { type Fault, faults } from "../../reliability/faults";
import { serviceId } from "../lookups";
import { sample, samples } from "../schema/samples";
import { PluginProcess } from "./pluginProcess";

type Values = Record<string, unknown>;

interface Row {
  readonly name: string;
  readonly definition: LookupDefinition;
  readonly args: Values;
  /** What the server answers to its requests in turn, the last to all that follow. */
  readonly replies: readonly Reply[];
  readonly settings?: Values;
}

const json = { "content-type": "application/json" };
const body = (value: unknown): Reply => ({ status: 200, headers: json, body: value as object });

/** A record of every kind with every field, and with those alone that it cannot do without. */
const records = Object.values(lookups as Record<string, LookupDefinition>).flatMap((definition): Row[] => {
  const { wire, required } = samples[definition.record];
  const found = definition.each?.reads ?? definition.selects?.reads ?? definition;
  const reduced = Object.fromEntries(Object.entries(wire).filter(([name]) => required.includes(name)));
  return Object.entries({ whole: wire, reduced: { service_name: wire["service_name"], ...reduced } }).map(
    ([kind, record]) => ({
      name: `${definition.getter}, a ${kind} record`,
      definition,
      args: argumentsFor(definition, wire),
      replies: [
        ...(definition.list ? [body(listOf(definition.list.wire, record))] : []),
        ...(definition.selects || !found.list ? [body(record)] : []),
      ],
    }),
  );
});

/** What makes a lookup find the record. */
function argumentsFor({ arguments: args, exactlyOneOf = [] }: LookupDefinition, wire: Values): Values {
  const values: Values = {
    id: wire["id"],
    ids: [wire["id"]],
    serviceId: wire["id"],
    serviceName: wire["service_name"],
    resourceType: "endpoint_service",
  };
  const needed = Object.keys(args).filter((name) => args[name]?.required || name === exactlyOneOf[0]);
  return Object.fromEntries(needed.map((name) => [name, values[name] ?? serviceId]));
}

function listOf(path: string, record: unknown): unknown {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length > 0 ? listOf(rest.join("."), record) : [record], total_count: 1 };
}

const one = { definition: lookups.endpointService, args: { id: serviceId } };
const wireWith = (changes: object) => body({ ...sample, ...changes });

const rows: readonly Row[] = [
  ...records,
  ...Object.entries(variants).map(([name, changes]) => ({ ...one, name, replies: [wireWith(changes)] })),
  ...faults.map(({ row, name, replies, code, message, requests, ...settings }: Fault) => ({
    ...one,
    name: `row ${row}: ${name}`,
    replies,
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  })),
  { ...one, name: "an unknown argument", args: { id: serviceId, expct: 1 }, replies: [] },
  { ...one, name: "a malformed argument", args: { id: "no id" }, replies: [] },
  { ...one, name: "a region of another form", args: { id: serviceId, region: 7 }, replies: [] },
  { ...one, name: "no such account", args: { id: serviceId, account: "nobody" }, replies: [] },
  {
    ...one,
    name: "an expectation that is not met",
    args: { id: serviceId, expect: { status: "failed", ports: [{ clientPort: 1, serverPort: 2 }] } },
    replies: [wireWith({})],
  },
  {
    ...one,
    name: "a wait for a service that has failed",
    args: { id: serviceId, waitFor: "available" },
    replies: [wireWith({ status: "failed" })],
  },
  {
    name: "a service that may be missing, and is",
    definition: definitionOf("optionalEndpointService") as LookupDefinition,
    args: { id: "gone" },
    replies: [{ status: 404, headers: json, body: { error: { code: "EndPoint.0005", message: "none" } } }],
  },
  {
    name: "a name that two services have",
    definition: lookups.endpointServiceByName,
    args: { serviceName: "orders" },
    replies: [
      body({
        endpoint_services: ["a", "b"].map((id) => ({ ...sample, id, service_name: `eu-de.orders.${id}` })),
        total_count: 2,
      }),
    ],
  },
];

/** What a host made of a row. */
interface Ran {
  readonly outcome: unknown;
  readonly sent: readonly string[];
}

const hosts = ["dynamic", "function", "plugin"] as const;

describe("a lookup in every host", () => {
  const servers = new Map<string, Awaited<ReturnType<typeof startEmulator>>>();
  let dynamic: ProviderHost;
  let plugin: PluginProcess;
  let config: Record<string, string>;
  let serialised: string;
  /** Of rows that have no bounds of time of their own: those wait until they are alone. */
  let results: readonly Promise<readonly Ran[] | undefined>[];
  const workspace = new Workspace();

  before(async () => {
    const accounts: Record<string, Values> = {};
    for (const [index, { replies, settings = {} }] of rows.entries()) {
      for (const host of hosts) {
        const emulator = await startEmulator();
        let next = 0;
        emulator.reply(() => replies[Math.min(next++, replies.length - 1)]);
        const { url } = emulator;
        const { region, projectId, token } = emulatorDefaults;
        accounts[`${host}-${index}`] = { region, projectId, token, endpoint: url, authUrl: url, ...settings };
        servers.set(`${host}-${index}`, emulator);
      }
    }
    config = { "vpcep:accounts": JSON.stringify(accounts) };
    dynamic = await ProviderHost.start(
      workspace.project(""),
      config,
      { ...process.env, PULUMI_CONFIG: "{}" },
      () => {},
    );
    plugin = await PluginProcess.start();
    await plugin.configure({ accounts: JSON.stringify(accounts) });
    // As a resource stores it.
    serialised = (await pulumi.runtime.serializeFunction(() => lookupProvider)).text;
    const turns = new Semaphore(4);
    results = rows.map(async ({ settings }, index) => {
      if (!settings) {
        using turn = turns.acquire(turns);
        await turn.granted;
        return inEveryHost(index);
      }
      return undefined;
    });
  });

  after(async () => {
    await dynamic.end();
    await plugin.end();
    workspace.remove();
    await Promise.all([...servers.values()].map((server) => server.close()));
  });

  const inEveryHost = (index: number) => Promise.all(hosts.map((host) => run(host, index)));

  /** Runs a row in a host: what it gives or says, without what is each server's own, and what it sent. */
  async function run(host: (typeof hosts)[number], index: number): Promise<Ran> {
    const { definition, args } = rows[index] as Row;
    const account = `${host}-${index}`;
    const asked = { account, ...args };
    const outcome = await runners[host](definition, asked).catch((error: Error) => error.message);
    const { requests } = servers.get(account) as { requests: readonly RecordedRequest[] };
    const sent = requests.map(({ method, path }) => `${method} ${path}`);
    return { outcome: typeof outcome === "string" ? neutral(outcome) : outcome, sent };
  }

  const runners: Record<
    (typeof hosts)[number],
    (definition: LookupDefinition, args: Values) => Promise<unknown>
  > = {
    dynamic: async (definition, args) => {
      const id = typeof args["id"] === "string" ? args["id"] : definition.name;
      const { outputs } = await dynamic.read(id, {
        __provider: serialised,
        lookup: definition.name,
        asked: args,
      });
      return Object.fromEntries(outputNames(definition).map((name) => [name, outputs[name]]));
    },
    function: (definition, args) =>
      runFunction({ stack: undefined, config, log() {}, warn() {} }, definition, args, {}),
    plugin: ({ getter }, args) => plugin.invoke(getter, args),
  };

  for (const [index, { name, definition }] of rows.entries()) {
    it(name, async () => {
      const [asResource, asFunction, asInvoke] =
        (await Promise.all(results))[index] ?? (await inEveryHost(index));
      assert.ok(asResource && asFunction && asInvoke);
      assert.deepEqual(asFunction.sent, asResource.sent);
      assert.deepEqual(asInvoke.sent, asResource.sent);
      const { outcome } = asResource;
      if (typeof outcome === "string") {
        assert.match(outcome, / \[VPCEP_[A-Z_]+\]$/);
        assert.deepEqual([asFunction.outcome, asInvoke.outcome], [outcome, outcome]);
        return;
      }
      const { exists = true, ...record } = outcome as Values;
      assert.deepEqual(asFunction.outcome, exists ? record : null);
      assert.deepEqual(asInvoke.outcome, withoutNulls(outcome));
      assert.ok(definition.finds || !("exists" in (outcome as Values)));
    });
  }
});

/** What differs from server to server and from moment to moment, taken out. */
function neutral(message: string): string {
  return message
    .replaceAll(/127\.0\.0\.1:\d+/g, "HOST")
    .replaceAll(/(dynamic|function|plugin)-(\d+)/g, "ACCOUNT-$2")
    .replaceAll(/request id \w+/g, "request id ID")
    .replaceAll(/\d+(\.\d+)? s\b/g, "TIME");
}

/** Nothing is null in the plugin's answer but what the API sent that nobody knows. */
function withoutNulls(value: unknown, name?: string): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => withoutNulls(each));
  }
  return typeof value !== "object" || value === null || name === "extra" || name === "policyDocument"
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .filter(([, each]) => each !== null)
          .map(([key, each]) => [key, withoutNulls(each, key)]),
      );
}
