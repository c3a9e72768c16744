// Proves that odd but legal input never ends in a raw error of the language or the machine: whatever comes in at a public
// entry, every failure is a VpcepError, and whatever can be taken is taken.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { createVpcepClient, read, type VpcepClient, VpcepError } from "../../provider/index";
import { lookups } from "../../provider/lookups";
import { homeFolder } from "../../provider/settings/files";
import { settingsTable } from "../../provider/settings/table";
import {
  type Emulator,
  emulatorDefaults,
  type Reply,
  sampleEndpointService,
  startEmulator,
} from "../../sdk/testing/index";
import { clientOf, stackConfig, type Values } from "./credentials/clients";
import { errorOf, projectId, region, serviceId, settingsFor } from "./lookups";

const odd: readonly unknown[] = [
  null,
  undefined,
  0,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1n,
  true,
  Symbol("s"),
  () => {},
  {},
  [],
  [null],
  // biome-ignore lint/suspicious/noSparseArray: that is the case.
  [,],
  new String("a"),
  Object.create(null),
  { toString: 1, valueOf: 1 },
  { toJSON: () => 1n },
  JSON.parse('{"__proto__":1}'),
  "",
  " ",
  "\0",
  "\ud800",
  "a\udc00b",
  "😀",
  "\r\nx: y",
  "\u001b[31m",
  "__proto__",
  "constructor",
  "toString",
  "..",
  "~",
  "~/",
  "/",
  "a".repeat(2_000),
  "http://[",
  "https://a:99999",
  "https://\ud800",
];

/** What came of something: a value, or a VpcepError in one line; nothing else will do. */
async function outcomeOf(what: string, work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    assert.ok(error instanceof VpcepError, `${what}: ${(error as Error)?.stack}`);
    assert.doesNotMatch(error.message, /[\p{C}\p{Zl}\p{Zp}]/u, what);
    return error;
  }
}

const named = (value: unknown) => (typeof value === "object" ? "an object" : String(value).slice(0, 40));

describe("odd input", () => {
  let emulator: Emulator;
  let client: VpcepClient;
  let home: string;
  const place = (): Values => ({
    HW_REGION_NAME: region,
    HW_PROJECT_ID: projectId,
    VPCEP_ENDPOINT: emulator.url,
    HW_AUTH_URL: emulator.url,
    VPCEP_METADATA_ENDPOINT: emulator.url,
  });

  before(async () => {
    emulator = await startEmulator();
    client = createVpcepClient(settingsFor(emulator));
    home = mkdtempSync(join(tmpdir(), "odd-"));
  });
  beforeEach(() => emulator.reset());
  after(async () => {
    await client.close();
    await emulator.close();
    rmSync(home, { recursive: true });
  });

  describe("to createVpcepClient", () => {
    it("as all settings", async () => {
      for (const value of odd) {
        const outcome = await outcomeOf(named(value), () => createVpcepClient(value as object));
        if (!(outcome instanceof VpcepError)) {
          await (outcome as VpcepClient).close();
        }
      }
      const error = await errorOf(() => createVpcepClient("eu-de" as never));
      assert.equal(error.message, 'The settings must be an object, but are "eu-de" [VPCEP_CONFIG]');
    });

    for (const key of Object.keys(settingsTable)) {
      it(`as ${key}`, async () => {
        for (const value of odd) {
          const settings = {
            ...settingsFor(emulator),
            authUrl: emulator.url,
            timeoutMs: 5_000,
            [key]: value,
          };
          await outcomeOf(`${key}: ${named(value)}`, async () => {
            const odd = createVpcepClient(settings);
            // No other host than the emulator is asked.
            const look = async () => key === "endpoint" || odd.getEndpointService({ id: serviceId });
            await look().finally(() => odd.close());
          });
        }
      });
    }

    it("says which setting is neither a text nor a number", async () => {
      const error = await errorOf(() => createVpcepClient({ region: {} as string }));
      assert.equal(error.message, "region must be a string or a number, but is an object [VPCEP_CONFIG]");
    });

    it("as the name of a project, of which IAM is asked", async () => {
      const error = await errorOf(() =>
        createVpcepClient({ ...settingsFor(emulator), projectId: undefined, projectName: "eu-de\ud800" }),
      );
      assert.equal(
        error.message,
        'projectName must be 1 to 1000 printable characters, but is "eu-de\\ud800" (from projectName) [VPCEP_CONFIG]',
      );
    });
  });

  describe("to a lookup", () => {
    it("as its whole request", async () => {
      for (const value of odd) {
        assert.ok(
          (await outcomeOf(named(value), () => client.getEndpointService(value as never))) instanceof
            VpcepError,
        );
      }
      assert.equal(emulator.requests.length, 0);
    });

    it("as its name", async () => {
      for (const value of odd) {
        const error = await errorOf(client.lookUp(value as "endpoint", { id: "a" }));
        assert.match(error.message, /^There is no lookup /);
      }
    });

    it("as its options", async () => {
      for (const value of odd) {
        await outcomeOf(named(value), () => client.lookUp("versions", {}, value as object));
        await outcomeOf(named(value), () => client.lookUp("versions", {}, { signal: value as AbortSignal }));
      }
    });

    for (const { name, arguments: known } of Object.values(lookups)) {
      it(`of ${name}, as its arguments and as each of them`, async () => {
        const required = Object.fromEntries(
          Object.entries(known)
            .filter(([, argument]) => "required" in argument)
            .map(([key]) => [key, serviceId]),
        );
        const look = (args: unknown) => client.lookUp(name, args as never);
        for (const value of odd) {
          await outcomeOf(named(value), () => look(value));
          for (const key of Object.keys(known)) {
            await outcomeOf(`${key}: ${named(value)}`, () => look({ ...required, [key]: value }));
            await outcomeOf(`${key}: [${named(value)}]`, () => look({ ...required, [key]: [value] }));
          }
        }
      });
    }

    it("as an argument that every object has", async () => {
      for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
        const args = JSON.parse(`{"id":"a","${name}":1}`);
        const error = await errorOf(client.lookUp("endpoint", args));
        assert.equal(
          error.message,
          `Cannot read VPC endpoint: ${name} is no argument of getEndpoint [VPCEP_CONFIG]`,
        );
      }
    });

    it("as parts of what is expected, or of a filter", async () => {
      for (const value of odd) {
        for (const key of ["status", "vpcId", "serverType", "ports", "other"]) {
          const expect = { [key]: value } as object;
          await outcomeOf(`${key}: ${named(value)}`, () =>
            client.lookUp("endpointService", { id: serviceId, expect }),
          );
        }
        for (const tag of [
          { key: value, values: ["a"] },
          { key: "a", values: value },
          { key: "a", values: [value] },
          { key: "a", values: [], more: value },
        ]) {
          await outcomeOf(named(value), () =>
            client.lookUp("endpointServicesByTags", { tags: [tag as never] }),
          );
        }
      }
    });

    it("as anything at all", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...Object.values(lookups)),
          fc.object({ withBigInt: true }),
          fc.anything(),
          async ({ name, arguments: known }, args, value) => {
            const [key = ""] = Object.keys(known);
            await outcomeOf(name, () => client.lookUp(name, { ...args, [key]: value } as never));
          },
        ),
        { numRuns: 200 },
      );
    });
  });

  describe("from an engine", () => {
    it("as id, as properties and as the configuration", async () => {
      const config = stackConfig({
        "vpcep:token": emulatorDefaults.token,
        "vpcep:region": region,
        "vpcep:projectId": projectId,
        "vpcep:endpoint": emulator.url,
        "vpcep:authUrl": emulator.url,
      });
      for (const value of odd) {
        const what = named(value);
        await outcomeOf(what, () => read(value as string, { lookup: "endpoint", region: "eu-de" }, config));
        await outcomeOf(what, () => read("a", { lookup: value }, config));
        await outcomeOf(what, () => read("a", { region: value }, config));
        await outcomeOf(what, () => read("a", { projectId: value, extra: {} }, config));
      }
    });
  });

  describe("from a profile file", () => {
    const load = async (text: string | Uint8Array, environment: Values = {}) => {
      const path = join(home, "profile");
      writeFileSync(path, text);
      return outcomeOf(JSON.stringify(String(text)), async () => {
        const own = clientOf({}, { ...place(), HW_SHARED_CONFIG_FILE: path, ...environment }, home);
        await own.getEndpointService({ id: serviceId }).finally(() => own.close());
        return emulator.requests.at(-1)?.headers.authorization?.split(/[=,]/)[1];
      });
    };
    const { accessKey, secretKey } = emulatorDefaults.key;
    const kooCli = JSON.stringify({
      current: "default",
      profiles: [
        null,
        5,
        { name: 5 },
        { name: "default", accessKeyId: accessKey, secretAccessKey: secretKey },
      ],
    });
    const ini = `; one\n[basic]\nak = ${accessKey}\nsk=${secretKey}\n`;

    for (const [what, text] of [
      ["of KooCLI", kooCli],
      ["of KooCLI with a mark of its coding", `\ufeff${kooCli}`],
      [
        "of KooCLI with line ends of Windows",
        JSON.stringify(JSON.parse(kooCli), null, 2).replaceAll("\n", "\r\n"),
      ],
      ["of the SDK", ini],
      ["of the SDK with a mark of its coding", `\ufeff${ini.slice(6)}`],
      ["of the SDK with line ends of Windows", ini.replaceAll("\n", "\r\n")],
      [
        "of the SDK with keys that every object has",
        `[__proto__]\nak=x\n${ini}__proto__ = 1\nconstructor = 2\n`,
      ],
    ] as const) {
      it(`${what} is taken`, async () => assert.equal(await load(text), accessKey));
    }

    it("that is anything else is refused", async () => {
      for (const value of [...odd, "5"]) {
        const json =
          JSON.stringify(
            value === undefined || typeof value === "bigint"
              ? null
              : typeof value === "object" && value !== null && "toJSON" in value
                ? {}
                : value,
          ) ?? "null";
        for (const text of [
          json,
          `{"profiles":${json}}`,
          `{"current":${json}}`,
          `{"current":${json},"profiles":[{"name":${json}}]}`,
          `{"profiles":[${json},{"name":${json},"accessKeyId":${json}}]}`,
          `{"profiles":[{"name":"default","mode":"SSO","ssoAuth":${json},"accessKeyId":"a","secretAccessKey":${json}}]}`,
          `{"profiles":[{"name":"default","mode":"SSO","ssoAuth":{"stsToken":${json}}}]}`,
          `[basic]\nak=${String(named(value))}`,
          `[${named(value)}`,
          `${named(value)}=`,
          "=\n",
        ]) {
          await load(text);
        }
      }
      const names = await load(
        '{"current":{"toString":1},"profiles":[{"name":5},{"name":{"toString":1}},{"name":"a"}]}',
      );
      assert.match((names as VpcepError).message, /has no profile "default"; it has a \[VPCEP_CONFIG\]$/);
      await load(Buffer.from(`\ufeff${kooCli}`, "utf16le"));
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(fc.json(), fc.string({ unit: "binary" }), fc.uint8Array()),
          async (text) => {
            await load(text);
          },
        ),
        { numRuns: 100 },
      );
    });

    it("in time, however long its lines are", async () => {
      const start = performance.now();
      for (const text of [" ".repeat(500_000), "[ ", "=", "a "]) {
        await load(`[basic]\na${text.repeat(500_000 / text.length)}b`);
      }
      assert.ok(performance.now() - start < 3_000);
    });

    it("whose path is odd", async () => {
      const folder = join(home, "folder");
      mkdirSync(folder, { recursive: true });
      for (const [path, code] of [
        [folder, "EISDIR"],
        ["a\0b", "ERR_INVALID_ARG_VALUE"],
        ["~", "EISDIR"],
        ["~/nothing", "ENOENT"],
        ["~nobody/x", "ENOENT"],
        ["\ud800", "ENOENT"],
        ["a".repeat(5_000), "ENAMETOOLONG"],
      ] as const) {
        const error = (await load("", { HW_SHARED_CONFIG_FILE: path })) as VpcepError;
        assert.ok(
          error.message.endsWith(`(HW_SHARED_CONFIG_FILE) cannot be read (${code}) [VPCEP_CONFIG]`),
          error.message,
        );
      }
    });

    it("in the home folder, by the sign for it", async () => {
      assert.equal(await load(kooCli, { HW_SHARED_CONFIG_FILE: "~/profile" }), accessKey);
    });

    it("in a home folder that is a file, or is not there", async () => {
      for (const nowhere of ["profile", "nothing"]) {
        const own = clientOf({}, place(), join(home, nowhere));
        assert.equal((await own.getEndpointService({ id: serviceId })).serviceId, serviceId);
        await own.close();
      }
    });
  });

  describe("of a home folder that cannot be told", () => {
    // A user without a name, as many containers have; `HOME` alone would be believed.
    const script = `
      require("node:os").homedir = () => { throw Object.assign(new Error("no"), { code: "ERR_SYSTEM_ERROR" }); };
      const { homeFolder } = require("./provider/settings/files");
      const { resolveConfiguration } = require("./provider/client/configuration");
      const { environmentSource } = require("./provider/settings/families");
      const told = (more) => {
        try { return resolveConfiguration({}, environmentSource({ HW_REGION_NAME: "eu-de", ...more }).map((family) => [family])).authentication.credential.kind; }
        catch (error) { return error.message; }
      };
      console.log(JSON.stringify([String(homeFolder()), told({}), told({ HW_PROFILE: "a" }), told({ HW_SHARED_CONFIG_FILE: "~/a" })]));`;

    it("is passed over, and named where it would be needed", () => {
      const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "-e", script], {
        cwd: join(__dirname, "../.."),
        encoding: "utf8",
      });
      assert.deepEqual(
        stdout && JSON.parse(stdout),
        [
          "undefined",
          "metadata",
          "HW_PROFILE names a profile, but there is no home folder to look for its file in [VPCEP_CONFIG]",
          "~/a (HW_SHARED_CONFIG_FILE) cannot be read (ENOENT) [VPCEP_CONFIG]",
        ],
        stderr,
      );
    });

    it("is none where HOME is empty, or no whole path", () => {
      const { HOME } = process.env;
      try {
        for (const value of ["", "here"]) {
          process.env["HOME"] = value;
          assert.notEqual(homeFolder(), value);
        }
      } finally {
        process.env["HOME"] = HOME;
        if (HOME === undefined) {
          delete process.env["HOME"];
        }
      }
    });
  });

  describe("as a file of certificates", () => {
    it("is refused, or fails the lookup", async () => {
      const begin = "-----BEGIN CERTIFICATE-----";
      const files: Record<string, string> = {
        pem: `${begin}\nnonsense\n-----END CERTIFICATE-----\n`,
        half: begin,
        no: "",
      };
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(home, name), text);
      }
      for (const path of ["~/pem", "~/half", "~/no", "~", "~/nothing", "a\0b", "\ud800"]) {
        const outcome = await outcomeOf(path, async () => {
          const own = clientOf(
            { "vpcep:caFile": path, "vpcep:token": "t" },
            { ...place(), VPCEP_ENDPOINT: "https://127.0.0.1:1" },
            home,
          );
          await own.getEndpointService({ id: serviceId }).finally(() => own.close());
        });
        assert.ok(outcome instanceof VpcepError, path);
      }
    });
  });

  describe("from a server", () => {
    const look = () => client.getEndpointService({ id: serviceId });
    const body = sampleEndpointService;

    for (const [name, value, value2] of [
      ["content-type", "application/json", "application/json; charset=utf-8"],
      ["content-encoding", "identity", "identity"],
      ["date", "Thu, 01 Jan 2026 00:00:00 GMT", "x"],
      ["age", "1", "2"],
      ["x-request-id", "a", "b"],
      ["retry-after", "1", "2"],
      ["__proto__", "a", "b"],
      ["constructor", "a", "b"],
    ] as const) {
      it(`as the header ${name}, twice`, async () => {
        emulator.reply({ status: 200, headers: { [name]: [value, value2] }, body });
        assert.equal((await look()).serviceId, serviceId);
        emulator.reply({
          status: 404,
          headers: { [name]: [value, value2] },
          body: { error: { code: "EndPoint.0005", message: "m" } },
        });
        const error = await errorOf(look());
        assert.equal(error.code, "VPCEP_NOT_FOUND");
        if (name === "x-request-id") {
          assert.equal(error.requestId, "a, b");
        }
      });
    }

    it("as a coding that every object has", async () => {
      for (const coding of ["constructor", "__proto__", "gzip, br"]) {
        emulator.reply({ headers: { "content-encoding": coding }, body });
        assert.match((await errorOf(look())).message, /its content coding is unknown/);
      }
    });

    it("as two types of content of which one is none of JSON", async () => {
      emulator.reply({ headers: { "content-type": ["application/json", "text/html"] }, body });
      assert.match((await errorOf(look())).message, /it is text\/html, not JSON/);
    });

    it("as names and tags that every object has", async () => {
      const wire = JSON.parse(body);
      const names = ["constructor", "toString"];
      const tags = names.map((key) => ({ key, value: key }));
      const other = JSON.parse('{"toString":{"a":1},"constructor":1}');
      emulator.reply({ body: { ...wire, status: "constructor", tags, other } });
      const record = await look();
      assert.deepEqual(
        Object.entries(record.tags ?? {}),
        names.map((name) => [name, name]),
      );
      assert.equal(Object.getPrototypeOf(record.tags), Object.prototype);
      assert.equal(JSON.stringify(record.extra["other"]), JSON.stringify(other));
      const [first, second] = await Promise.all([look(), look()]);
      assert.deepEqual(first, second);
    });

    it("as anything at all", async () => {
      const header = fc.constantFrom(
        "content-type",
        "content-encoding",
        "date",
        "age",
        "x-request-id",
        "retry-after",
        "server",
        "__proto__",
      );
      const value = fc.oneof(
        fc.constantFrom("", "gzip", "identity", "application/json", "0", "constructor"),
        fc.stringMatching(/^[ -~]{0,30}$/),
      );
      const headers = fc.dictionary(header, fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 })));
      const bodies = fc.oneof(
        fc.json(),
        fc.constant(body),
        fc.string({ unit: "binary" }),
        fc
          .anything({ withObjectString: false })
          .map(
            (part) =>
              JSON.stringify({ ...JSON.parse(body), tags: part, error: part, ports: part }, (_, each) =>
                typeof each === "bigint" ? String(each) : each,
              ) ?? "",
          ),
      );
      const own = createVpcepClient(settingsFor(emulator, { maxAttempts: 1 }));
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(200, 400, 401, 404, 500),
          headers,
          bodies,
          async (status, headers, body) => {
            emulator.reset();
            emulator.reply({ status, headers, body } as Reply);
            const another =
              status === 401 ? createVpcepClient(settingsFor(emulator, { maxAttempts: 1 })) : own;
            await outcomeOf(`${status} ${JSON.stringify(headers)} ${body}`, () =>
              another.getEndpointService({ id: serviceId }),
            );
            if (another !== own) {
              await another.close();
            }
          },
        ),
        { numRuns: 300 },
      );
      await own.close();
    });
  });
});
