// Proves the command as a user runs it: the built file in a process of its own, against the emulator.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { usage } from "../../../provider/command";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";

const root = join(__dirname, "..", "..", "..");
const main = join(root, "bin", "provider", "command", "main.js");
const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const firstLines = usage.split("\n\n")[0];
const { key, projectId, token, user } = emulatorDefaults;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("the command", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  function run(args: readonly string[], environment: Readonly<Record<string, string | undefined>> = {}) {
    const env = { ...process.env, ...emulator.environment, NO_COLOR: "1", ...environment };
    return new Promise<Ended>((resolve) => {
      const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
      const texts = { stdout: "", stderr: "" };
      for (const stream of ["stdout", "stderr"] as const) {
        child[stream].on("data", (data) => {
          texts[stream] += String(data)
            .replaceAll(emulator.url, "URL")
            .replaceAll(new URL(emulator.url).host, "HOST");
        });
      }
      child.on("close", (code) => resolve({ code, ...texts }));
    });
  }

  it("prints the record of a service", async () => {
    assert.deepEqual(await run(["get", id]), {
      code: 0,
      stdout: `serviceId        ${id}
serviceName      test123
status           available
vpcId            4189d3c2-8882-4871-a3c2-d380272eed80
ports            8080 -> 80/TCP
                 8081 -> 80/TCP
portId           4189d3c2-8882-4871-a3c2-d380272eed88
serverType       VM
serviceType      interface
approvalEnabled  false
projectId        ${projectId}
createdAt        2018-01-30T07:42:01.174Z
updatedAt        2018-01-30T07:42:01.174Z
markerId         422321321312321321
region           eu-de
`,
      stderr: "",
    });
  });

  it("prints one JSON object for a script, whatever the service is called", async () => {
    emulator.putService({ ...sample, description: `\u001b[31mred\u009b32m ${token}` });
    const { code, stdout } = await run(["get", id, "--json"]);
    assert.equal(code, 0);
    assert.equal(stdout.split("\n").length, 2);
    assert.ok(!["\u001b", "\u009b", token].some((text) => stdout.includes(text)), stdout);
    const { status, ports } = JSON.parse(stdout) as { status: string; ports: unknown };
    assert.deepEqual(
      { status, ports },
      {
        status: "available",
        ports: [
          { clientPort: 8080, serverPort: 80, protocol: "TCP" },
          { clientPort: 8081, serverPort: 80, protocol: "TCP" },
        ],
      },
    );
    assert.match((await run(["get", id])).stdout, /^description {6} \[31mred|^description {6}\[31mred/m);
  });

  it("waits, and says so where it does not mix with the record", async () => {
    const headers = { "content-type": "application/json" };
    emulator.replyTo(id, { status: 200, headers, body: { ...sample, status: "creating" } });
    const { code, stdout, stderr } = await run(["get", id, "--wait-for", "available", "--json"]);
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { status: string }).status, "available");
    assert.equal(
      stderr,
      `VPC endpoint service ${id} is creating; waiting for available, 0 s of at most 600 s so far\n`,
    );
  });

  it("says what cannot be read where it does not mix with the record", async () => {
    emulator.putService({ ...sample, created_at: 5 });
    const { code, stdout, stderr } = await run(["get", id, "--json"]);
    assert.equal(code, 0);
    const { createdAt, extra } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([createdAt, extra], [null, { created_at: 5 }]);
    assert.equal(
      stderr,
      "The API's field created_at (record endpointService) is a number that cannot be read: it counts as null, and extra has it as it was sent\n",
    );
  });

  it("ends a wait at its time", async () => {
    emulator.putService({ ...sample, status: "creating" });
    const { code, stderr } = await run(["get", id, "--wait-for", "available", "--wait-timeout", "1"]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /: the service is still creating after 1 s of waiting for available\. .* \[VPCEP_TIMEOUT\]\n$/,
    );
  });

  for (const [name, args, environment, code, message] of [
    [
      "a service that is not there",
      ["get", "gone"],
      {},
      3,
      /^Cannot read VPC endpoint service gone .* \[VPCEP_NOT_FOUND\]\n$/,
    ],
    ["a wrong credential", ["get", id], { HW_AUTH_TOKEN: "wrong" }, 1, /^Cannot read .* \[VPCEP_AUTH\]\n$/],
    ["a missing region", ["get", id], { HW_REGION_NAME: "" }, 1, /^No region: .* \[VPCEP_CONFIG\]\n$/],
    [
      "a region that the project is not of",
      ["get", id, "--region", "eu-nl"],
      {},
      1,
      /^The region is eu-nl \(--region\), but HW_PROJECT_ID names a project of eu-de .* \[VPCEP_CONFIG\]\n$/,
    ],
  ] as const) {
    it(`says in one line what is wrong with ${name}`, async () => {
      const ended = await run(args, environment);
      assert.deepEqual([ended.code, ended.stdout], [code, ""]);
      assert.match(ended.stderr, message);
    });
  }

  for (const [args, message] of [
    [[], "A command is missing"],
    [["frob"], "There is no command frob"],
    [["get"], "get needs the ID of an endpoint service"],
    [["get", "a", "b"], "One ID at a time, not also b"],
    [["get", "a", "--frob"], "Unknown option '--frob'"],
    [["get", "a", "--wait-for", "failed"], '--wait-for takes available, not "failed"'],
    [
      ["get", "a", "--wait-for", "available", "--wait-timeout", "1.5"],
      '--wait-timeout takes whole seconds up to 86400, not "1.5"',
    ],
    [
      ["get", "a", "--wait-for", "available", "--wait-timeout", "90000"],
      '--wait-timeout takes whole seconds up to 86400, not "90000"',
    ],
    [["get", "a", "--wait-timeout", "5"], "--wait-timeout needs --wait-for available"],
    [["doctor", "--wait-for", "available"], "doctor does not wait"],
    [["get", "a", "--region", ""], "--region is empty"],
    [["get", "describe"], 'ID must not be "describe": that is the path of another call of the API'],
    [["get", "a/b"], 'ID must be 1 to 64 letters, digits, hyphens or underscores, but is "a/b"'],
    [["get", "a", "--region"], "Option '--region <value>' argument missing"],
  ] as const) {
    it(`refuses ${JSON.stringify(args.join(" "))}`, async () => {
      assert.deepEqual(await run(args), { code: 2, stdout: "", stderr: `${message}\n${firstLines}\n` });
    });
  }

  const hasFull = existsSync("/dev/full");
  it(`does not call it a success when the output is lost${hasFull ? "" : ", skipped: no /dev/full"}`, function () {
    if (!hasFull) {
      this.skip();
    }
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [main, "--help"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    assert.equal(status, 1);
    assert.match(stderr, /^The output cannot be written: ENOSPC/);
  });

  it("prints its help and its version", async () => {
    const help = { code: 0, stdout: `${usage}\n`, stderr: "" };
    assert.deepEqual([await run(["--help"]), await run(["get", "-h"])], [help, help]);
    assert.ok(readFileSync(join(root, "README.md"), "utf8").includes(`\`\`\`text\n${usage}\n\`\`\``));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.equal((await run(["--version"])).stdout, `${version}\n`);
  });

  describe("doctor", () => {
    it("says what is used and why, and asks for a service that does not exist", async () => {
      const { code, stdout, stderr } = await run(["doctor"]);
      assert.deepEqual([code, stderr], [0, ""]);
      assert.equal(
        stdout.replace(/in \d+ ms/, "in N ms"),
        `region       eu-de (HW_REGION_NAME)
project      ${projectId} (HW_PROJECT_ID)
VPCEP        URL (VPCEP_ENDPOINT)
IAM          URL (HW_AUTH_URL)
credential   a token (HW_AUTH_TOKEN)
proxy        none
authorities  Node's own
limits       60 s for a lookup, 12 s for an attempt, 4 attempts

ok: VPCEP answered in N ms, project ${projectId}
`,
      );
      assert.equal(emulator.requests.length, 1);
    });

    it("explains what comes from elsewhere", async () => {
      const { stdout } = await run(["doctor", id, "--region", "eu-de", "--json"], {
        HW_PROJECT_ID: "",
        HW_AUTH_TOKEN: "",
        HW_ACCESS_KEY: key.accessKey,
        HW_SECRET_KEY: key.secretKey,
        HTTPS_PROXY: "http://user:proxy-password@proxy.example.com:8080",
        NO_PROXY: "internal",
      });
      const { ok, region, project, credential, proxy } = JSON.parse(stdout) as Record<string, unknown>;
      assert.deepEqual(
        { ok, region, project, credential, proxy },
        {
          ok: true,
          region: "eu-de (--region)",
          project: "the one named eu-de, found when it is needed (the region's own)",
          credential: "a key pair (HW_ACCESS_KEY, HW_SECRET_KEY)",
          proxy: "proxy.example.com:8080 (HTTPS_PROXY), but for internal",
        },
      );
    });

    it("prints JSON for what is wrong with a setting, too", async () => {
      const { code, stdout, stderr } = await run(["doctor", "--json"], { HW_REGION_NAME: "" });
      const { ok, verdict } = JSON.parse(stdout) as Record<string, unknown>;
      assert.deepEqual([code, ok, `${verdict}\n`], [1, false, stderr]);
    });

    it("knows the proxy that undici falls back to", async () => {
      const { stdout } = await run(["doctor"], { HTTP_PROXY: "http://127.0.0.1:1" });
      assert.match(stdout, /^proxy {8}127\.0\.0\.1:1 \(HTTP_PROXY\)$/m);
      assert.match(
        (await run(["doctor"], { HTTPS_PROXY: "proxy:3128" })).stdout,
        /^proxy {8}not an address/m,
      );
    });

    it("explains a failure, and a clock that is off", async () => {
      const forbidden = await run(["doctor", "gone"]);
      assert.equal(forbidden.code, 3);
      assert.match(
        forbidden.stdout,
        /\n\nfailed: Cannot read VPC endpoint service gone .* \[VPCEP_NOT_FOUND\]\n$/,
      );
      await emulator.close();
      emulator = await startEmulator({ now: () => Date.now() + 1_200_000 });
      const { stdout } = await run(["doctor"], {
        HW_AUTH_TOKEN: "",
        HW_ACCESS_KEY: key.accessKey,
        HW_SECRET_KEY: key.secretKey,
      });
      assert.match(stdout, /\nok: .*; this machine's clock is (1199|1200) s behind the cloud's: set it\n$/);
    });

    it("prints no secret of any kind, whether it succeeds or fails", async () => {
      const secrets = {
        HW_SECRET_KEY: key.secretKey,
        HW_SECURITY_TOKEN: "a-security-token",
        HW_AUTH_TOKEN: token,
        HW_USER_PASSWORD: user.password,
        HTTPS_PROXY: "http://user:proxy-password@127.0.0.1:1",
      };
      const choices = [
        secrets,
        { ...secrets, HW_AUTH_TOKEN: "wrong-token" },
        { ...secrets, HW_AUTH_TOKEN: "", HW_ACCESS_KEY: key.accessKey },
        {
          ...secrets,
          HW_AUTH_TOKEN: "",
          HW_SECRET_KEY: "",
          HW_SECURITY_TOKEN: "",
          HW_USER_NAME: user.userName,
          HW_DOMAIN_NAME: user.domainName,
        },
      ];
      for (const environment of choices) {
        const { stdout, stderr } = await run(["doctor"], environment);
        for (const secret of [...Object.values(secrets), "wrong-token", "proxy-password"]) {
          assert.ok(secret === "" || !`${stdout}${stderr}`.includes(secret), `${stdout}${stderr}`);
        }
      }
    });
  });
});
