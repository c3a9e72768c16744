// Proves the doctor as people see it: which step fails in which set-up, what is told all the same, what to type next, and
// that no secret is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../sdk/testing";
import { findCli } from "../../engine/engines";
import { hasOpenssl, makeCertificates } from "../http/certificates";
import { type Ended, type RunOptions, runBuilt } from "./built";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const { key, projectId, token, user } = emulatorDefaults;
const nobody = "00000000-0000-0000-0000-000000000000";
const keys = { HW_ACCESS_KEY: key.accessKey, HW_SECRET_KEY: key.secretKey };
const cli = findCli();

interface Told {
  readonly ok: boolean;
  readonly failedStep: string | null;
  readonly code?: string;
  readonly message?: string;
  readonly next: readonly string[];
  readonly steps: readonly { readonly step: string; readonly state: string; readonly says: string | null }[];
  readonly settings: Readonly<
    Record<string, { readonly value: string | null; readonly origin: string | null }>
  >;
  readonly credentials: readonly { readonly who: string; readonly origin: string }[];
  readonly unreadStack: string | null;
}

describe("the doctor", () => {
  let emulator: Emulator;
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "doctor-"));
  });
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());
  after(() => rmSync(folder, { recursive: true }));

  const anonymous = (text: string) =>
    text
      .replaceAll(emulator.url, "URL")
      .replaceAll(new URL(emulator.url).host, "HOST")
      .replaceAll(/in \d+ ms/g, "in N ms")
      .replaceAll(/request id \w+/g, "request id R");

  async function doctor(
    environment: RunOptions["environment"] = {},
    args: readonly string[] = [],
    options: RunOptions = {},
  ): Promise<Ended> {
    const { HW_AUTH_TOKEN: _, ...place } = emulator.environment;
    const { code, stdout, stderr } = await runBuilt(["doctor", ...args], {
      cwd: folder,
      ...options,
      environment: { HOME: folder, USERPROFILE: folder, ...place, ...keys, ...environment },
    });
    return { code, stdout: anonymous(stdout), stderr: anonymous(stderr) };
  }

  async function told(
    environment?: RunOptions["environment"],
    args: readonly string[] = [],
    options?: RunOptions,
  ): Promise<Told> {
    const { stdout } = await doctor(environment, [...args, "--json"], options);
    return JSON.parse(stdout) as Told;
  }

  const marksOf = ({ steps }: Told) =>
    steps.map(({ state }) => (state === "ok" ? "+" : state === "failed" ? "x" : "-")).join("");

  it("goes through every step, and asks for a service that does not exist, which it does not name", async () => {
    const { code, stdout, stderr } = await doctor();
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(
      stdout,
      `✓ settings
    region            eu-de (HW_REGION_NAME)
    projectId         ${projectId} (HW_PROJECT_ID)
    endpoint          URL (VPCEP_ENDPOINT)
    authUrl           URL (HW_AUTH_URL)
    stsUrl            URL (HUAWEICLOUD_SDK_STS_ENDPOINT)
    metadataEndpoint  http://127.0.0.1:1 (VPCEP_METADATA_ENDPOINT)
✓ credential  a key pair (HW_ACCESS_KEY, HW_SECRET_KEY)
✓ project     ${projectId} (HW_PROJECT_ID)
✓ host        HOST answered in N ms; proxy: none
✓ permission  vpcep:endpointServices:get
- service     not asked for: pulumi-vpcep doctor ID tries one

All that was tried works.
`,
    );
    assert.equal(emulator.requests.length, 1);
  });

  it("asks for the service that is named, and finds the project by its name", async () => {
    const { code, stdout } = await doctor({ HW_PROJECT_ID: "" }, [id, "--region", "eu-de"]);
    assert.equal(code, 0);
    assert.match(stdout, /^ {4}region +eu-de \(--region\)\n {4}projectName +eu-de \(the region's own\)$/m);
    assert.match(stdout, new RegExp(`^✓ project     ${projectId}, found by the name eu-de$`, "m"));
    assert.match(stdout, new RegExp(`^✓ service     ${id} is available$`, "m"));
  });

  it("tells who asks in turn, and until when", async () => {
    const password = {
      HW_USER_NAME: user.userName,
      HW_USER_PASSWORD: user.password,
      HW_DOMAIN_NAME: user.domainName,
    };
    const { stdout } = await doctor({ ...password, HW_ACCESS_KEY: "", HW_SECRET_KEY: "" });
    assert.match(
      stdout,
      /^✓ credential {2}a password \(HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME\), until \d{4}-\d\d-\d\dT[\d:.]+Z$/m,
    );
    const role = {
      HW_ASSUME_ROLE_AGENCY_NAME: "reader",
      HW_ASSUME_ROLE_DOMAIN_NAME: "shared",
      HW_REGION_NAME: "",
    };
    const { credentials } = await told(role);
    assert.deepEqual(credentials, [
      { who: "a key pair", origin: "HW_ACCESS_KEY, HW_SECRET_KEY" },
      {
        who: 'the agency "reader" of the account "shared"',
        origin: "HW_ASSUME_ROLE_AGENCY_NAME, HW_ASSUME_ROLE_DOMAIN_NAME",
      },
    ]);
  });

  it("tells value and origin apart for scripts", async () => {
    const { ok, failedStep, next, steps, settings, credentials, ...others } = await told({}, [id]);
    assert.deepEqual([ok, failedStep, next, others], [true, null, [], { unreadStack: null }]);
    assert.deepEqual(
      steps.map(({ step, state }) => [step, state]),
      ["settings", "credential", "project", "host", "permission", "service"].map((step) => [step, "ok"]),
    );
    assert.deepEqual(settings["region"], { value: "eu-de", origin: "HW_REGION_NAME" });
    assert.deepEqual(settings["timeoutMs"], { value: "60000", origin: "default" });
    assert.deepEqual(settings["caFile"], { value: null, origin: null });
    assert.deepEqual(credentials, [{ who: "a key pair", origin: "HW_ACCESS_KEY, HW_SECRET_KEY" }]);
  });

  describe("says which step fails, and what to type next, with", () => {
    const elsewhere = { VPCEP_ENDPOINT: "", HW_AUTH_URL: "", HUAWEICLOUD_SDK_STS_ENDPOINT: "" };
    for (const [name, environment, marks, code, next] of [
      ["no region", { HW_REGION_NAME: "" }, "x-----", "VPCEP_CONFIG", "export HW_REGION_NAME=eu-de"],
      ["half a key", { HW_SECRET_KEY: "" }, "+x----", "VPCEP_CONFIG", "export HW_SECRET_KEY=..."],
      [
        "no region and half a key",
        { HW_REGION_NAME: "", HW_SECRET_KEY: "" },
        "xx----",
        "VPCEP_CONFIG",
        "export HW_REGION_NAME=eu-de",
      ],
      [
        "no credential",
        { HW_ACCESS_KEY: "", HW_SECRET_KEY: "" },
        "+x----",
        "VPCEP_CONFIG",
        "export HW_ACCESS_KEY=...|export HW_SECRET_KEY=...",
      ],
      [
        "a wrong key",
        { HW_SECRET_KEY: "wrong" },
        "+x-+--",
        "VPCEP_AUTH",
        "export HW_ACCESS_KEY=...|export HW_SECRET_KEY=...",
      ],
      [
        "a wrong key where the project is asked for",
        { HW_SECRET_KEY: "wrong", HW_PROJECT_ID: "" },
        "+x----",
        "VPCEP_AUTH",
        "export HW_ACCESS_KEY=...|export HW_SECRET_KEY=...",
      ],
      [
        "a wrong project",
        { HW_PROJECT_ID: "0123456789abcdef" },
        "++x+--",
        "VPCEP_FORBIDDEN",
        `export HW_PROJECT_ID=${projectId}`,
      ],
      [
        "the name of no project",
        { HW_PROJECT_ID: "", HW_PROJECT_NAME: "none" },
        "+-x---",
        "VPCEP_CONFIG",
        "export HW_PROJECT_ID=...",
      ],
      [
        "an IAM that is not there",
        { HW_AUTH_URL: "http://127.0.0.1:1", HW_PROJECT_ID: "" },
        "+-x---",
        "VPCEP_CONNECTION",
        "curl -v http://127.0.0.1:1/v3",
      ],
      [
        "a host that is not there",
        { VPCEP_ENDPOINT: "http://127.0.0.1:1" },
        "+--x--",
        "VPCEP_CONNECTION",
        "curl -v http://127.0.0.1:1/",
      ],
      [
        "a proxy that is not there",
        { ...elsewhere, HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "internal" },
        "+--x--",
        "VPCEP_CONNECTION",
        "NO_PROXY=vpcep.eu-de.otc.t-systems.com pulumi-vpcep doctor",
      ],
      ["a file of no authorities", { OS_CACERT: "/none" }, "+--x--", "VPCEP_CONFIG", "pulumi-vpcep doctor"],
      [
        "a proxy of another kind",
        { ...elsewhere, HTTPS_PROXY: "socks5://p" },
        "+--x--",
        "VPCEP_CONFIG",
        "pulumi-vpcep doctor",
      ],
      ["a setting that is refused", { OS_PASSCODE: "1" }, "x-----", "VPCEP_CONFIG", "pulumi-vpcep doctor"],
    ] as const) {
      it(name, async () => {
        const found = await told(environment);
        assert.deepEqual([marksOf(found), found.code, found.next.join("|")], [marks, code, next]);
        assert.equal(found.failedStep, found.steps.find(({ state }) => state === "failed")?.step);
        assert.ok(!JSON.stringify(found).includes(nobody));
      });
    }

    it("no permission", async () => {
      const body = { error_code: "APIGW.0302", error_msg: "The user is not authorized" };
      emulator.replyTo(nobody, { status: 403, headers: { "content-type": "application/json" }, body });
      const found = await told();
      assert.deepEqual([marksOf(found), found.code], ["++++x-", "VPCEP_FORBIDDEN"]);
      assert.deepEqual(found.next, ["pulumi-vpcep doctor"]);
      assert.match(found.message ?? "", /the permission vpcep:endpointServices:get/);
    });

    it("no such service", async () => {
      const { code, stdout } = await doctor({}, ["gone"]);
      assert.equal(code, 3);
      assert.match(
        stdout,
        /\n✗ service {5}gone\n\nservice failed: .* \[VPCEP_NOT_FOUND\]\n\nTo see .*, type:\n {2}pulumi-vpcep list\n$/,
      );
    });

    it(`an authority that nobody knows${hasOpenssl ? "" : ", skipped: no openssl"}`, async function () {
      if (!hasOpenssl) {
        this.skip();
      }
      makeCertificates(folder);
      const [serverKey, cert] = ["server.key", "server.pem"].map((file) => readFileSync(join(folder, file)));
      const server = createTlsServer({ key: serverKey, cert }, (_request, response) => response.end("{}"));
      try {
        const found = await told({ VPCEP_ENDPOINT: `https://127.0.0.1:${await listening(server)}` }, [id]);
        assert.deepEqual([marksOf(found), found.code], ["+--x--", "VPCEP_CONNECTION"]);
        assert.deepEqual(found.next, [`OS_CACERT=/path/to/authority.pem pulumi-vpcep doctor ${id}`]);
      } finally {
        server.close();
      }
    });

    it("a proxy in the way, which it names as this host is asked through it", async () => {
      const proxy = createServer().on("connect", (_request, socket) =>
        socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
      );
      try {
        const host = `127.0.0.1:${await listening(proxy)}`;
        const environment = {
          ...elsewhere,
          HTTPS_PROXY: `http://me:proxy-password@${host}`,
          NO_PROXY: "internal",
        };
        const { stdout } = await doctor(environment);
        assert.match(stdout, new RegExp(`^ {4}proxy +${host} \\(HTTPS_PROXY\\)$`, "m"));
        assert.match(
          stdout,
          new RegExp(`^✗ host .*; proxy: ${host} \\(HTTPS_PROXY\\), and no entry of NO_PROXY matches$`, "m"),
        );
        assert.doesNotMatch(stdout, /proxy-password/);
        // The emulator is on this machine, which is never asked through a proxy.
        const near = await told({ HTTPS_PROXY: `http://${host}` });
        assert.deepEqual([near.ok, near.settings["proxy"]], [true, { value: null, origin: null }]);
      } finally {
        proxy.close();
        proxy.closeAllConnections();
      }
    });

    it("a clock that is off", async () => {
      await emulator.close();
      emulator = await startEmulator({ now: () => Date.now() + 1_200_000 });
      const { stdout } = await doctor();
      assert.match(
        stdout,
        /^✓ host .*; this machine's clock is (1199|1200) s behind the cloud's: set it; proxy/m,
      );
    });
  });

  it("prints no secret of any kind, in whatever step it ends", async () => {
    const secrets = {
      HW_SECRET_KEY: key.secretKey,
      HW_SECURITY_TOKEN: "a-security-token",
      HW_AUTH_TOKEN: token,
      HW_USER_PASSWORD: user.password,
      HTTPS_PROXY: "http://user:proxy-password@127.0.0.1:1",
      VPCEP_ENDPOINT: "https://user:endpoint-password@example.com",
    };
    const parts = [...Object.values(secrets), "proxy-password", "endpoint-password", "wrong-token"];
    for (const environment of [
      secrets,
      { ...secrets, VPCEP_ENDPOINT: emulator.url },
      { ...secrets, VPCEP_ENDPOINT: emulator.url, HW_AUTH_TOKEN: "wrong-token" },
      { ...secrets, VPCEP_ENDPOINT: emulator.url, HW_AUTH_TOKEN: "" },
      { ...secrets, HW_REGION_NAME: key.secretKey },
    ]) {
      for (const args of [[], ["--json"]]) {
        const { stdout, stderr } = await doctor(environment, args);
        assert.deepEqual(
          parts.filter((part) => `${stdout}${stderr}`.includes(part)),
          [],
        );
      }
    }
  });

  it("fits a terminal, and prints nothing that it would obey", async () => {
    const environment = { OS_CACERT: "/x\u001b[31m\u202e\u009b", HW_PROJECT_ID: "\u001b]0;x\u0007" };
    const { stdout } = await doctor(environment, [], { columns: 40 });
    assert.doesNotMatch(stdout.replaceAll("\n", ""), /\p{C}/u);
    const wide = stdout.split("\n").filter((line) => line.length > 40 && !/^ {2}\S/.test(line));
    assert.deepEqual(wide, []);
  });

  describe("reads a stack", () => {
    let project: string;
    let bin: string;
    const config = (values: object) => JSON.stringify(values);

    beforeEach(() => {
      project = mkdtempSync(join(folder, "project-"));
      bin = join(project, "bin");
      mkdirSync(bin);
      writeFileSync(join(project, "Pulumi.yaml"), "name: orders\nruntime: nodejs\n");
      writeFileSync(join(project, "Pulumi.dev.yaml"), "config: {}\n");
    });

    /** A pulumi that writes its arguments, and answers. */
    function fakePulumi(stdout: string, stderr = "", code = 0): RunOptions["environment"] {
      writeFileSync(join(bin, "answer"), stdout);
      writeFileSync(join(bin, "errors"), stderr);
      const script = `#!/bin/sh\necho "$@" > "${bin}/arguments"\ncat "${bin}/answer"\ncat "${bin}/errors" >&2\nexit ${code}\n`;
      writeFileSync(join(bin, "pulumi"), script);
      chmodSync(join(bin, "pulumi"), 0o755);
      return { PATH: `${bin}${delimiter}${process.env["PATH"]}`, HW_REGION_NAME: "", ...withoutKeys };
    }

    const withoutKeys = { HW_ACCESS_KEY: "", HW_SECRET_KEY: "", HW_PROJECT_ID: "" };

    it("that is named, and shows nothing that it keeps secret", async () => {
      const environment = fakePulumi(
        config({
          "vpcep:region": { value: "eu-de", secret: false },
          "vpcep:authUrl": { value: emulator.url, secret: false },
          "vpcep:projectName": { value: "eu-de", secret: true },
          "huaweicloud:accessKey": { value: key.accessKey, secret: false },
          "huaweicloud:secretKey": { value: key.secretKey, secret: true },
          "orders:password": { value: "another-password", secret: true },
        }),
      );
      const { code, stdout } = await doctor(environment, ["--stack", "dev"], { cwd: project });
      assert.equal(code, 0, stdout);
      assert.match(stdout, /^✓ credential {2}a key pair \(huaweicloud:accessKey, huaweicloud:secretKey\)$/m);
      assert.match(stdout, /^ {4}projectName +\[secret\] \(vpcep:projectName\)$/m);
      assert.ok(
        ![key.secretKey, "another-password", "eu-de"].some((secret) => stdout.includes(secret)),
        stdout,
      );
      assert.equal(
        readFileSync(join(bin, "arguments"), "utf8"),
        "config --json --show-secrets --non-interactive --stack=dev\n",
      );
    });

    it("and says what to set there", async () => {
      const environment = fakePulumi(config({ "vpcep:accessKey": { value: "AK" } }));
      const found = await told(environment, ["--stack", "dev"], { cwd: project });
      assert.deepEqual(
        [marksOf(found), found.next],
        ["xx----", ["pulumi config set vpcep:region eu-de --stack dev"]],
      );
      const { next } = await told({ ...environment, HW_REGION_NAME: "eu-de" }, ["--stack", "dev"], {
        cwd: project,
      });
      assert.deepEqual(next, ["pulumi config set vpcep:secretKey ... --secret --stack dev"]);
    });

    for (const [name, stderr, message, next] of [
      [
        "is not there",
        "error: no stack named 'dev' found\n",
        "no stack named 'dev' found",
        "pulumi stack ls",
      ],
      [
        "has another passphrase",
        "warning: x\nerror: incorrect passphrase\n",
        "incorrect passphrase",
        "export PULUMI_CONFIG_PASSPHRASE=...",
      ],
      [
        "is behind a login",
        "error: PULUMI_ACCESS_TOKEN must be set for login\nmore\n",
        "PULUMI_ACCESS_TOKEN must be set for login",
        "pulumi login",
      ],
      ["fails without a word", "", /^`pulumi config --stack dev` has failed: /, "pulumi config --stack dev"],
    ] as const) {
      it(`and tells in one line that it ${name}`, async () => {
        const environment = fakePulumi('{"vpcep:token":{"value":"leaked"}}', stderr, 255);
        const found = await told({ ...environment, ...keys }, ["--stack", "dev"], { cwd: project });
        assert.deepEqual([marksOf(found), found.code, found.next], ["x-----", "VPCEP_CONFIG", [next]]);
        if (typeof message === "string") {
          assert.equal(found.message, `\`pulumi config --stack dev\` has failed: ${message} [VPCEP_CONFIG]`);
        } else {
          assert.match(found.message ?? "", message);
        }
        assert.equal(found.credentials[0]?.who, "a key pair");
        assert.ok(!JSON.stringify(found).includes("leaked"));
      });
    }

    it("and tells what it is answered, or that there is no pulumi", async () => {
      const odd = await told(fakePulumi("not JSON"), ["--stack", "dev"], { cwd: project });
      assert.match(odd.message ?? "", /^`pulumi config --stack dev` has not answered with JSON/);
      const missing = await told({ PATH: dirname(process.execPath) }, ["--stack", "a b"], { cwd: project });
      assert.match(missing.message ?? "", /^there is no pulumi on PATH/);
      assert.deepEqual(missing.settings["region"], { value: "eu-de", origin: "HW_REGION_NAME" });
    });

    it("that it knows of, when nothing is found without: that the option exists", async () => {
      const inside = join(project, "infra");
      mkdirSync(inside);
      const found = await told({ HW_REGION_NAME: "" }, [id], { cwd: inside });
      assert.deepEqual([found.unreadStack, found.next], ["dev", [`pulumi-vpcep doctor ${id} --stack dev`]]);
      const { stdout } = await doctor({}, [], { cwd: project });
      assert.match(
        stdout,
        /\n\nHere is a Pulumi project: with --stack dev, its configuration is used, too\.\n$/,
      );
      writeFileSync(join(project, "Pulumi.prod.yaml"), "config: {}\n");
      assert.equal((await told({}, [], { cwd: project })).unreadStack, "NAME");
    });

    it(`with the real pulumi${cli ? "" : ", skipped: no pulumi on PATH"}`, async function () {
      if (!cli) {
        this.skip();
      }
      const environment = {
        PULUMI_BACKEND_URL: `file://${project}`,
        PULUMI_CONFIG_PASSPHRASE: "x",
        HW_REGION_NAME: "",
        ...withoutKeys,
      };
      const pulumi = (...args: readonly string[]) =>
        execFileSync(cli, args, { cwd: project, env: { ...process.env, ...environment }, stdio: "ignore" });
      pulumi("stack", "init", "dev");
      pulumi("config", "set", "vpcep:region", "eu-de");
      pulumi("config", "set", "vpcep:accessKey", key.accessKey);
      pulumi("config", "set", "--secret", "vpcep:secretKey", key.secretKey);
      const found = await told(environment, ["--stack", "dev"], { cwd: project });
      assert.equal(found.ok, true, found.message);
      assert.deepEqual(found.settings["region"], { value: "eu-de", origin: "vpcep:region" });
      const other = await told(environment, ["--stack", "prod"], { cwd: project });
      assert.match(
        other.message ?? "",
        /^`pulumi config --stack prod` has failed: no stack named 'prod' found/,
      );
    });
  });
});

/** The port that a server listens at. */
async function listening(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return (server.address() as AddressInfo).port;
}
