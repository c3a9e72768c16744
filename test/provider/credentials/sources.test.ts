// Proves over real sockets which source a credential is taken from: every source, present, absent, malformed and
// incomplete, and the order of them all.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../sdk/testing";
import { clientOf, errorOf, type Values } from "./clients";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const { key, temporaryKey, user } = emulatorDefaults;

/** Every source in order, with how it gives a token or a key, half of it, and something malformed. */
interface Source {
  readonly name: string;
  readonly config?: Values;
  readonly environment?: Values;
  readonly files?: Values;
  /** What the request is authenticated with: the token, or the access key. */
  readonly seen: string;
  readonly half?: { readonly remove: string; readonly message: string };
}

const kooCli = (profile: object) =>
  JSON.stringify({ current: "default", profiles: [{ name: "default", ...profile }] });

const sources: readonly Source[] = [
  { name: "configuration, token", config: { "vpcep:token": "t-1" }, seen: "t-1" },
  {
    name: "configuration, keys",
    config: { "vpcep:accessKey": "A-2", "vpcep:secretKey": "s" },
    seen: "A-2",
    half: { remove: "vpcep:secretKey", message: "vpcep:accessKey is set, but vpcep:secretKey is not" },
  },
  {
    name: "configuration of the bridged provider",
    config: { "huaweicloud:accessKey": "A-3", "huaweicloud:secretKey": "s" },
    seen: "A-3",
    half: {
      remove: "huaweicloud:accessKey",
      message: "huaweicloud:secretKey is set, but huaweicloud:accessKey is not",
    },
  },
  { name: "environment, HW_AUTH_TOKEN", environment: { HW_AUTH_TOKEN: "t-4" }, seen: "t-4" },
  { name: "environment, OS_TOKEN", environment: { OS_TOKEN: "t-5" }, seen: "t-5" },
  {
    name: "environment, HW_ keys",
    environment: { HW_ACCESS_KEY: "A-6", HW_SECRET_KEY: "s" },
    seen: "A-6",
    half: { remove: "HW_SECRET_KEY", message: "HW_ACCESS_KEY is set, but HW_SECRET_KEY is not" },
  },
  {
    name: "environment, SDK keys",
    environment: { HUAWEICLOUD_SDK_AK: "A-7", HUAWEICLOUD_SDK_SK: "s" },
    seen: "A-7",
    half: {
      remove: "HUAWEICLOUD_SDK_AK",
      message: "HUAWEICLOUD_SDK_SK is set, but HUAWEICLOUD_SDK_AK is not",
    },
  },
  {
    name: "environment, OS_ keys",
    environment: { OS_ACCESS_KEY: "A-8", OS_SECRET_KEY: "s" },
    seen: "A-8",
    half: { remove: "OS_SECRET_KEY", message: "OS_ACCESS_KEY is set, but OS_SECRET_KEY is not" },
  },
  {
    name: "environment, password",
    environment: {
      HW_USER_NAME: user.userName,
      HW_USER_PASSWORD: user.password,
      HW_DOMAIN_NAME: user.domainName,
    },
    seen: "issued",
    half: {
      remove: "HW_DOMAIN_NAME",
      message: "HW_USER_NAME, HW_USER_PASSWORD is set, but HW_DOMAIN_NAME is not",
    },
  },
  {
    name: "KooCLI's profile",
    files: { ".hcloud/config.json": kooCli({ mode: "AKSK", accessKeyId: "A-9", secretAccessKey: "s" }) },
    seen: "A-9",
  },
  {
    name: "KooCLI's profile by single sign-on",
    files: {
      ".hcloud/config.json": kooCli({
        mode: "SSO",
        accessKeyId: "no",
        ssoAuth: { stsToken: { accessKeyId: "A-10", secretAccessKey: "s", securityToken: "x" } },
      }),
    },
    seen: "A-10",
  },
  {
    name: "the SDK's credentials",
    files: { ".huaweicloud/credentials": "[basic]\nak = A-11\nsk = s\n" },
    seen: "A-11",
  },
  { name: "the server's metadata", seen: temporaryKey.accessKey },
];

describe("the sources of a credential", () => {
  let emulator: Emulator;
  let home: string;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), "home-"));
    emulator = await startEmulator({
      tokens: sources.map(({ seen }) => seen),
      keys: [key, temporaryKey],
    });
  });

  afterEach(async () => {
    rmSync(home, { recursive: true });
    await emulator.close();
  });

  function write(files: Values = {}): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(home, name, ".."), { recursive: true });
      writeFileSync(join(home, name), text);
    }
  }

  function place(): Values {
    return {
      HW_REGION_NAME: "eu-de",
      HW_PROJECT_ID: emulatorDefaults.projectId,
      VPCEP_ENDPOINT: emulator.url,
      HW_AUTH_URL: emulator.url,
      VPCEP_METADATA_ENDPOINT: emulator.url,
    };
  }

  /** What the last detail request was authenticated with. */
  async function seen(config: Values, environment: Values): Promise<string> {
    const client = clientOf(config, { ...place(), ...environment }, home);
    await client.getEndpointService({ id }).catch(() => {});
    await client.close();
    const { headers } = emulator.requests.at(-1) ?? { headers: {} };
    const token = (headers as Record<string, unknown>)["x-auth-token"];
    const authorization = String((headers as Record<string, unknown>)["authorization"] ?? "");
    const accessKey = /Access=([^,]+)/.exec(authorization)?.[1];
    return (
      accessKey ??
      (emulator.requests.some(({ path }) => path === "/v3/auth/tokens") ? "issued" : String(token))
    );
  }

  for (const [index, source] of sources.entries()) {
    it(`are asked for ${source.name} before all that come after it`, async () => {
      const rest = sources.slice(index);
      // Of two files only the first is read, and of two kinds in one file only one can be.
      const files = rest.find((candidate) => candidate.files)?.files;
      write(files);
      const config = Object.assign(
        {},
        ...rest.map((candidate) => candidate.config ?? {}).reverse(),
      ) as Values;
      const environment = Object.assign(
        {},
        ...rest.map((candidate) => candidate.environment ?? {}).reverse(),
      ) as Values;
      assert.equal(await seen(config, environment), source.seen);
    });

    const { half } = source;
    if (half) {
      it(`do not skip half of ${source.name}, whatever comes after it`, async () => {
        const without = (values: Values = {}) =>
          Object.fromEntries(Object.entries(values).filter(([name]) => name !== half.remove));
        const config = without(source.config);
        const environment = { OS_SECRET_KEY: "other", ...without(source.environment) };
        if (source.name.includes("OS_") || source.name.includes("password")) {
          environment.OS_SECRET_KEY = "";
        }
        const error = await errorOf(() => clientOf(config, { ...place(), ...environment }, home));
        assert.equal(
          error.message,
          `${half.message}: the parts of a credential are set together, under names that begin alike. Set what is missing, or unset the rest [VPCEP_CONFIG]`,
        );
        assert.deepEqual(emulator.requests, []);
      });
    }
  }

  it("list every place when there is nothing, and the shortest fix", async () => {
    emulator.reply(() => ({ status: 404, body: "" }));
    const client = clientOf({}, place(), home);
    const error = await errorOf(client.getEndpointService({ id }));
    await client.close();
    assert.equal(
      error.message,
      `Cannot read VPC endpoint service ${id} (region eu-de, project ${emulatorDefaults.projectId}): No credential found; looked at vpcep:token, vpcep:oidc.idpId, vpcep:accessKey, vpcep:userName, huaweicloud:token, huaweicloud:oidc.idpId, huaweicloud:accessKey, huaweicloud:userName, HW_AUTH_TOKEN, HW_ASSUME_ROLE_IDP_ID, HW_ACCESS_KEY, HW_USER_NAME, HUAWEICLOUD_SDK_IDP_ID, HUAWEICLOUD_SDK_AK, OS_AUTH_TOKEN, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME, and at the server's metadata (this server has no agency). Shortest fix: set HW_ACCESS_KEY and HW_SECRET_KEY in the environment [VPCEP_CONFIG]`,
    );
  });

  it("give up on metadata that stays silent within about a second", async () => {
    emulator.reply(() => ({ breakOff: { by: "silence" } }));
    const client = clientOf({}, place(), home);
    const start = performance.now();
    const error = await errorOf(client.getEndpointService({ id }));
    await client.close();
    assert.ok(performance.now() - start < 3_000);
    assert.match(error.message, /and at the server's metadata \(no answer within 1 s\)/);
  });

  it("ask metadata of the first version where the second is not known", async () => {
    emulator.replyTo("/meta-data/latest/api/token", { status: 404, body: "" });
    assert.equal(await seen({}, {}), temporaryKey.accessKey);
    assert.deepEqual(
      emulator.requests.map(({ method }) => method),
      ["PUT", "GET", "GET"],
    );
  });

  const malformed: { name: string; files?: Values; environment?: Values; message: RegExp }[] = [
    {
      name: "a profile file that is not JSON",
      files: { ".hcloud/config.json": '{"profiles": [' },
      message: /config\.json is not JSON \[VPCEP_CONFIG\]$/,
    },
    {
      name: "an INI file that is none",
      files: { ".huaweicloud/credentials": "what\n" },
      message: /credentials is neither KooCLI's JSON nor the SDK's INI \[VPCEP_CONFIG\]$/,
    },
    {
      name: "a file of profiles that is too large",
      files: { ".huaweicloud/credentials": `[basic]\n${"#".repeat(1024 * 1024)}` },
      message: /credentials \(a profile file\) is larger than 1048576 bytes \[VPCEP_CONFIG\]$/,
    },
    {
      name: "a device in place of a file of profiles",
      environment: { HW_SHARED_CONFIG_FILE: "/dev/null" },
      message:
        /^\/dev\/null \(HW_SHARED_CONFIG_FILE\) is a pipe or a device, but is read again and again: name a file \[VPCEP_CONFIG\]$/,
    },
    {
      name: "two profiles of the name that is asked for, in an INI file",
      files: {
        ".huaweicloud/credentials": "[prod]\nak=a\nsk=b\n[basic]\nak=e\nsk=f\n[ prod ]\nak=c\nsk=d\n",
      },
      environment: { HW_PROFILE: "prod" },
      message:
        /^profile "prod" of .*credentials stands there more than once, at line 1 and line 7: nobody knows which is meant\. Remove all but one \[VPCEP_CONFIG\]$/,
    },
    {
      name: "a field that stands in a profile twice",
      files: { ".huaweicloud/credentials": "[basic]\nak = a\nsk = b\n# sk\nak=a\n" },
      message: /^ak in profile "basic" of .*credentials stands there more than once, at line 2 and line 5: /,
    },
    {
      name: "two profiles of the name that is asked for, in a file of KooCLI",
      files: {
        ".hcloud/config.json": JSON.stringify({
          current: "prod",
          profiles: [{ name: "prod", accessKeyId: "A" }, null, { name: "prod", accessKeyId: "B" }],
        }),
      },
      message:
        /^profile "prod" of .*config\.json stands there more than once, at profiles\[0\] and profiles\[2\]: /,
    },
    {
      name: "two profiles of the name of a source",
      files: {
        ".hcloud/config.json": JSON.stringify({
          current: "role",
          profiles: [
            { name: "base", accessKeyId: "A", secretAccessKey: "s" },
            { name: "base", accessKeyId: "B", secretAccessKey: "s" },
            { name: "role", mode: "AssumeRole", sourceProfile: "base", agencyName: "a", agencyDomainId: "d" },
          ],
        }),
      },
      message:
        /^profile "base" of .*config\.json stands there more than once, at profiles\[0\] and profiles\[1\]: /,
    },
    {
      name: "a field that stands twice in a profile of KooCLI",
      files: {
        ".hcloud/config.json":
          '{"current":"default","profiles":[{"name":"default","accessKeyId":"A","accessKeyId":"B"}]}',
      },
      message: /config\.json cannot be used: the key "accessKeyId" stands in it twice \[VPCEP_CONFIG\]$/,
    },
    {
      name: "a profile that is not in the file",
      files: { ".hcloud/config.json": kooCli({ accessKeyId: "A" }) },
      environment: { HW_PROFILE: "other" },
      message: /config\.json has no profile "other"; it has default \[VPCEP_CONFIG\]$/,
    },
    {
      name: "a file that is not there",
      environment: { HW_SHARED_CONFIG_FILE: "/nonexistent/file" },
      message: /^\/nonexistent\/file \(HW_SHARED_CONFIG_FILE\) cannot be read \(ENOENT\) \[VPCEP_CONFIG\]$/,
    },
    {
      name: "a profile with half a key",
      files: { ".hcloud/config.json": kooCli({ accessKeyId: "A" }) },
      message:
        /^accessKeyId in profile "default" of .*config\.json is set, but secretAccessKey in profile "default" of .* is not/,
    },
    {
      name: "a token with a line break",
      environment: { HW_AUTH_TOKEN: "a\nb" },
      message: /^HW_AUTH_TOKEN holds a space, a line break/,
    },
  ];
  for (const { name, files, environment, message } of malformed) {
    it(`refuse ${name}`, async () => {
      write(files);
      const error = await errorOf(() => clientOf({}, { ...place(), ...environment }, home));
      assert.match(error.message, message);
    });
  }

  it("pass over two profiles of a name that nobody asks for", () => {
    write({ ".huaweicloud/credentials": "[prod]\nak=a\n[prod]\nak=b\n[basic]\nak=A-1\nsk=s\n" });
    const [link] = clientOf({}, place(), home).credentialChain();
    assert.match(link?.from ?? "", /^ak in profile "basic" of /);
  });

  for (const [mode, profile, remedy] of [
    ["AKSK", { mode: "AKSK", accessKeyId: "ENCRYPTED", secretAccessKey: "s" }, ""],
    [
      "SSO",
      { mode: "SSO", ssoAuth: { stsToken: { accessKeyId: "ENCRYPTED", secretAccessKey: "s" } } },
      "Run `hcloud configure sso` to sign in again. ",
    ],
  ] as const) {
    it(`say of a refused key of KooCLI's mode ${mode} that it may be encrypted`, async () => {
      write({ ".hcloud/config.json": kooCli(profile) });
      const client = clientOf({}, place(), home);
      const error = await errorOf(client.getEndpointService({ id }));
      await client.close();
      assert.ok(
        error.message.endsWith(
          `or both are of another cloud. ${remedy}KooCLI keeps it encrypted unless it is told otherwise, and nobody else can read it then: run \`hcloud configure set --cli-auth-encrypt=false\`, and configure the profile again [VPCEP_AUTH]`,
        ),
        error.message,
      );
    });
  }

  it("take the region and the project from a profile that is chosen or decides, and from no other", async () => {
    const text = kooCli({
      accessKeyId: "A-9",
      secretAccessKey: "s",
      region: "eu-nl",
      projectId: "of-the-profile",
    });
    write({ ".hcloud/config.json": text });
    const { HW_REGION_NAME: _, HW_PROJECT_ID: __, ...rest } = place();
    await clientOf({}, rest, home).close();
    await clientOf({ "vpcep:token": "t-1" }, { ...rest, HW_PROFILE: "default" }, home).close();
    const error = await errorOf(() => clientOf({ "vpcep:token": "t-1" }, rest, home));
    assert.match(error.message, /^No region: /);
  });
});
