import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { sampleEndpointService } from "../../../sdk/testing/index";

const command = join(__dirname, "../../../sdk/testing/command.ts");
const root = join(__dirname, "../../..");
const usage = "Usage: npm run emulator -- [--port N] [--services FILE]\n";

/** A Node on PATH that is older than the package needs, but not too old for this test's own means. */
function findOldNode(): { readonly file: string; readonly version: string } | undefined {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const file = join(folder, "node");
    const version = spawnSync(file, ["--version"], { encoding: "utf8" }).stdout?.trim().slice(1) ?? "";
    if (/^2[01]\./.test(version)) {
      return { file, version };
    }
  }
  return undefined;
}

describe("npm run emulator", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function start(...args: string[]): ChildProcess & { stdout: object; stderr: object } {
    return spawn(process.execPath, ["--import", "tsx", command, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
  function file(name: string, content: string): string {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }

  it("prints its URL alone, serves a file's services with every digit, and ends with 0 when interrupted", async () => {
    const services = file("services.json", `[${sampleEndpointService}, {"id":"b","tags":[]}]`);
    const child = start("--port", "0", "--services", services);
    const errors = text(child.stderr as never);
    const [line] = await once(child.stdout as never, "data");
    assert.match(String(line), /^http:\/\/127\.0\.0\.1:\d+\n$/);
    const url = String(line).trim();
    const path =
      "/v1/6e9dfd51d1124e8d8498dce894923a0d/vpc-endpoint-services/4189d3c2-8882-4871-a3c2-d380272eed83";
    const answer = await fetch(`${url}${path}`, { headers: { "X-Auth-Token": "emulator-token" } });
    assert.match(await answer.text(), /^\{"id":"4189d3c2-[\s\S]*"marker_id":422321321312321321,[^\s]*\}$/);
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [0, null]);
    assert.equal(
      await errors,
      `export VPCEP_ENDPOINT=${url}\nexport HW_AUTH_URL=${url}\nexport HUAWEICLOUD_SDK_STS_ENDPOINT=${url}\n` +
        "export HW_REGION_NAME=eu-de\nexport HW_PROJECT_ID=6e9dfd51d1124e8d8498dce894923a0d\nexport HW_AUTH_TOKEN=emulator-token\n",
    );
  });

  it("serves a single service byte for byte and ends with 0 when terminated", async () => {
    const child = start("--services", file("service.json", sampleEndpointService));
    const [line] = await once(child.stdout as never, "data");
    const path =
      "/v1/6e9dfd51d1124e8d8498dce894923a0d/vpc-endpoint-services/4189d3c2-8882-4871-a3c2-d380272eed83";
    const answer = await fetch(`${String(line).trim()}${path}`, {
      headers: { "X-Auth-Token": "emulator-token" },
    });
    assert.equal(await answer.text(), sampleEndpointService);
    child.kill("SIGTERM");
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });

  it("refuses wrong arguments with one message, nothing on stdout and 2", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const bad = file("bad.json", "[{");
    const cases = [
      [["--port", "70000"], '--port must be a number from 0 to 65535, not "70000".'],
      [["--port", String(port)], `listen EADDRINUSE: address already in use 127.0.0.1:${port}`],
      [["--services", join(folder, "none")], `--services ${join(folder, "none")}: ENOENT`],
      [["--services", bad], `--services ${bad}: Expected property name`],
      [
        ["--services", file("idless.json", "[{}]")],
        'An endpoint service must be a JSON object with an "id".',
      ],
      [["--prot", "1"], "Unknown option '--prot'"],
    ] as const;
    await Promise.all(
      cases.map(async ([args, message]) => {
        const child = start(...args);
        const [output, errors, [code]] = await Promise.all([
          text(child.stdout as never),
          text(child.stderr as never),
          once(child, "exit"),
        ]);
        assert.ok(errors.startsWith(`The emulator cannot start. ${message}`), errors);
        assert.ok(errors.endsWith(`\n${usage}`), errors);
        assert.deepEqual([output, code], ["", 2]);
      }),
    );
    taken.close();
  });

  const oldNode = findOldNode();
  it(`says which Node it needs${oldNode ? "" : ", skipped: the machine has no older Node"}`, function () {
    if (!oldNode) {
      this.skip();
    }
    const message = `pulumi-vpcep needs Node 22.19 or newer, and this is ${oldNode.version}: put a newer \`node\` first on PATH [VPCEP_CONFIG]\n`;
    const { stdout, stderr, status } = spawnSync(oldNode.file, ["--import", "tsx", command], {
      encoding: "utf8",
    });
    assert.deepEqual({ stdout, stderr, status }, { stdout: "", stderr: message, status: 2 });
    const program = `require("pulumi-vpcep/testing")`;
    const required = spawnSync(
      oldNode.file,
      ["-e", `try { ${program} } catch (error) { console.log(error.stack) }`],
      {
        encoding: "utf8",
        cwd: root,
      },
    );
    assert.equal(required.stdout, message, required.stderr);
  });
});
