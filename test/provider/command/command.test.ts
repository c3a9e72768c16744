// Proves the command as a user runs it: the built file in a process of its own, against the emulator.
import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { type Ended, main, type RunOptions, runBuilt } from "./built";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const { projectId, token, key } = emulatorDefaults;
const headers = { "content-type": "application/json" };

describe("the command", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  async function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const environment = { ...emulator.environment, ...options.environment };
    const { code, stdout, stderr } = await runBuilt(args, { ...options, environment });
    const known = (text: string) =>
      text.replaceAll(emulator.url, "URL").replaceAll(new URL(emulator.url).host, "HOST");
    return { code, stdout: known(stdout), stderr: known(stderr) };
  }

  async function jsonOf(args: readonly string[], options?: RunOptions): Promise<Record<string, unknown>> {
    const { stdout } = await run([...args, "--json"], options);
    assert.equal(stdout.split("\n").length, 2);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  const record = `serviceId        ${id}
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
`;

  it("prints the record of a service, by its id and by its name", async () => {
    const ended = { code: 0, stdout: record, stderr: "" };
    assert.deepEqual(await run(["get", id]), ended);
    assert.deepEqual(await run(["get", "--name", "test123"]), ended);
  });

  it("prints lists as tables, filtered by the API", async () => {
    for (const [args, lines] of [
      [
        ["list", "--status", "available", "--service-name", "test"],
        [
          "serviceId                             status     serviceName  serverType  ports                           vpcId                                 createdAt",
          `${id}  available  test123      VM          8080 -> 80/TCP, 8081 -> 80/TCP  4189d3c2-8882-4871-a3c2-d380272eed80  2018-01-30T07:42:01.174Z`,
        ],
      ],
      [
        ["connections", id],
        [
          "endpointId                            status    domainId                          markerId  createdAt             description",
          "b7a5d1f2-3c0e-4f59-8f0b-27f3c1d2a9e1  accepted  5fc973eea581490997e82ea11a1d0101  16777510  2018-01-30T07:42:01Z  -",
        ],
      ],
      [
        ["permissions", id],
        [
          "permission                                    permissionType  createdAt             permissionId                          description",
          "iam:domain::5fc973eea581490997e82ea11a1d0101  domainId        2018-01-30T07:43:44Z  f7b0f2c4-5b3e-4a8e-8d3f-0c8a6a1b2c3d  -",
        ],
      ],
      [
        ["endpoints"],
        [
          "endpointId                            status    serviceName  ip             vpcId                                 createdAt",
          "b7a5d1f2-3c0e-4f59-8f0b-27f3c1d2a9e1  accepted  test123      192.168.0.232  84758cf5-9c62-43ae-a778-3dbd8370c0a4  2018-01-30T07:42:01Z",
        ],
      ],
      [
        ["quotas", "--resource-type", "endpoint"],
        ["resourceType  used  quota", "endpoint      1     50"],
      ],
    ] as const) {
      assert.deepEqual(await run(args), { code: 0, stdout: `${lines.join("\n")}\n`, stderr: "" });
    }
    assert.equal(emulator.requests[0]?.query.includes("endpoint_service_name=test&status=available"), true);
  });

  it("says where nothing is found, and of a service that is not there that it is not", async () => {
    assert.deepEqual(await run(["list", "--status", "failed"]), {
      code: 0,
      stdout: "",
      stderr: "No services found in region eu-de\n",
    });
    assert.deepEqual((await jsonOf(["list", "--status", "failed"]))["services"], []);
    for (const args of [
      ["get", "gone"],
      ["get", "--name", "gone"],
      ["connections", "gone"],
    ]) {
      const { code, stderr } = await run(args);
      assert.equal(code, 3);
      assert.match(stderr, /^Cannot read .*\bgone\b.* \[VPCEP_NOT_FOUND\]\n$/);
    }
  });

  const hidden = "A secret that is used here stands in what was read: it is printed as [redacted]\n";

  it("takes a secret out of the texts of a record alone, and says so", async () => {
    const tags = [
      { key: "emulated", value: "a" },
      { key: "EMULATED", value: "b" },
      { key: "c", value: "emulated d" },
    ];
    emulator.replyTo(id, ...Array(10).fill({ status: 200, headers, body: { ...sample, tags } }));
    const whole = await jsonOf(["get", id]);
    assert.deepEqual(whole["tags"], { emulated: "a", EMULATED: "b", c: "emulated d" });
    for (const [secret, expected] of [
      ["available", { status: "[redacted]" }],
      ["AVAILABLE", { status: "[redacted]" }],
      ["test123", { serviceName: "[redacted]" }],
      ["emulated", { tags: { "[redacted]": "a", "[redacted]'": "b", c: "[redacted] d" } }],
      ["test", {}],
      ["8080", {}],
      ["serviceName", {}],
      ["clientPort", {}],
      ['":"available', {}],
    ] as const) {
      const { code, stdout, stderr } = await run(["get", id, "--json"], {
        environment: { HW_AUTH_TOKEN: secret },
      });
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(stdout), { ...whole, ...expected });
      assert.equal(stderr, Object.keys(expected).length > 0 ? hidden : "");
    }
  });

  it("prints one line of JSON with everything whole, and nothing that a terminal obeys", async () => {
    const long = `${"x".repeat(500)}${"😀".repeat(20_000)}x${"😀".repeat(20_000)}\u001b[31m\u009b32m\u202e\u2028\u{e0041}`;
    emulator.putService({ ...sample, description: `${long} ${token}`, tags: [{ key: "k", value: long }] });
    const { stdout, stderr } = await run(["get", id, "--json"]);
    assert.doesNotMatch(stdout.trimEnd(), /\p{C}|\u2028/u);
    assert.equal(stderr, hidden);
    const { ports, description, tags } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([description, tags], [`${long} [redacted]`, { k: long }]);
    assert.deepEqual(ports, [
      { clientPort: 8080, serverPort: 80, protocol: "TCP" },
      { clientPort: 8081, serverPort: 80, protocol: "TCP" },
    ]);
    const list = await jsonOf(["list"]);
    assert.deepEqual(Object.keys(list), ["services", "totalCount", "region", "projectId"]);
  });

  it("cuts nothing of a record for people, whatever is in it, and prints nothing that a terminal obeys", async () => {
    const extra = { deep: [{ "a\u001b": "\u001b]0;title\u0007" }, { b: null }], list: [1, "two"], empty: {} };
    const error = [{ error_code: "EndPoint.9", error_message: `no\u009b quota ${token}` }];
    emulator.putService({ ...sample, status: "failed", error, description: "d".repeat(400), added: extra });
    const { stdout, stderr, code } = await run(["get", id]);
    assert.deepEqual([code, stderr], [0, hidden]);
    assert.doesNotMatch(stdout.replaceAll("\n", ""), /\p{C}/u);
    for (const line of [
      `description            ${"d".repeat(400)}`,
      "error                  EndPoint.9: no  quota [redacted]",
      "extra.added.deep[0].a  ]0;title",
      "extra.added.list       1",
      "                       two",
    ]) {
      assert.ok(stdout.split("\n").includes(line), stdout);
    }
  });

  it("answers a failure as JSON, with its code", async () => {
    for (const [args, code, environment] of [
      [["get", "gone"], "VPCEP_NOT_FOUND", {}],
      [["list"], "VPCEP_AUTH", { HW_AUTH_TOKEN: "wrong" }],
      [["quotas"], "VPCEP_CONFIG", { HW_REGION_NAME: "" }],
      [["get"], "VPCEP_USAGE", {}],
      [["frob"], "VPCEP_USAGE", {}],
    ] as const) {
      const ended = await run([...args, "--json"], { environment });
      const { message, ...failure } = JSON.parse(ended.stdout) as Record<string, unknown>;
      assert.deepEqual(
        [Object.keys(failure), failure["code"]],
        [["code", "status", "errorCode", "requestId"], code],
      );
      assert.equal(ended.stderr.split("\n")[0], message);
    }
    assert.match(
      (await run(["get", "gone"])).stderr,
      / is not visible here\. If that is a name, type: pulumi-vpcep get --name NAME \[VPCEP_NOT_FOUND\]\n$/,
    );
    assert.doesNotMatch((await run(["get", "--name", "gone"])).stderr, /If that is/);
    const { status, errorCode, requestId } = await jsonOf(["get", "gone"]);
    assert.deepEqual([status, errorCode, typeof requestId], [404, "EndPoint.0005", "string"]);
  });

  it("says what has failed beside the doctor's page, where that is not on a terminal", async () => {
    for (const columns of [undefined, 200]) {
      const options = { environment: { HW_REGION_NAME: "" }, ...(columns === undefined ? {} : { columns }) };
      const { code, stdout, stderr } = await run(["doctor"], options);
      const [, message = "none"] = /^settings failed: (.*)$/m.exec(stdout) ?? [];
      assert.equal(code, 1);
      assert.equal(stderr, columns === undefined ? `${message}\n` : "");
    }
  });

  it("says in one line what is wrong with a setting, and beats settings with its options", async () => {
    const { code, stdout, stderr } = await run(["get", id, "--region", "eu-nl"]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(
      stderr,
      /^The region is eu-nl \(--region\), but HW_PROJECT_ID names a project of eu-de .* \[VPCEP_CONFIG\]\n$/,
    );
    for (const [environment, message] of [
      [
        { HW_PROJECT_ID: "", HW_PROJECT_NAME: "q" },
        /\. Set --project-id or HW_PROJECT_ID, or the project's name as HW_PROJECT_NAME \[VPCEP_CONFIG\]\n$/,
      ],
      [
        { HW_PROJECT_ID: "", HW_AUTH_URL: "http://127.0.0.1:1" },
        /\. Check the region, the address of IAM \(HW_AUTH_URL\) and the proxy settings, /,
      ],
      [
        { HW_INSECURE: "1" },
        /Unset it, and name your own certificate authorities with OS_CACERT \[VPCEP_CONFIG\]\n$/,
      ],
    ] as const) {
      assert.match((await run(["get", id], { environment })).stderr, message);
    }
    const missing = await run(["quotas"], { environment: { HW_REGION_NAME: "" } });
    assert.match(
      missing.stderr,
      /^No region: pass --region, or set HW_REGION_NAME in the environment \[VPCEP_CONFIG\]\n$/,
    );
    const environment = { HW_REGION_NAME: "eu-nl", HW_PROJECT_ID: "other" };
    assert.equal(
      (await run(["get", id, "--region=eu-de", `--project-id=${projectId}`], { environment })).code,
      0,
    );
  });

  it("asks as a profile, and as a named account", async () => {
    const home = mkdtempSync(join(tmpdir(), "home-"));
    try {
      mkdirSync(join(home, ".hcloud"));
      const profile = {
        mode: "AKSK",
        accessKeyId: key.accessKey,
        secretAccessKey: key.secretKey,
        region: "eu-de",
        projectId: emulatorDefaults.projectId,
      };
      const profiles = [
        { ...profile, name: "default", secretAccessKey: "wrong" },
        { ...profile, name: "own" },
      ];
      writeFileSync(join(home, ".hcloud", "config.json"), JSON.stringify({ current: "default", profiles }));
      const environment = {
        HOME: home,
        USERPROFILE: home,
        HW_AUTH_TOKEN: "",
        HW_PROJECT_ID: "",
        HW_REGION_NAME: "",
      };
      assert.equal((await run(["get", id, "--profile", "own"], { environment })).stdout, record);
      assert.equal((await run(["get", id], { environment })).code, 1);
      const { stderr } = await run(["get", id, "--account", "nobody"], { environment });
      assert.equal(
        stderr,
        'There is no account "nobody"; known are "default", "own". Set it as a profile of that name [VPCEP_CONFIG]\n',
      );
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it("waits, and says how it goes on a terminal alone", async () => {
    const creating = { status: 200, headers, body: { ...sample, status: "creating" } };
    emulator.replyTo(id, creating);
    assert.deepEqual(await run(["wait", id]), { code: 0, stdout: record, stderr: "" });
    emulator.replyTo(id, creating);
    const { code, stdout, stderr } = await run(["wait", id], { columns: 80 });
    assert.deepEqual([code, stdout], [0, record]);
    assert.match(
      stderr,
      /^VPC endpoint service \S+ is creating; waiting\nfor available, 0 s of at most 600 s so far\n(\rWaiting for VPC endpoint service \S+ … \d+ s *)+\r +\r$/,
    );
  });

  it("ends a wait at its time, and names its own option", async () => {
    emulator.putService({ ...sample, status: "creating" });
    const { code, stderr } = await run(["wait", id, "--timeout", "1"]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /: the service is still creating after 1 s of waiting for available\. Raise --timeout, .* \[VPCEP_TIMEOUT\]\n$/,
    );
  });

  it("says what cannot be read where it does not mix with the record", async () => {
    emulator.putService({ ...sample, created_at: 5 });
    const { code, stdout, stderr } = await run(["get", id, "--json"]);
    const { createdAt, extra } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([code, createdAt, extra], [0, null, { created_at: 5 }]);
    assert.equal(
      stderr,
      "The API's field created_at (record endpointService) is a number that cannot be read: it counts as null, and extra has it as it was sent\n",
    );
  });

  it("fits a terminal, and names the columns that have no room", async () => {
    emulator.putService({ ...sample, id: "wide", service_name: "注文サービス".repeat(20), status: "failed" });
    const { stdout, stderr } = await run(["list", "--sort-direction", "asc"], { columns: 70 });
    assert.deepEqual(stdout.split("\n"), [
      "serviceId                             status     serviceName",
      `${id}  available  test123`,
      "wide                                  failed     注文サービス注文サー…",
      "",
    ]);
    assert.equal(stderr, "No room for serverType, ports, vpcId, createdAt: --json has everything\n");
    const narrow = await run(["list", "--service-id", id], { columns: 20 });
    assert.match(
      narrow.stdout,
      /^serviceId\n {2}4189d3c2-8882-4871-a3c2-d380272eed83\nstatus\n {2}available\n/,
    );
  });

  it("colours a terminal, and nothing else", async () => {
    const environment = {
      NO_COLOR: undefined,
      FORCE_COLOR: undefined,
      TERM: "xterm-256color",
      CI: undefined,
    };
    assert.ok((await run(["get", id], { columns: 80, environment })).stdout.includes("\u001b[32mavailable"));
    for (const options of [
      { environment },
      { environment: { ...environment, NO_COLOR: "1", FORCE_COLOR: "1" } },
      { environment: { ...environment, NO_COLOR: "1" }, columns: 80 },
    ]) {
      const { stdout, stderr } = await run(["get", id], options);
      assert.deepEqual([stdout.includes("\u001b"), stderr], [false, ""]);
    }
    const forced = await run(["get", id], { environment: { ...environment, FORCE_COLOR: "1" } });
    assert.ok(forced.stdout.includes("\u001b[32mavailable"));
  });

  describe("that answers without a client", () => {
    it("prints its version and its help", async () => {
      const { version } = JSON.parse(
        readFileSync(join(__dirname, "..", "..", "..", "package.json"), "utf8"),
      ) as { version: string };
      assert.equal((await run(["--version"])).stdout, `${version}\n`);
      assert.deepEqual(await jsonOf(["--version"]), { version });
      assert.match(String((await jsonOf(["help", "list"]))["help"]), /^Usage: pulumi-vpcep list/);
      const { stdout } = await run(["help", "get"], { columns: 40 });
      assert.match(stdout, /^Usage: pulumi-vpcep get ID \[options\]\n/);
      assert.equal((await run(["get", "-h"], { columns: 40 })).stdout, stdout);
    });

    it("says how a command is written", async () => {
      assert.deepEqual(await run(["get", "a", "b"]), {
        code: 2,
        stdout: "",
        stderr: `get takes one ID, not also "b"
Usage: pulumi-vpcep get ID [options]
       pulumi-vpcep get --name NAME [options]
Try: pulumi-vpcep help get
`,
      });
    });

    it("loads nothing but itself for that", () => {
      for (const line of [
        ["--version"],
        ["help"],
        ["list", "--help"],
        ["frob"],
        ["get", "--region=x", "--json"],
      ]) {
        const { stderr } = spawnSync(
          process.execPath,
          [
            "-e",
            `process.argv.splice(1, 0, "main"); process.on("exit", () => console.error(Object.keys(require.cache).join("\\n"))); require(${JSON.stringify(main)})`,
            "--",
            ...line,
          ],
          { encoding: "utf8" },
        );
        const loaded = stderr.split("\n").filter((text) => text.startsWith("/") && text.endsWith("js"));
        assert.deepEqual(loaded, [main]);
      }
    });
  });

  describe("that is cut short", () => {
    let silent: Server;
    let environment: Record<string, string>;

    beforeEach(async () => {
      silent = createServer(() => {});
      await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
      environment = { VPCEP_ENDPOINT: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` };
    });
    afterEach(() => {
      silent.close();
      silent.closeAllConnections();
    });

    it("says after a second what takes so long, and ends with 130 when it is interrupted", async () => {
      for (const [args, what] of [
        [["get", id], "Reading VPC endpoint service \\S+"],
        [["doctor"], "Trying the settings"],
      ] as const) {
        const { code, stderr } = await run(args, {
          environment,
          columns: 80,
          onOutput: (text, kill) => text.includes(" 1 s") && kill("SIGINT"),
        });
        assert.equal(code, 130);
        const line = "Interrupted by SIGINT \\[VPCEP_INTERRUPTED\\]";
        assert.match(stderr, new RegExp(`^(\\r${what} … \\d+ s)+\\r +\\r${line}\\n$`));
      }
    });

    it("answers a signal in one line, and as JSON where that is asked for", async () => {
      const lines = [["get", id], ["wait", id], ["list"], ["doctor"]];
      for (const [signal, code, all] of [
        ["SIGINT", 130, lines],
        ["SIGTERM", 143, lines.slice(0, 1)],
      ] as const) {
        const message = `Interrupted by ${signal} [VPCEP_INTERRUPTED]`;
        const failure = {
          code: "VPCEP_INTERRUPTED",
          message,
          status: null,
          errorCode: null,
          requestId: null,
        };
        for (const line of all) {
          const interrupt = { signal, at: once(silent, "request") };
          assert.deepEqual(await run([...line, "--json"], { environment, interrupt }), {
            code,
            stdout: `${JSON.stringify(failure)}\n`,
            stderr: `${message}\n`,
          });
        }
        const interrupt = { signal, at: once(silent, "request") };
        const ended = { code, stdout: "", stderr: `${message}\n` };
        assert.deepEqual(await run(["get", id], { environment, interrupt }), ended);
      }
    });

    it("lets a line of JSON be whole that is being written, and a page end where it is", async () => {
      emulator.putService({ ...sample, description: "👨‍👩‍👧".repeat(40_000) });
      const start = (...args: string[]) => {
        const preload = ["--require", join(__dirname, "terminal.cjs")];
        const child = spawn(process.execPath, [...(args.length > 2 ? [] : preload), main, ...args], {
          env: { ...process.env, ...emulator.environment, TERMINAL_COLUMNS: "80", NO_COLOR: "1" },
          stdio: ["ignore", "pipe", "ignore"],
        });
        let text = "";
        child.stdout.setEncoding("utf8").once("readable", () => {
          child.kill("SIGINT");
          child.stdout.on("data", (data: string) => {
            text += data;
          });
        });
        return once(child, "close").then(([code]) => [code, text] as const);
      };
      const [json, page] = await Promise.all([start("get", id, "--json"), start("get", id)]);
      assert.equal(json[0], 130);
      assert.equal((JSON.parse(json[1]) as { description: string }).description.length, 320_000);
      assert.equal(page[0], 130);
      assert.match(page[1], /^serviceId +\S+\n/);
      assert.doesNotMatch(page[1], /\nregion/);
    });

    it("is bounded by its option", async () => {
      const lines = [["quotas"], ["wait", id]];
      const all = await Promise.all(lines.map((line) => run([...line, "--timeout", "1"], { environment })));
      for (const { code, stdout, stderr } of all) {
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(stderr, /^Cannot read .* gave no whole answer within 1 s, .* \[VPCEP_TIMEOUT\]\n$/);
      }
    });

    it("ends with its own code, whoever reads it no longer, and where what it says cannot be written", async function () {
      if (!existsSync("/dev/full")) {
        this.skip();
      }
      emulator.putService({ ...sample, created_at: 5 });
      const lost = "The output cannot be written: ENOSPC: no space left on device, write [VPCEP_OUTPUT]\n";
      const gone = /^Cannot read .* \[VPCEP_NOT_FOUND\]\n$/;
      for (const [line, codes, stdout, stderr] of [
        ["help | head -1", "0 0", "Usage: pulumi-vpcep COMMAND [options]\n", ""],
        ["help | true", "0 0", "", ""],
        ["frob --json 2>/dev/null | true", "2 0", "", ""],
        ["get gone --json 2>/dev/null | true", "3 0", "", ""],
        ["get gone | true", "3 0", "", gone],
        [`get ${id} --json 2>/dev/full`, "0", /^\{"serviceId":.*"extra":\{"created_at":5\}.*\}\n$/, ""],
        ["get gone 2>/dev/full", "3", "", ""],
        ["get gone 2>&-", "3", "", ""],
        ["frob 2>/dev/full", "2", "", ""],
        ["--help >/dev/full", "1", "", lost],
        [`get ${id} >/dev/full 2>&1`, "1", "", ""],
        ["get gone --json >/dev/full 2>/dev/null", "3", "", ""],
      ] as const) {
        const script = `"$0" "$1" ${line}; echo "\${PIPESTATUS[*]}"`;
        const env = { ...process.env, ...emulator.environment };
        const ended = await new Promise<readonly [string, string]>((resolve) => {
          execFile("bash", ["-c", script, process.execPath, main], { env }, (_, out, err) =>
            resolve([out, err]),
          );
        });
        const [, output = "", found] = /^(.*?)([\d ]+)\n$/s.exec(ended[0]) ?? [];
        assert.equal(found, codes, line);
        for (const [text, expected] of [
          [output, stdout],
          [ended[1], stderr],
        ] as const) {
          typeof expected === "string"
            ? assert.equal(text, expected, line)
            : assert.match(text, expected, line);
        }
      }
    });
  });
});
