// Proves the plugin as a process that Pulumi's engine has started: every call, what is refused, and how it ends.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lookups } from "../../../provider/lookups";
import { outputNames } from "../../../provider/lookups/definition";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { isSecret, secret, unknownValue, withoutSecrets } from "../../engine/propertyValues";
import { serviceId } from "../lookups";
import { PluginProcess } from "./pluginProcess";

const token = "canary-token-of-the-plugin";

describe("the plugin", () => {
  let emulator: Emulator;
  let plugin: PluginProcess;

  before(async () => {
    plugin = await PluginProcess.start();
  });

  beforeEach(async () => {
    emulator = await startEmulator({ tokens: [token] });
    await plugin.configure(settings());
  });

  afterEach(async () => {
    await emulator.close();
    const shown = [...plugin.lines, ...plugin.logged].join("\n");
    assert.ok(!shown.includes(token), shown);
  });

  after(() => plugin.end());

  /** Ends the plugin that the tests before have shared. */
  async function startAnew(env?: NodeJS.ProcessEnv): Promise<void> {
    await plugin.end();
    plugin = await PluginProcess.start(env);
    await plugin.configure(settings());
  }

  /** As the engine passes them on: secrets marked, all else as texts. */
  function settings(changes: object = {}) {
    const { region, projectId } = emulatorDefaults;
    return {
      endpoint: emulator.url,
      region,
      projectId,
      token: secret(token),
      timeoutMs: "60000",
      ...changes,
    };
  }

  /** Waits until the plugin has told how so many waits go. */
  async function logs(count: number): Promise<void> {
    const told = () => plugin.logged.filter((line) => line.startsWith("INFO")).length;
    for (const start = performance.now(); told() < count; await sleep(20)) {
      assert.ok(performance.now() - start < 30_000, `${told()} lines`);
    }
  }

  /** What an invoke fails with. */
  async function problem(name: string, args: Record<string, unknown>): Promise<string> {
    return plugin.invoke(name, args).then(
      (answer) => assert.fail(JSON.stringify(answer)),
      (error: Error) => error.message,
    );
  }

  it("says what it is and what it takes, to an engine of before too", async () => {
    const { version } = require("../../../package.json") as { version: string };
    assert.equal(await plugin.handshake(), true);
    assert.equal(await plugin.configure(settings()), true);
    assert.equal(await plugin.version(), version);
    const committed = readFileSync(join(__dirname, "../../../plugin/schema.json"), "utf8");
    assert.deepEqual(JSON.parse(await plugin.schema()), JSON.parse(committed));
    await plugin.attach();
    for (const method of ["create", "read", "construct", "parameterize", "getMapping"]) {
      const request = new (require("@pulumi/pulumi/proto/provider_pb")[
        `${method[0]?.toUpperCase()}${method.slice(1)}Request`
      ])();
      await assert.rejects(plugin.call(method, request), /does not implement the method/);
    }
  });

  it("gives a record without nulls, and says where a service is that does not exist", async () => {
    emulator.putService({
      ...JSON.parse(sampleEndpointService),
      error: [{ error_code: "E" }],
      later: { deep: null },
    });
    const { error, extra, ports, markerId, ...others } = await plugin.invoke("getEndpointService", {
      id: serviceId,
      expect: null,
    });
    assert.deepEqual({ error, extra }, { error: [{ errorCode: "E" }], extra: { later: { deep: null } } });
    assert.ok(Array.isArray(ports) && !Object.values(others).includes(null));
    const { region, projectId } = emulatorDefaults;
    const missing = { exists: false, region, projectId };
    assert.deepEqual(await plugin.invoke("findEndpointService", { id: "gone" }), missing);
    assert.equal((await plugin.invoke("findEndpointService", { id: serviceId }))["exists"], true);
  });

  it("makes everything secret where an argument is, and shows it in no error", async () => {
    const answer = await plugin.invoke("getEndpointService", { id: secret(serviceId) });
    assert.ok(Object.values(answer).every(isSecret));
    assert.equal((withoutSecrets(answer) as { serviceId: string }).serviceId, serviceId);
    const among = await plugin.invoke("getEndpointServicesByIds", {
      ids: [serviceId, secret("gone")],
      ifMissing: "omit",
    });
    assert.ok(Object.values(among).every(isSecret));
    assert.doesNotMatch(
      await problem("getEndpointService", { id: secret("gone-and-secret") }),
      /gone-and-secret/,
    );
  });

  it("answers unknown where an argument is, and sends nothing", async () => {
    for (const args of [
      { id: unknownValue },
      { id: serviceId, expect: { ports: [{ clientPort: unknownValue, serverPort: 1 }] } },
    ]) {
      const answer = await plugin.invoke("getEndpointService", args);
      assert.deepEqual(Object.keys(answer).sort(), outputNames(lookups.endpointService).sort());
      assert.deepEqual([...new Set(Object.values(answer))], [unknownValue]);
    }
    assert.deepEqual(emulator.requests, []);
  });

  it("refuses functions and arguments that it does not know, and sends nothing", async () => {
    const all = Object.values(lookups)
      .map(({ getter }) => `vpcep:index:${getter}`)
      .join(", ");
    assert.equal(
      await problem("vpcep:index:getEndpointServise", {}),
      `There is no function "vpcep:index:getEndpointServise". The functions are ${all} [VPCEP_CONFIG]`,
    );
    assert.equal(
      await problem("getEndpointService", { id: serviceId, expct: {} }),
      "Cannot read VPC endpoint service: expct is no argument of getEndpointService [VPCEP_CONFIG]",
    );
    assert.deepEqual(emulator.requests, []);
  });

  it("checks settings by their names and kinds, and lets what is not known pass", async () => {
    const known = {
      region: "eu-de",
      version: "0.1.0",
      assumeRole: '[{"agencyName":"a"}]',
      timeoutMs: 5000,
      token,
      profile: null,
    };
    assert.deepEqual(await plugin.checkConfig(known), { inputs: known, failures: {} });
    const { failures } = await plugin.checkConfig({
      regoin: "eu-de",
      insecure: "true",
      assumeRole: "{",
      accounts: { theirs: { regoin: "eu-de" } },
      domainId: 1e20,
    });
    assert.deepEqual(Object.keys(failures), ["accounts", "assumeRole", "domainId", "insecure", "regoin"]);
    assert.match(
      failures["regoin"] ?? "",
      /^regoin is no setting of the provider\. The settings are region, .*maxAttempts \[VPCEP_CONFIG\]$/,
    );
    assert.match(failures["insecure"] ?? "", /certificates are always checked/);
    assert.match(failures["assumeRole"] ?? "", /is no JSON/);
    assert.match(failures["accounts"] ?? "", /accounts\.theirs\.regoin is no setting of an account/);
    assert.match(failures["domainId"] ?? "", /^domainId must be a string: as a number it would lose digits/);
  });

  it("gives no known values where a setting is not known yet, and says what to do", async () => {
    const { inputs, failures } = await plugin.checkConfig({
      region: "eu-de",
      token: unknownValue,
      oidc: { idToken: unknownValue },
    });
    assert.deepEqual(failures, {});
    assert.ok(!JSON.stringify(inputs).includes(unknownValue));
    await plugin.configure({ ...settings(), ...inputs }, "eu");
    assert.equal(
      await problem("getEndpointService", { id: serviceId }),
      'getEndpointService: not known in this preview: provider "eu": oidc and provider "eu": token. Name what is still to be created, and decides it, in the dependsOn of the function too, so that its result is not known either [VPCEP_CONFIG]',
    );
    assert.deepEqual(emulator.requests, []);
  });

  it("compares settings by their values", async () => {
    const before = { region: "eu-de", token: "a", oidc: { audience: "a" } };
    assert.equal(await plugin.changes(before, { ...before }), false);
    assert.equal(await plugin.changes(before, { ...before, oidc: { audience: "b" } }), true);
  });

  it("calls settings as the program that has them does", async () => {
    for (const [name, called] of [
      [undefined, "vpcep:projectId"],
      ["eu", 'provider "eu": projectId'],
    ] as const) {
      await plugin.configure(settings({ projectId: "no id" }), name);
      assert.equal(
        await problem("getEndpointService", { id: serviceId }),
        `projectId must be 1 to 64 letters, digits, hyphens or underscores, but is "no id" (from ${called}) [VPCEP_CONFIG]`,
      );
    }
  });

  it("takes objects as they are, as JSON, and with secrets inside, and what is not set from the environment", async () => {
    await startAnew({ HW_AUTH_TOKEN: token });
    const theirs = { ...settings({ region: "eu-nl", token: secret(token) }) };
    for (const accounts of [
      { theirs },
      JSON.stringify({ theirs: withoutSecrets(theirs) }),
      secret({ theirs }),
    ]) {
      await plugin.configure({ ...settings({ token: "", timeoutMs: 5000 }), accounts });
      assert.equal((await plugin.invoke("getEndpointService", { id: serviceId }))["region"], "eu-de");
      assert.equal(
        (await plugin.invoke("getEndpointService", { id: serviceId, account: "theirs" }))["region"],
        "eu-nl",
      );
    }
  });

  it("reads a thousand at once over eight connections", async () => {
    for (let index = 0; index < 1_000; index++) {
      emulator.putService({ ...JSON.parse(sampleEndpointService), id: `service-${index}` });
    }
    const ids = Array.from({ length: 1_000 }, (_, index) => `service-${index}`);
    const answers = await Promise.all(ids.map((id) => plugin.invoke("getEndpointService", { id })));
    assert.deepEqual(
      answers.map((answer) => answer["serviceId"]),
      ids,
    );
    assert.equal(emulator.requests.length, 1_000);
  });

  it("tells how a wait goes and what cannot be read, and ends everything at once when it is cancelled", async () => {
    const creating = { ...JSON.parse(sampleEndpointService), status: "creating", created_at: 1517298121 };
    emulator.reply(() => ({ status: 200, body: creating }));
    const waiting = Array.from({ length: 150 }, (_, index) =>
      problem("getEndpointService", { id: serviceId, waitFor: "available", waitTimeoutMs: 600_000 + index }),
    );
    await logs(50);
    const start = performance.now();
    await plugin.cancel();
    const ended = "The lookup was ended, since Pulumi cancels the run [VPCEP_CONNECTION]";
    assert.deepEqual([...new Set(await Promise.all(waiting))], [ended]);
    assert.ok(performance.now() - start < 5_000);
    assert.equal(await problem("getEndpointService", { id: serviceId }), ended);
    assert.deepEqual(
      [...new Set(plugin.logged.map((line) => line.replace(/\d+ s of at most \d+ s/, "TIME")))].sort(),
      [
        `INFO ephemeral VPC endpoint service ${serviceId} is creating; waiting for available, TIME so far`,
        "WARNING The API's field created_at (record endpointService) is a number that cannot be read: it counts as null, and extra has it as it was sent",
      ],
    );
  });

  it("ends at once when it is interrupted in a wait, with an answer, and when its engine is gone", async () => {
    await startAnew();
    emulator.reply(() => ({
      status: 200,
      body: { ...JSON.parse(sampleEndpointService), status: "creating" },
    }));
    const waiting = problem("getEndpointService", { id: serviceId, waitFor: "available" });
    await logs(1);
    const start = performance.now();
    await plugin.process.end("SIGINT");
    assert.match(await waiting, /since Pulumi cancels the run/);
    assert.equal(await plugin.process.exit, 0);
    assert.ok(performance.now() - start < 4_000);
    await startAnew();
    plugin.endEngine();
    assert.equal(await plugin.process.exit, 0);
  });
});
