// Proves the plugin as a process that Pulumi's engine has started: every call, what is refused, and how it ends.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { status } from "@grpc/grpc-js";
import { lookups } from "../../../provider/lookups";
import { outputNames } from "../../../provider/lookups/definition";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { Process } from "../../engine/processes";
import { isSecret, secret, unknownValue, withoutSecrets } from "../../engine/propertyValues";
import { serviceId } from "../lookups";
import { executable, PluginProcess } from "./pluginProcess";

const token = "canary-token-of-the-plugin";
/** A proxy that nobody is behind. */
const nowhere = "http://127.0.0.1:9";

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

  /** Waits until the plugin has told so many lines: how waits go, if nothing else is said. */
  async function logs(count: number, severity = "INFO"): Promise<void> {
    const told = () => plugin.logged.filter((line) => line.startsWith(severity)).length;
    for (const start = performance.now(); told() < count; await sleep(20)) {
      assert.ok(performance.now() - start < 30_000, `${told()} lines`);
    }
  }

  /** What an invoke fails with. */
  async function problem(name: string, args: Record<string, unknown>, signal?: AbortSignal): Promise<string> {
    return plugin.invoke(name, args, signal).then(
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
    for (const method of ["check", "create", "read", "call", "construct", "parameterize", "getMapping"]) {
      const request = new (require("@pulumi/pulumi/proto/provider_pb")[
        `${method[0]?.toUpperCase()}${method.slice(1)}Request`
      ])();
      await assert.rejects(plugin.call(method, request), {
        code: status.UNIMPLEMENTED,
        message: "vpcep has functions alone, and neither resources, methods nor parameters [VPCEP_CONFIG]",
      });
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
    // As Python's dictionaries send it.
    assert.equal(
      await problem("getEndpointService", { id: serviceId, expect: { vpc_id: "v" } }),
      "Cannot read VPC endpoint service: expect knows status, vpcId, serverType, ports, but not vpc_id. Did you mean vpcId? [VPCEP_CONFIG]",
    );
    assert.deepEqual(emulator.requests, []);
  });

  it("checks settings by their names and kinds, shows no value, and lets what is not known pass", async () => {
    const known = {
      region: "eu-de",
      version: "0.1.0",
      assumeRole: '[{"agencyName":"a"}]',
      timeoutMs: 5000,
      insecure: false,
      profile: null,
    };
    assert.deepEqual(await plugin.checkConfig(known), { inputs: known, failures: [] });
    const wrong = {
      regoin: "eu-de",
      insecure: "true",
      assumeRole: "{",
      oidc: { idToken: token, idpID: token },
      accounts: { theirs: { secret_key: token } },
      domainId: 1e20,
      token: [token],
      password: true,
      projectId: unknownValue,
    };
    const { failures } = await plugin.checkConfig(wrong);
    // The engine prints the value of a property that is named.
    assert.deepEqual(
      failures.map((failure) => failure.replace(/(has|are) region, .*?maxAttempts/, "$1 ALL")).sort(),
      [
        ": vpcep:accounts.theirs.secret_key is no setting of an account, which has ALL. Did you mean secretKey? [VPCEP_CONFIG]",
        ": vpcep:assumeRole must be an object, as `pulumi config set --path vpcep:assumeRole.MEMBER VALUE` makes one, but is no JSON [VPCEP_CONFIG]",
        ": vpcep:domainId must be a string: as a number it would lose digits. Put it in quotes [VPCEP_CONFIG]",
        ": vpcep:insecure is set, but certificates are always checked. Unset it, and name your own certificate authorities with vpcep:caFile or OS_CACERT [VPCEP_CONFIG]",
        ': vpcep:oidc has no member "idpID". Its members are idpId, providerUrn, agencyUrn, idToken, idTokenFile, idTokenVariable, audience. Did you mean idpId? [VPCEP_CONFIG]',
        ": vpcep:password must be a string, but is a boolean [VPCEP_CONFIG]",
        ": vpcep:regoin is no setting of the provider. The settings are ALL. Did you mean region? [VPCEP_CONFIG]",
        ": vpcep:token must be a string, but is an array [VPCEP_CONFIG]",
      ],
    );
    assert.deepEqual((await plugin.checkConfig({ assumeRole: "{", accounts: "x" }, "eu")).failures, [
      ': provider "eu": accounts must be an object but is no JSON [VPCEP_CONFIG]',
      ': provider "eu": assumeRole must be an object but is no JSON [VPCEP_CONFIG]',
    ]);
  });

  it("marks what is secret for the state, and what a program has marked inside stays to be marked", async () => {
    const { inputs } = await plugin.checkConfig({
      region: "eu-de",
      token,
      accounts: { theirs: { region: "eu-nl", secretKey: "s", oidc: { idToken: "i", audience: "a" } } },
      oidc: '{"idToken":"i"}',
      password: null,
    });
    assert.deepEqual(inputs, {
      region: "eu-de",
      token: secret(token),
      accounts: {
        theirs: { region: "eu-nl", secretKey: secret("s"), oidc: { idToken: secret("i"), audience: "a" } },
      },
      oidc: secret('{"idToken":"i"}'),
      password: null,
    });
  });

  it("gives no known values where a setting is not known yet, and says what to do", async () => {
    const { inputs, failures } = await plugin.checkConfig(
      { region: "eu-de", projectId: unknownValue, assumeRole: { agencyName: unknownValue } },
      "eu",
    );
    assert.deepEqual(failures, []);
    assert.ok(!JSON.stringify(inputs).includes(unknownValue));
    await plugin.configure({ ...settings(), ...inputs }, "eu");
    const nextStep =
      "Name what is still to be created, and decides it, in the dependsOn of the function too, so that its result is not known either";
    assert.equal(
      await problem("getEndpointService", { id: serviceId }),
      `getEndpointService: not known in this preview: provider "eu": assumeRole and provider "eu": projectId. ${nextStep} [VPCEP_CONFIG]`,
    );
    assert.deepEqual(emulator.requests, []);
    // An update that follows a plan would print what stood in place of a secret, and what it has become.
    await startAnew({ http_proxy: nowhere, https_proxy: nowhere, grpc_proxy: nowhere });
    const secrets = { token: unknownValue, accounts: { theirs: { region: "eu-nl", token: unknownValue } } };
    const kept = await plugin.checkConfig(secrets, "eu");
    assert.deepEqual(withoutSecrets(kept.inputs), secrets);
    await logs(1, "WARNING");
    assert.deepEqual(plugin.logged, [
      `WARNING not known in this preview: provider "eu": accounts and provider "eu": token. Pulumi takes what functions give with this provider for known and empty. ${nextStep}`,
    ]);
    await startAnew();
  });

  it("shows no setting that is marked as secret, whichever it is, neither in an error nor as an output", async () => {
    const mark = "Hunter2 canary";
    const { projectId } = emulatorDefaults;
    for (const [hidden, marked] of [
      [mark, { region: secret(mark) }],
      [mark, { projectId: secret(mark) }],
      [mark, { cloud: secret(mark) }],
      [mark, { timeoutMs: secret(mark) }],
      [mark, { caFile: secret(`/${mark}`) }],
      [mark, { sharedConfigFile: secret(`~/${mark}`), profile: "p" }],
      [mark, { assumeRole: secret(`[{"agencyName":"a","domainName":"d","duration":"${mark}"}]`) }],
      [mark, { assumeRole: { agencyName: "a", domainName: "d", duration: secret(mark) } }],
      [mark, { accounts: { theirs: { region: secret(mark), token } } }],
      [projectId, { endpoint: secret(`${emulator.url}/v1/${projectId}`), projectId: "" }],
      ["qx", { accounts: { theirs: { region: secret("qx"), token } } }],
    ] as const) {
      await plugin.configure(settings(marked), "eu");
      for (const account of [{}, { account: "theirs" }]) {
        const message = await problem("getEndpointService", { id: "gone", ...account });
        assert.ok(!message.includes(hidden), message);
      }
    }
    await plugin.configure(settings({ userName: secret(mark) }), "eu");
    emulator.reply(() => ({ status: 200, body: { ...JSON.parse(sampleEndpointService), status: mark } }));
    await problem("getEndpointService", { id: serviceId, waitFor: "available", waitTimeoutMs: 1 });
    assert.ok(
      plugin.logged.some((line) => line.includes("is [redacted];")),
      plugin.logged.join("\n"),
    );
    emulator.reply(() => undefined);
    await plugin.configure(settings({ region: secret("eu-de"), timeoutMs: secret(60000) }), "eu");
    assert.match(await problem("getEndpointService", { id: "gone" }), /\(region \[redacted\], project/);
    const answer = await plugin.invoke("getEndpointService", { id: serviceId });
    assert.deepEqual([isSecret(answer["region"]), isSecret(answer["projectId"])], [true, false]);
    // The engine marks the whole of what has a secret inside.
    await plugin.configure(settings({ accounts: secret({ theirs: settings({ token }) }) }), "eu");
    const whole = await problem("getEndpointService", { id: "gone", account: "theirs" });
    assert.match(whole, /region eu-de, project/);
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

  it("ends a lookup that its caller gives up, and holds no other up", async () => {
    await startAnew();
    // A credential that is not proved yet is tried by one lookup alone.
    await plugin.invoke("getEndpointService", { id: serviceId });
    let isSilent = true;
    emulator.reply(() => (isSilent ? { breakOff: { by: "silence" } } : undefined));
    const controller = new AbortController();
    const calls = Array.from({ length: 150 }, (_, index) =>
      problem("getEndpointService", { id: `given-up-${index}` }, controller.signal),
    );
    for (const start = performance.now(); emulator.requests.length < 9; await sleep(20)) {
      assert.ok(performance.now() - start < 30_000);
    }
    const refused = await problem("getEndpointService", { id: "no id" });
    assert.match(refused, /^Cannot read VPC endpoint service: id must be/);
    controller.abort();
    await Promise.all(calls);
    isSilent = false;
    const answer = await plugin.invoke("getEndpointService", { id: serviceId });
    assert.equal(answer["serviceId"], serviceId);
    assert.equal(emulator.requests.length, 10);
  });

  it("shortens a message that a trailer cannot carry, and keeps its beginning and its end", async () => {
    for (const [character, least] of [
      ["x", 5_000],
      ["\u8d44", 500],
      ["\ud83d\ude00", 400],
    ] as const) {
      const name = character.repeat(50_000);
      const message = await problem("getEndpointService", { id: serviceId, [name]: 1 });
      assert.ok(
        /^Cannot read VPC endpoint service: .+\u2026 \(\d+ characters left out\) \u2026.+ \[VPCEP_CONFIG\]$/u.test(
          message,
        ),
      );
      assert.ok(encodeURI(message).length < 6_200 && message.length > least, `${message.length}`);
    }
    const { failures } = await plugin.checkConfig({ ["x".repeat(50_000)]: 1 });
    assert.ok((failures[0]?.length ?? 0) < 6_200);
  });

  it("answers though the engine takes no lines", async () => {
    await startAnew();
    plugin.takesLines = false;
    emulator.putService({ ...JSON.parse(sampleEndpointService), service_type: 5 });
    assert.equal((await plugin.invoke("getEndpointService", { id: serviceId }))["serviceId"], serviceId);
    assert.equal(plugin.logged.length, 1);
    await startAnew();
  });

  it("says that it has no settings, and ends in one line where it cannot start", async () => {
    await plugin.end();
    plugin = await PluginProcess.start();
    assert.equal(
      await problem("getEndpointService", { id: serviceId }),
      "getEndpointService: Pulumi's engine has not configured the provider [VPCEP_CONFIG]",
    );
    const failing = new Process(process.execPath, [executable, ""], {});
    const lines: string[] = [];
    failing.onLine("stderr", (line) => lines.push(line));
    assert.equal(await failing.exit, 1);
    assert.deepEqual(lines, ['Could not parse target name ""']);
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
