// Proves the functions in whole programs, on both engines: the values of the resource form, unknowns, secrets, what is
// printed and what is sent.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { lookups } from "../../provider/lookups";
import { outputNames } from "../../provider/lookups/definition";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../sdk/testing";
import { onEveryEngine, succeeds } from "../engine/everyEngine";
import type { ConfigValue, Stack } from "../engine/stack";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const vpcId = "4189d3c2-8882-4871-a3c2-d380272eed80";

/** What each lookup is asked; `later` is the id of the first endpoint of the emulator. */
const calls: Readonly<Record<keyof typeof lookups, object>> = {
  endpointService: { id, waitFor: "available", expect: { vpcId } },
  optionalEndpointService: { serviceName: "test123" },
  endpointServices: { status: "available" },
  endpointServicesByIds: { ids: [id, "gone"], ifMissing: "omit" },
  endpointServiceByName: { serviceName: "test123" },
  endpointServiceSummary: { serviceId: id },
  publicEndpointServices: {},
  endpointServiceConnections: { serviceId: id },
  endpointServicePermissions: { serviceId: id },
  endpoint: { id: "later" },
  endpoints: {},
  quotas: { resourceType: "endpoint" },
  tags: { resourceType: "endpoint_service" },
  endpointServicesByTags: { withoutAnyTag: true },
  versions: {},
};

const table = Object.values(lookups).map((definition) => ({
  getter: definition.getter,
  args: calls[definition.name as keyof typeof calls],
  outputs: outputNames(definition),
}));

const everyLookup = `
import * as pulumi from "@pulumi/pulumi";
import * as resources from "pulumi-vpcep";
import * as vpcep from "pulumi-vpcep/functions";

export = async () => {
  const { endpoints: [first] } = await vpcep.getEndpoints();
  const forms: Record<string, object> = {};
  for (const { getter, args, outputs } of ${JSON.stringify(table)}) {
    const asked = JSON.parse(JSON.stringify(args).replace("later", first!.endpointId));
    const resource = (resources as any)[getter](getter, asked);
    forms[getter] = {
      resource: Object.fromEntries(outputs.map((name) => [name, resource[name]])),
      promise: await (vpcep as any)[getter](asked),
      output: (vpcep as any)[getter + "Output"](asked),
    };
  }
  return { forms, nothing: await vpcep.findEndpointService({ id: "gone" }) };
};`;

onEveryEngine("the functions", (bench) => {
  function stackOf(
    name: string,
    program: string,
    options: { env?: Record<string, string>; config?: Record<string, ConfigValue> } = {},
  ): Stack {
    return bench.engine.createStack({
      project: bench.workspace.project(program, name),
      backend: bench.workspace.backend(name),
      ...(options.config ? { config: options.config } : {}),
      env: { ...bench.emulator.environment, ...options.env },
    });
  }

  it("give what the resources give, in a preview, an update and a refresh of every lookup", async () => {
    const stack = stackOf("forms", everyLookup);
    const operations = {
      preview: () => stack.preview(),
      up: () => stack.up(),
      refresh: () => stack.refresh({ runProgram: true }),
    };
    for (const [operation, run] of Object.entries(operations)) {
      const { forms, nothing } = succeeds(await run()) as {
        forms: Record<string, { resource: Record<string, unknown>; promise: object; output: object }>;
        nothing: unknown;
      };
      assert.equal(nothing, null);
      assert.equal(Object.keys(forms).length, table.length);
      for (const [getter, { resource, promise, output }] of Object.entries(forms)) {
        const { exists, ...record } = resource;
        assert.deepEqual(promise, record, `${getter} in ${operation}`);
        assert.deepEqual(output, record, `${getter}Output in ${operation}`);
        assert.equal(exists, getter === "findEndpointService" ? true : undefined);
      }
    }
    bench.emulator.reset();
    succeeds(await stack.destroy());
    assert.deepEqual(bench.emulator.requests, []);
  });

  const later = `
import * as pulumi from "@pulumi/pulumi";
import * as vpcep from "pulumi-vpcep/functions";
class Note extends pulumi.dynamic.Resource {
  declare readonly text: pulumi.Output<string>;
  constructor(name: string, text: pulumi.Input<unknown>) {
    super({ async create(inputs: object) { return { id: name, outs: inputs }; } }, name, { text });
  }
}
const note = new Note("note", "${id}");
`;

  it("are unknown, and send nothing, while an argument or what they depend on is still to be created", async () => {
    const stack = stackOf(
      "unknown",
      `${later}
       export const byId = vpcep.getEndpointServiceOutput({ id: note.text }).vpcId;
       export const among = vpcep.getEndpointServicesByIdsOutput({ ids: ["${id}", note.text] }).totalCount;
       export const after = vpcep.findEndpointServiceOutput({ id: "${id}" }, { dependsOn: [note] }).apply((service) => service?.vpcId);
       const passed = note.text.apply(() => "${id}");
       export const known = vpcep.getEndpointServiceOutput({ id: passed }).vpcId;
       export const written = new Note("written", vpcep.getEndpointServiceOutput({ id: note.text }).vpcId).text;`,
    );
    assert.deepEqual(succeeds(await stack.preview()), {});
    assert.deepEqual(bench.emulator.requests, []);
    const all = { byId: vpcId, among: 1, after: vpcId, known: vpcId, written: vpcId };
    assert.deepEqual(succeeds(await stack.up()), all);
    assert.deepEqual(succeeds(await stack.preview()), all);
  });

  it("read the stack's configuration, secrets included, and keep secret what was asked in secret", async () => {
    const stack = stackOf(
      "secrets",
      `import * as pulumi from "@pulumi/pulumi";
       import * as vpcep from "pulumi-vpcep/functions";
       const { isSecret } = pulumi;
       export = async () => {
         const secret = vpcep.getEndpointServiceOutput({ id: new pulumi.Config("app").requireSecret("id") });
         const plain = vpcep.getEndpointServiceOutput({ id: "${id}" });
         return { vpcId: secret.vpcId, marks: [await isSecret(secret), await isSecret(plain)] };
       };`,
      {
        env: { HW_AUTH_TOKEN: "", HW_REGION_NAME: "" },
        config: {
          "vpcep:token": { secret: emulatorDefaults.token },
          "huaweicloud:region": emulatorDefaults.region,
          "app:id": { secret: id },
        },
      },
    );
    const up = await stack.up();
    assert.deepEqual(succeeds(up), { vpcId: "[secret]", marks: [true, false] });
    assert.deepEqual((await stack.outputs({ showSecrets: true }))["vpcId"], vpcId);
    const state = await stack.storedState();
    assert.ok(!state.includes(emulatorDefaults.token) && !state.includes(vpcId));
  });

  it("run in a program that is an ECMAScript module", async () => {
    const project = bench.workspace.project("", "module");
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({ name: "module", type: "module", main: "index.js" }),
    );
    writeFileSync(
      join(project, "index.js"),
      `import * as vpcep from "pulumi-vpcep/functions";
       import { VpcepError } from "pulumi-vpcep/provider";
       const { ports } = await vpcep.getEndpointService({ id: "${id}" });
       const gone = await vpcep.getEndpointService({ id: "gone" }).catch((error) => [error instanceof VpcepError, error.code]);
       export const clientPorts = ports.map(({ clientPort }) => clientPort);
       export const caught = gone;`,
    );
    const stack = bench.engine.createStack({
      project,
      backend: bench.workspace.backend("module"),
      env: bench.emulator.environment,
    });
    assert.deepEqual(succeeds(await stack.up()), {
      clientPorts: [8080, 8081],
      caught: [true, "VPCEP_NOT_FOUND"],
    });
  });

  const failing = {
    "a promise that is awaited": `export = async () => ({ vpcId: (await vpcep.getEndpointService({ id: "gone" })).vpcId });`,
    "a promise that nobody awaits": `void vpcep.getEndpointService({ id: "gone" });`,
    "an exported output": `export const vpcId = vpcep.getEndpointServiceOutput({ id: "gone" }).vpcId;`,
    "an output that a resource takes": `new Note("taking", vpcep.getEndpointServiceOutput({ id: "gone" }).vpcId);`,
    "an output that nobody uses": `vpcep.getEndpointServiceOutput({ id: "gone" });`,
    "an output whose argument has come out malformed": `vpcep.getEndpointServiceOutput({ id: pulumi.output("no id") });`,
  };

  it("print an error that nobody catches as one line, wherever it comes to light", async () => {
    for (const [where, program] of Object.entries(failing)) {
      const preview = await stackOf(
        `failing-${Object.keys(failing).indexOf(where)}`,
        later + program,
      ).preview();
      assert.equal(preview.succeeded, false, where);
      const errors = preview.diagnostics
        .filter(({ severity, urn }) => severity === "error" && !urn?.includes("Note"))
        .map(({ message }) =>
          message
            .trim()
            .replace(/\(request id \w+\)/, "(request id ID)")
            .replace(/127\.0\.0\.1:\d+/, "HOST"),
        );
      const expected = where.endsWith("malformed")
        ? `getEndpointServiceOutput: id must be 1 to 64 letters, digits, hyphens or underscores, but is "no id"`
        : `Cannot read VPC endpoint service gone (region eu-de, project ${emulatorDefaults.projectId}): HOST answered 404 EndPoint.0005: The requested resource is unavailable (request id ID). Check the id, and that the service is in this region and project: a service of another project is not visible here [VPCEP_NOT_FOUND]`;
      assert.deepEqual([...new Set(errors)], [expected], `${where}\n${preview.output}`);
    }
  });

  it("say how a wait goes while it does, and warn of what cannot be read", async () => {
    const creating = { ...JSON.parse(sampleEndpointService), status: "creating", created_at: 1517298121 };
    bench.emulator.replyTo(id, { status: 200, body: creating });
    const stack = stackOf(
      "waiting",
      `import * as vpcep from "pulumi-vpcep/functions";
       export = async () => vpcep.getEndpointService({ id: "${id}", waitFor: "available", pollIntervalMs: 500 }).then(({ status }) => ({ status }));`,
    );
    const preview = await stack.preview();
    assert.deepEqual(preview.outputs, { status: "available" }, preview.output);
    assert.deepEqual(
      preview.diagnostics.map(({ severity, message, ephemeral = false }) => [
        severity,
        ephemeral,
        message.replace(/\d+ s of/, "N s of"),
      ]),
      [
        [
          "warning",
          false,
          "The API's field created_at (record endpointService) is a number that cannot be read: it counts as null, and extra has it as it was sent",
        ],
        [
          "info",
          true,
          `VPC endpoint service ${id} is creating; waiting for available, N s of at most 600 s so far`,
        ],
      ],
    );
  });

  if (bench.engine.name === "cli") {
    it("serve three stacks of one process, each with its own configuration and its own standing", async () => {
      const other = await startEmulator({ region: "eu-nl" });
      try {
        const folder = bench.workspace.project("", "automation");
        const stacks = {
          first: { ...settingsOf(bench.emulator), "vpcep:token": emulatorDefaults.token },
          second: {
            ...settingsOf(other),
            "vpcep:accessKey": emulatorDefaults.key.accessKey,
            "vpcep:secretKey": emulatorDefaults.key.secretKey,
          },
          third: { ...settingsOf(bench.emulator), "vpcep:token": emulatorDefaults.token },
        };
        writeFileSync(join(folder, "automation.cjs"), automation);
        bench.emulator.replyTo("third", { status: 401, body: { error_code: "APIGW.0301" } });
        const { stdout } = await promisify(execFile)(process.execPath, ["automation.cjs"], {
          cwd: folder,
          env: {
            ...process.env,
            STACKS: JSON.stringify(stacks),
            PULUMI_BACKEND_URL: `file://${bench.workspace.backend("automation")}`,
            PULUMI_CONFIG_PASSPHRASE: "cli",
            PULUMI_SKIP_UPDATE_CHECK: "true",
          },
        });
        assert.deepEqual(JSON.parse(stdout), {
          first: "eu-de",
          second: "eu-nl",
          third: ["VPCEP_AUTH", "eu-de"],
        });
        for (const { requests } of [bench.emulator, other]) {
          assert.ok(requests.length > 0);
        }
        const tokens = other.requests.map(({ headers }) => headers["x-auth-token"]);
        assert.deepEqual([...new Set(tokens)], [undefined]);
      } finally {
        await other.close();
      }
    });
  }
});

function settingsOf({ url, environment }: Emulator): Record<string, string> {
  const region = environment["HW_REGION_NAME"] ?? "";
  return { "vpcep:region": region, "vpcep:endpoint": url, "vpcep:authUrl": url };
}

/** Two stacks at once, and one twice, whose credential is refused the first time. */
const automation = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const vpcep = require("pulumi-vpcep/functions");

async function up(stackName, config, id) {
  const program = async () => {
    try {
      return { found: (await vpcep.getEndpointService({ id })).region };
    } catch (error) {
      return { found: error.code };
    }
  };
  const stack = await LocalWorkspace.createOrSelectStack({ stackName, projectName: "automation", program });
  for (const [key, value] of Object.entries(config)) {
    await stack.setConfig(key, { value, secret: /token|secretKey/.test(key) });
  }
  return (await stack.up()).outputs.found.value;
}

(async () => {
  const stacks = JSON.parse(process.env.STACKS);
  const id = "${id}";
  const [first, second] = await Promise.all(["first", "second"].map((name) => up(name, stacks[name], id)));
  const third = [await up("third", stacks.third, "third"), await up("third", stacks.third, id)];
  console.log(JSON.stringify({ first, second, third }));
})();
`;
