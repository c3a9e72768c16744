// Proves several accounts in one program, in both forms of a lookup: each host sees its own account's key alone, a refresh
// asks as the update did, and no key is in what a stack remembers or shows.
import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "../../sdk/testing";
import { onEveryEngine, succeeds } from "../engine/everyEngine";
import type { ConfigValue, Stack } from "../engine/stack";

const count = 25;
const ids = Array.from({ length: count }, (_, index) => `service-${index}`);
const keyOf = (name: string) => ({ accessKey: `KEYCANARY${name}`, secretKey: `secret-canary-${name}` });

const imports = `
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService, getEndpointServices } from "pulumi-vpcep";
import * as vpcep from "pulumi-vpcep/functions";
const ids: string[] = ${JSON.stringify(ids)};
`;

onEveryEngine("several accounts", (bench) => {
  let north: Emulator;
  let south: Emulator;
  before(async () => {
    north = await startEmulator({ tokens: [], keys: [keyOf("north")], services: servicesIn("north") });
    south = await startEmulator({
      region: "eu-nl",
      tokens: [],
      keys: [keyOf("south")],
      services: servicesIn("south"),
    });
  });
  beforeEach(() => {
    north.reset();
    south.reset();
  });
  after(() => Promise.all([north?.close(), south?.close()]));

  function servicesIn(name: string) {
    return ids.map((id) => ({
      id,
      vpc_id: `vpc-of-${name}`,
      status: "available",
      ports: [],
      service_name: id,
      approval_enabled: false,
    }));
  }

  /** Both accounts as entries of `vpcep:accounts`, set part by part; the default account is the bench's own emulator. */
  function stackOf(name: string, program: string): Stack {
    const config: Record<string, ConfigValue> = {};
    for (const [account, { configuration }] of Object.entries({ north, south })) {
      for (const [key, value] of Object.entries(configuration)) {
        config[`vpcep:accounts.${account}.${key}`] = /Key$/.test(key) ? { secret: value } : value;
      }
    }
    return bench.engine.createStack({
      project: bench.workspace.project(imports + program, name),
      backend: bench.workspace.backend(name),
      config,
      env: bench.emulator.environment,
    });
  }

  /** The keys that have signed what an emulator was sent; "none" where a request has no signature. */
  function signersOf({ requests }: Emulator): string[] {
    const signer = /Access=(\w+)/;
    return [
      ...new Set(requests.map(({ headers }) => signer.exec(headers.authorization ?? "")?.[1] ?? "none")),
    ];
  }

  it("ask each their own host with their own key, in previews, updates and refreshes", async () => {
    const stack = stackOf(
      "accounts",
      `const of = (account: string) => ids.map((id) => getEndpointService(account + id, { id, account }).vpcId);
       const [northern, southern] = [of("north"), of("south")];
       export const own = getEndpointService("own", { id: "4189d3c2-8882-4871-a3c2-d380272eed83" }).serviceName;
       export const listed = getEndpointServices("listed", { account: "south" }).totalCount;
       export const vpcs = pulumi.all([...northern, ...southern]).apply((all) => [...new Set(all)]);
       export const functions = pulumi.output(Promise.all(
         ["north", "south"].map(async (account) => (await vpcep.getEndpointService({ id: ids[0]!, account })).vpcId),
       ));
       export const outputForm = vpcep.getEndpointServicesOutput({ account: "north" }).totalCount;`,
    );
    const shown: string[] = [];
    for (const operation of [() => stack.preview(), () => stack.up()]) {
      north.reset();
      south.reset();
      const result = await operation();
      shown.push(result.output);
      assert.deepEqual(succeeds(result), {
        own: "test123",
        listed: count,
        vpcs: ["vpc-of-north", "vpc-of-south"],
        functions: ["vpc-of-north", "vpc-of-south"],
        outputForm: count,
      });
      assert.deepEqual([signersOf(north), signersOf(south)], [["KEYCANARYnorth"], ["KEYCANARYsouth"]]);
      assert.doesNotMatch(JSON.stringify(north.requests), /south/);
      assert.ok(south.requests.length > count);
    }
    // What is gone in one account is not gone in the other.
    north.reset();
    south.reset();
    south.deleteService("service-1");
    const refreshed = await stack.refresh();
    succeeds(refreshed);
    assert.deepEqual([signersOf(north), signersOf(south)], [["KEYCANARYnorth"], ["KEYCANARYsouth"]]);
    const stored = await stack.storedState();
    assert.ok(stored.includes('"account": "south"'));
    assert.ok(stored.includes('::northservice-1"'));
    assert.ok(!stored.includes('::southservice-1"'));
    for (const text of [...shown, refreshed.output, stored]) {
      assert.doesNotMatch(text, /canary/i);
    }
  });

  it("are named in errors, and their keys are not", async () => {
    const stack = stackOf(
      "named",
      `getEndpointService("gone", { id: "gone", account: "south" });
       vpcep.getEndpointServiceOutput({ id: "service-1", account: "north" });`,
    );
    await stack.setConfig("vpcep:accounts.north.secretKey", { secret: "secret-canary-wrong" });
    const { output } = await stack.preview();
    assert.match(
      output,
      /Cannot read VPC endpoint service gone \(account south, region eu-nl, project \w+\): .*\[VPCEP_NOT_FOUND\]/,
    );
    assert.match(
      output,
      /\(account north, region eu-de, .* Check the credential from vpcep:accounts\.north\.accessKey, vpcep:accounts\.north\.secretKey: .*\[VPCEP_AUTH\]/,
    );
    assert.doesNotMatch(output, /canary/i);
  });
});
