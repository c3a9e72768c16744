// Proves the built package inside Pulumi's own host for dynamic providers, over gRPC: what is stored with every lookup,
// how many lookups one process serves, and what a failure looks like to the engine and on the terminal.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { refuseCreation } from "../../../provider";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { ProviderHost } from "../../engine/providerHost";
import { detailPath, errorOf, hostOf, projectId, serviceId, subject } from "../lookups";

const root = join(__dirname, "../../..");

/** What Pulumi stores of the provider when a program looks a service up. */
async function serialised(sdk: typeof import("pulumi-vpcep")): Promise<string> {
  let text = "";
  await pulumi.runtime.setMocks({
    newResource: ({ inputs, id = "" }) => {
      text = inputs.__provider;
      return { id, state: inputs };
    },
    call: () => ({}),
  });
  const { urn } = sdk.getEndpointService("orders", { id: serviceId });
  await new Promise((resolve) => urn.apply(resolve));
  return text;
}

describe("lookupProvider", () => {
  let folder: string;
  let text: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "lookup-provider-"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules", "pulumi-vpcep"));
    process.env["HW_SECRET_KEY"] = "environment-secret";
    pulumi.runtime.setAllConfig({ "vpcep:secretKey": "config-secret" }, ["vpcep:secretKey"]);
    try {
      text = await serialised(await import("pulumi-vpcep"));
    } finally {
      delete process.env["HW_SECRET_KEY"];
      pulumi.runtime.setAllConfig({});
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  describe("serialised from the built package", () => {
    it("is one import of the package by its name, of at most 1,250 bytes", () => {
      assert.ok(Buffer.byteLength(text) <= 1_250, String(Buffer.byteLength(text)));
      assert.match(text, /\{entry: "pulumi-vpcep\/provider",/);
      const imports = text.match(/import\(.*?\)/gs)?.map((found) => found.replace(/\s+/g, " "));
      assert.deepEqual([...new Set(imports)], ["import( /* webpackIgnore: true */ this.entry )"]);
      assert.doesNotMatch(text, /require\(/);
    });

    it("holds no path of this machine, and nothing of the environment or the configuration", () => {
      for (const word of [root, folder, homedir(), tmpdir(), "environment-secret", "config-secret"]) {
        assert.ok(!text.includes(word), word);
      }
      assert.doesNotMatch(text, /node_modules|file:|sourceMappingURL/);
    });

    it("is the same text every time", async () => {
      assert.equal(await serialised(await import("pulumi-vpcep")), text);
    });

    it("is the same text from another build, in another place", async () => {
      const build = join(folder, "build");
      execFileSync("npm", ["run", "--silent", "bundle", "--", `--outdir=${build}`], {
        cwd: root,
        stdio: "ignore",
      });
      symlinkSync(join(root, "node_modules"), join(build, "node_modules"));
      assert.equal(await serialised(require(join(build, "sdk", "index.js"))), text);
    });
  });

  describe("in Pulumi's host", () => {
    let emulator: Emulator;
    let host: ProviderHost;
    let lines: string[];

    beforeEach(async () => {
      emulator = await startEmulator();
      lines = [];
      host = await ProviderHost.start(
        folder,
        {
          "vpcep:endpoint": emulator.url,
          "huaweicloud:region": emulatorDefaults.region,
          "huaweicloud:projectId": projectId,
          "vpcep:token": emulatorDefaults.token,
          "vpcep:maxAttempts": "1",
        },
        { ...process.env, PULUMI_NODEJS_PROJECT: "demo" },
        (line) => lines.push(line),
      );
    });
    afterEach(async () => {
      await host.end();
      await emulator.close();
    });

    it("serves 50 lookups at the same time, the configuration there from the first on", async () => {
      const ids = Array.from({ length: 50 }, (_, count) => `service-${count}`);
      for (const [count, id] of ids.entries()) {
        emulator.putService(
          sampleEndpointService.replace(serviceId, id).replace('"test123"', `"eu-de.orders.${count}"`),
        );
      }
      const answers = await Promise.all(ids.map((id) => host.read(id, { __provider: text })));
      assert.deepEqual(
        answers.map(({ id, outputs }) => [id, outputs["serviceId"], outputs["serviceName"]]),
        ids.map((id, count) => [id, id, `eu-de.orders.${count}`]),
      );
      assert.deepEqual(
        emulator.requests.map(({ path }) => path).sort(),
        ids.map((id) => detailPath.replace(serviceId, id)).sort(),
      );
      assert.ok(emulator.sockets.peak <= 8, String(emulator.sockets.peak));
      await host.end();
      assert.deepEqual(lines, []);
    });

    it("answers with the whole record as plain values", async () => {
      const { outputs } = await host.read(serviceId, { __provider: text });
      assert.equal(outputs["vpcId"], "4189d3c2-8882-4871-a3c2-d380272eed80");
      assert.equal(outputs["status"], "available");
      assert.equal(outputs["markerId"], "422321321312321321");
      assert.deepEqual(outputs["ports"], [
        { clientPort: 8080, serverPort: 80, protocol: "TCP" },
        { clientPort: 8081, serverPort: 80, protocol: "TCP" },
      ]);
      assert.deepEqual([outputs["tags"], outputs["error"], outputs["extra"]], [null, [], {}]);
    });

    it("reads again what it has read, on a refresh, and answers with a blank id once it is gone", async () => {
      const { outputs } = await host.read(serviceId, { __provider: text });
      const again = await host.read(serviceId, { ...outputs, __provider: text });
      assert.deepEqual(again, { id: serviceId, outputs });
      emulator.deleteService(serviceId);
      const gone = await host.read(serviceId, { ...outputs, __provider: text });
      assert.equal(gone.id, "");
    });

    it("fails with the message alone, and prints one clean line for each failed lookup", async () => {
      emulator.set({ services: [] });
      const failed = await Promise.allSettled([
        host.read(serviceId, { __provider: text }),
        host.read("describe", { __provider: text }),
        host.read("a/b", { __provider: text }),
      ]);
      const messages = failed.map((result) => {
        assert.equal(result.status, "rejected");
        return (result.reason as Error).message;
      });
      assert.deepEqual(messages, [
        `${subject}${hostOf(emulator)} answered 404 EndPoint.0005: The requested resource is unavailable (request id ${emulator.requests[0]?.requestId}). Check the id, and that the service is in this region and project: a service of another project is not visible here [VPCEP_NOT_FOUND]`,
        'Cannot read VPC endpoint service: id must not be "describe": that is the path of another call of the API [VPCEP_CONFIG]',
        'Cannot read VPC endpoint service: id must be 1 to 64 letters, digits, hyphens or underscores, but is "a/b" [VPCEP_CONFIG]',
      ]);
      await host.end();
      assert.deepEqual(lines.sort(), messages.map((message) => `VpcepError: ${message}`).sort());
      assert.equal(emulator.requests.length, 1);
    });

    it("refuses to check and to create what would be created", async () => {
      const { message } = await errorOf(refuseCreation);
      await assert.rejects(host.check({}, { __provider: text }), { message });
      await assert.rejects(host.create({ __provider: text }), { message });
      await host.end();
      assert.deepEqual(lines, [`VpcepError: ${message}`]);
      assert.equal(emulator.requests.length, 0);
    });

    it("never prints a credential that the server repeats", async () => {
      emulator.reply({
        status: 401,
        body: { error_code: "APIGW.0301", error_msg: `fail ${emulatorDefaults.token}` },
      });
      await assert.rejects(host.read(serviceId, { __provider: text }), /fail \[redacted\]/);
      await host.end();
      assert.equal(lines.length, 1);
      assert.ok(!lines.join().includes(emulatorDefaults.token));
    });
  });
});
