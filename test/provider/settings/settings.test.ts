// Proves which of several values of a setting wins, what holds when there is none, and what each refusal says.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveConfiguration } from "../../../provider/client/configuration";
import type { Configuration } from "../../../provider/client/configurationTypes";
import { configurationSource, environmentSource } from "../../../provider/settings/families";
import { originOf } from "../../../provider/settings/hosts";
import type { AskedPlace } from "../../../provider/settings/settingsTypes";
import { type SettingKey, type SettingSources, settingsTable } from "../../../provider/settings/table";
import { errorOf } from "../lookups";

type Values = Readonly<Record<string, string>>;

/** Sources of the given values: the ones with a colon in their name are the stack's configuration. */
function sourcesOf(values: Values): SettingSources {
  return [configurationSource((name) => values[name]), environmentSource(values)];
}

const credential: Values = { "vpcep:token": "a-token" };
/** A credential of the names of one vendor, in place of the configuration's. */
const ofHuawei: Values = { "vpcep:token": "", HW_AUTH_TOKEN: "a-token" };
const ofOpenStack: Values = { "vpcep:token": "", OS_TOKEN: "a-token" };

/** A credential that an address of this name is for. */
function credentialFor(name: string): Values {
  return name.startsWith("OS_") ? ofOpenStack : /^H(W|UAWEICLOUD)_/.test(name) ? ofHuawei : credential;
}

describe("resolveConfiguration", () => {
  // No profile file is here.
  let home: string;
  before(() => {
    home = mkdtempSync(join(tmpdir(), "settings-"));
  });
  after(() => rmSync(home, { recursive: true }));

  const resolve = (values: Values, asked: AskedPlace = {}): Configuration =>
    resolveConfiguration(asked, sourcesOf({ ...credential, ...values }), home);

  it("needs a region and a credential alone", () => {
    const { authentication, ...settings } = resolve({ HW_REGION_NAME: "eu-de" });
    assert.deepEqual(authentication.credential, { kind: "token", token: "a-token", from: "vpcep:token" });
    assert.equal(authentication.role, undefined);
    assert.deepEqual(settings, {
      account: undefined,
      region: "eu-de",
      projectId: undefined,
      projectName: "eu-de",
      endpoint: "https://vpcep.eu-de.otc.t-systems.com",
      authUrl: { origin: "https://iam.eu-de.otc.t-systems.com", from: "by region" },
      stsUrl: undefined,
      secrets: ["a-token"],
      metadataEndpoint: "http://169.254.169.254",
      caFile: undefined,
      attemptTimeoutMs: 12_000,
      timeoutMs: 60_000,
      maxAttempts: 4,
      settingNames: {
        projectId: ["vpcep:projectId", "HW_PROJECT_ID"],
        projectName: ["vpcep:projectName", "HW_PROJECT_NAME"],
        authUrl: ["vpcep:authUrl", "HW_AUTH_URL"],
        stsUrl: ["vpcep:stsUrl", "HUAWEICLOUD_SDK_STS_ENDPOINT"],
        caFile: ["vpcep:caFile", "OS_CACERT"],
        timeoutMs: ["vpcep:timeoutMs"],
      },
      origins: {
        region: "HW_REGION_NAME",
        project: "the region's own",
        endpoint: "by region",
      },
    });
  });

  describe("the first of", () => {
    const tables: {
      readonly [Key in SettingKey]?: {
        /** The environment's names, the first to win first. */
        readonly names: readonly string[];
        readonly value: (rank: number) => string;
        readonly read: (settings: Configuration) => unknown;
        readonly shown?: (value: string) => unknown;
      };
    } = {
      region: {
        names: ["HW_REGION_NAME", "OS_REGION_NAME", "OS_REGION"],
        value: (rank) => `aa-region-${rank}`,
        read: ({ region }) => region,
      },
      projectId: {
        names: ["HW_PROJECT_ID", "HUAWEICLOUD_SDK_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"],
        value: (rank) => `project-${rank}`,
        read: ({ projectId }) => projectId,
      },
      projectName: {
        names: ["HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"],
        value: (rank) => `name ${rank}`,
        read: ({ projectName }) => projectName,
      },
      cloud: {
        names: ["HW_CLOUD"],
        value: (rank) => `cloud${rank}.example.com`,
        read: ({ endpoint, authUrl }) => [endpoint, originOf(authUrl)],
        shown: (value) => [`https://vpcep.eu-de.${value}`, `https://iam.eu-de.${value}`],
      },
      endpoint: {
        names: ["VPCEP_ENDPOINT", "HUAWEICLOUD_SDK_REGION_VPCEP_EU_DE"],
        value: (rank) => `https://vpcep${rank}.example.com`,
        read: ({ endpoint }) => endpoint,
      },
      authUrl: {
        names: ["HW_AUTH_URL", "HUAWEICLOUD_SDK_IAM_ENDPOINT", "OS_AUTH_URL"],
        value: (rank) => `https://iam${rank}.example.com`,
        read: ({ authUrl }) => originOf(authUrl),
      },
      stsUrl: {
        names: ["HUAWEICLOUD_SDK_STS_ENDPOINT"],
        value: (rank) => `https://sts${rank}.example.com`,
        read: ({ stsUrl }) => stsUrl && originOf(stsUrl),
      },
      metadataEndpoint: {
        names: ["VPCEP_METADATA_ENDPOINT"],
        value: (rank) => `http://127.0.0.1:${8000 + rank}`,
        read: ({ metadataEndpoint }) => metadataEndpoint,
      },
      caFile: {
        names: ["OS_CACERT"],
        value: (rank) => `/tmp/ca${rank}.pem`,
        read: ({ caFile }) => caFile?.value,
      },
      attemptTimeoutMs: {
        names: [],
        value: (rank) => `${1_000 + rank}`,
        read: ({ attemptTimeoutMs }) => attemptTimeoutMs,
        shown: Number,
      },
      timeoutMs: {
        names: [],
        value: (rank) => `${2_000 + rank}`,
        read: ({ timeoutMs }) => timeoutMs,
        shown: Number,
      },
      maxAttempts: {
        names: [],
        value: (rank) => `${1 + rank}`,
        read: ({ maxAttempts }) => maxAttempts,
        shown: Number,
      },
    };

    it("every setting that is no credential and names no profile is proved here", () => {
      const keys = ["token", "accessKey", "secretKey", "securityToken", "profile", "sharedConfigFile"];
      const users = ["userName", "userId", "password", "domainName", "domainId"];
      assert.deepEqual(
        Object.keys(settingsTable).filter(
          (key) => ![...keys, ...users, "accounts"].includes(key) && !key.includes("."),
        ),
        Object.keys(tables),
      );
    });

    for (const [key, { names: environment, value, read, shown = (text: string) => text }] of Object.entries(
      tables,
    )) {
      const names = [`vpcep:${key}`, `huaweicloud:${key}`, ...environment];
      for (const [rank, name] of names.entries()) {
        const set = Object.fromEntries(names.slice(rank).map((one, more) => [one, value(rank + more)]));
        const place: Values = {
          ...(key === "region" ? {} : { "vpcep:region": "eu-de" }),
          ...(/^(auth|sts)Url$/.test(key) ? { VPCEP_ENDPOINT: "https://vpcep.example.com" } : {}),
        };
        it(`${names.slice(rank).join(", ")} wins`, () => {
          const all = { ...credentialFor(name), ...place, ...set };
          assert.deepEqual(read(resolve(all)), shown(value(rank)));
        });
        const next = names[rank + 1];
        if (next !== undefined) {
          it(`${name} is none when it is empty`, () => {
            const all = { ...credentialFor(next), ...place, ...set, [name]: "" };
            assert.deepEqual(read(resolve(all)), shown(value(rank + 1)));
          });
        }
      }
    }

    it("sources that name a project is the one that decides, by id or by name", () => {
      const environment = { HW_PROJECT_ID: "p1", HW_PROJECT_NAME: "one" };
      const { projectId, projectName } = resolve({
        "vpcep:region": "eu-de",
        "vpcep:projectName": "two",
        ...environment,
      });
      assert.deepEqual([projectId, projectName], [undefined, "two"]);
      const named = resolve({ HW_REGION_NAME: "eu-de", HW_PROJECT_NAME: "eu-de_team", OS_PROJECT_ID: "p1" });
      assert.deepEqual([named.projectId, named.projectName], [undefined, "eu-de_team"]);
      const other = resolve({ "vpcep:region": "eu-de", ...environment });
      assert.deepEqual([other.projectId, other.projectName], ["p1", "one"]);
    });

    it("a lookup's own arguments and everything else is the argument", () => {
      const { region, projectId } = resolve(
        { "vpcep:region": "eu-nl", "vpcep:projectId": "p1", HW_REGION_NAME: "eu-nl" },
        { region: "eu-de", projectId: "p2" },
      );
      assert.deepEqual([region, projectId], ["eu-de", "p2"]);
    });
  });

  for (const [address, expected] of [
    ["https://iam.example.com/v3", "https://iam.example.com"],
    ["https://iam.example.com/v3/", "https://iam.example.com"],
    ["https://iam.example.com:443/v3", "https://iam.example.com"],
    ["https://iam.example.com/", "https://iam.example.com"],
  ] as const) {
    it(`takes ${address} for IAM`, () => {
      const place = { "vpcep:region": "eu-de", VPCEP_ENDPOINT: "https://vpcep.example.com" };
      const { authUrl } = resolve({ ...ofOpenStack, ...place, OS_AUTH_URL: address });
      assert.equal(originOf(authUrl), expected);
    });
  }

  it("takes the addresses among endpoints, which an address of its own beats in the same family", () => {
    const endpoints = (name: string) =>
      JSON.stringify({
        vpcep: `https://vpcep.${name}.example.com/v1/p1`,
        iam: `https://iam.${name}.example.com/v3`,
        sts: `https://sts.${name}.example.com`,
      });
    const addresses = (values: Values) => {
      const { endpoint, authUrl, stsUrl, projectId, origins } = resolve({
        "vpcep:region": "eu-de",
        ...values,
      });
      return [endpoint, originOf(authUrl), stsUrl && originOf(stsUrl), projectId, origins.endpoint];
    };
    const bridged = { "huaweicloud:endpoints": endpoints("bridged") };
    assert.deepEqual(addresses({ ...bridged, VPCEP_ENDPOINT: "https://vpcep.env.example.com" }), [
      "https://vpcep.bridged.example.com",
      "https://iam.bridged.example.com",
      "https://sts.bridged.example.com",
      "p1",
      "huaweicloud:endpoints.vpcep",
    ]);
    const others = { "huaweicloud:endpoints": '{"vpc":"https://vpc.example.com"}' };
    assert.equal(addresses(others)[0], "https://vpcep.eu-de.otc.t-systems.com");
    const own = {
      "huaweicloud:endpoint": "https://vpcep.own.example.com",
      "huaweicloud:authUrl": "https://iam.own.example.com",
      "huaweicloud:stsUrl": "https://sts.own.example.com",
    };
    assert.deepEqual(addresses({ ...bridged, ...own }), [
      "https://vpcep.own.example.com",
      "https://iam.own.example.com",
      "https://sts.own.example.com",
      undefined,
      "huaweicloud:endpoint",
    ]);
    assert.deepEqual(addresses({ ...bridged, ...own, "vpcep:endpoints": endpoints("vpcep") }), [
      "https://vpcep.vpcep.example.com",
      "https://iam.vpcep.example.com",
      "https://sts.vpcep.example.com",
      "p1",
      "vpcep:endpoints.vpcep",
    ]);
    assert.deepEqual(addresses({ ...own, "vpcep:endpoints": '{"sts":"https://sts.alone.example.com"}' }), [
      "https://vpcep.own.example.com",
      "https://iam.own.example.com",
      "https://sts.alone.example.com",
      undefined,
      "huaweicloud:endpoint",
    ]);
  });

  for (const [address, projectId] of [
    ["https://vpcep.example.com/v1", undefined],
    ["https://vpcep.example.com/v1/", undefined],
    ["https://vpcep.example.com/v1/p1", "p1"],
    ["https://vpcep.example.com:443/v1/p1/", "p1"],
  ] as const) {
    it(`takes ${address} for VPCEP, with the project at its end`, () => {
      const values = { "vpcep:region": "eu-de", VPCEP_ENDPOINT: address };
      const resolved = resolve(values);
      assert.deepEqual([resolved.endpoint, resolved.projectId], ["https://vpcep.example.com", projectId]);
      assert.equal(resolved.origins.project, projectId ? "VPCEP_ENDPOINT" : "the region's own");
      // The same project twice is no contradiction.
      assert.equal(resolve({ ...values, HW_PROJECT_ID: "p1" }).projectId, "p1");
      assert.equal(resolve(values, { projectId: "p1" }).projectId, "p1");
    });
  }

  it("takes the first address of the SDK's list, for its own region alone", () => {
    const list = {
      ...ofHuawei,
      HW_REGION_NAME: "cn-north-4",
      HUAWEICLOUD_SDK_REGION_VPCEP_CN_NORTH_4: "https://a.example.com,https://b.example.com",
    };
    assert.equal(resolve(list).endpoint, "https://a.example.com");
    assert.equal(
      resolve({ ...list, HW_REGION_NAME: "cn-north-9" }).endpoint,
      "https://vpcep.cn-north-9.myhuaweicloud.com",
    );
    assert.equal(resolve(list, { region: "eu-de" }).endpoint, "https://vpcep.eu-de.otc.t-systems.com");
    assert.equal(
      resolve({ ...list, HW_REGION_NAME: "eu-de" }, { region: "cn-north-4" }).endpoint,
      "https://a.example.com",
    );
  });

  it("lets a lookup in another region use the endpoint on this machine", () => {
    const values = { "vpcep:region": "eu-de", "vpcep:endpoint": "http://127.0.0.1:8080" };
    assert.equal(resolve(values, { region: "eu-nl" }).endpoint, "http://127.0.0.1:8080");
  });

  it("has the IAM of the Swiss region under its own name", () => {
    assert.equal(
      originOf(resolve({ "vpcep:region": "eu-ch2" }).authUrl),
      "https://iam-pub.eu-ch2.sc.otc.t-systems.com",
    );
  });

  it("takes the metadata address as it is, with a slash at its end or without", () => {
    for (const address of ["http://169.254.169.254", "http://169.254.169.254/"]) {
      const { metadataEndpoint } = resolve({ "vpcep:region": "eu-de", "vpcep:metadataEndpoint": address });
      assert.equal(metadataEndpoint, "http://169.254.169.254");
    }
  });

  const ids = "must be 1 to 64 letters, digits, hyphens or underscores, but is";
  const region = { "vpcep:region": "eu-de" };
  for (const [name, values, asked, message] of [
    [
      "no region",
      {},
      {},
      "No region: pass region to the lookup, or run `pulumi config set vpcep:region eu-de`, or set HW_REGION_NAME in the environment",
    ],
    [
      "a malformed region of the configuration",
      { "huaweicloud:region": "EU-DE" },
      {},
      'region must be the id of a region, such as eu-de or cn-north-4, but is "EU-DE" (from huaweicloud:region)',
    ],
    [
      "a malformed region of the environment",
      { OS_REGION: "eu_de" },
      {},
      'region must be the id of a region, such as eu-de or cn-north-4, but is "eu_de" (from OS_REGION)',
    ],
    [
      "a malformed region of the lookup",
      region,
      { region: "evil.com/" },
      `region must be the id of a region, such as eu-de or cn-north-4, but is "evil.com/" (from the lookup's arguments)`,
    ],
    [
      "an empty region of the lookup, which is not the configured one",
      region,
      { region: "" },
      `region must be the id of a region, such as eu-de or cn-north-4, but is "" (from the lookup's arguments)`,
    ],
    [
      "a malformed project",
      { ...region, OS_TENANT_ID: "a/b" },
      {},
      `projectId ${ids} "a/b" (from OS_TENANT_ID)`,
    ],
    [
      "a malformed project of the lookup",
      region,
      { projectId: "" },
      `projectId ${ids} "" (from the lookup's arguments)`,
    ],
    [
      "a malformed cloud",
      { ...ofHuawei, ...region, HW_CLOUD: "evil.com/" },
      {},
      'HW_CLOUD must be a domain such as otc.t-systems.com, but is "evil.com/"',
    ],
    [
      "a malformed endpoint",
      { ...region, VPCEP_ENDPOINT: "vpcep.example.com" },
      {},
      "VPCEP_ENDPOINT must be an address such as https://vpcep.eu-de.otc.t-systems.com",
    ],
    [
      "an unknown member of endpoints",
      { ...region, "vpcep:endpoints": '{"vpc":"https://vpc.example.com"}' },
      {},
      'vpcep:endpoints has no member "vpc". Its members are vpcep, iam, sts',
    ],
    [
      "a malformed address among endpoints",
      { ...region, "vpcep:endpoints": '{"vpcep":"vpcep.example.com"}' },
      {},
      "vpcep:endpoints.vpcep must be an address such as https://vpcep.eu-de.otc.t-systems.com",
    ],
    [
      "an endpoint among endpoints of another region",
      { ...region, "vpcep:endpoints": '{"iam":"https://iam.eu-nl.otc.t-systems.com"}' },
      {},
      "The region is eu-de (vpcep:region), but vpcep:endpoints.iam names the IAM of eu-nl (its host name): unset it, or ask for eu-nl",
    ],
    [
      "an endpoint with another path",
      { ...region, VPCEP_ENDPOINT: "https://vpcep.example.com/v1/p1/vpc-endpoints" },
      {},
      "VPCEP_ENDPOINT must be an origin alone, without a path or a query, such as https://vpcep.example.com",
    ],
    [
      "an endpoint of another project",
      { ...region, VPCEP_ENDPOINT: "https://vpcep.example.com/v1/p1", "vpcep:projectId": "p2" },
      {},
      "VPCEP_ENDPOINT ends with the project p1, but the one to ask is p2 (vpcep:projectId): make them the same, or let the address end before its project",
    ],
    [
      "an endpoint of another project than the lookup's",
      { ...region, VPCEP_ENDPOINT: "https://vpcep.example.com/v1/p1", "vpcep:projectId": "p1" },
      { projectId: "p2" },
      "VPCEP_ENDPOINT ends with the project p1, but the one to ask is p2 (the lookup's arguments): make them the same, or let the address end before its project",
    ],
    [
      "an endpoint with a project that is named as well",
      { ...region, VPCEP_ENDPOINT: "https://vpcep.example.com/v1/p1", HW_PROJECT_NAME: "eu-de_team" },
      {},
      'VPCEP_ENDPOINT ends with the project p1, but the one to ask is one by its name, "eu-de_team" (HW_PROJECT_NAME): make them the same, or let the address end before its project',
    ],
    [
      "an endpoint with the path of another call in place of a project",
      { ...region, VPCEP_ENDPOINT: "https://vpcep.example.com/v1/public" },
      {},
      'projectId must not be "public": that is the path of another call of the API (from VPCEP_ENDPOINT)',
    ],
    [
      "a malformed address of IAM",
      { ...ofOpenStack, ...region, OS_AUTH_URL: "https://iam.example.com/v2" },
      {},
      "OS_AUTH_URL must be an origin alone, without a path or a query, such as https://iam.example.com",
    ],
    [
      "an endpoint of another region than the lookup's",
      { ...region, VPCEP_ENDPOINT: "https://vpcep.example.com" },
      { region: "eu-nl" },
      "The region is eu-nl (the lookup's arguments), but VPCEP_ENDPOINT names the endpoint of eu-de (vpcep:region): unset it, or ask for eu-de",
    ],
    [
      "an endpoint that is another region's by its name",
      { VPCEP_ENDPOINT: "https://vpcep.eu-de.otc.t-systems.com." },
      { region: "eu-nl" },
      "The region is eu-nl (the lookup's arguments), but VPCEP_ENDPOINT names the endpoint of eu-de (its host name): unset it, or ask for eu-de",
    ],
    [
      "an endpoint that is another region's by its name, in a cloud and at a port of its own",
      { HW_CLOUD: "stack.example.com", VPCEP_ENDPOINT: "https://vpcep.eu-de.stack.example.com:8443" },
      { region: "eu-nl" },
      "The region is eu-nl (the lookup's arguments), but VPCEP_ENDPOINT names the endpoint of eu-de (its host name): unset it, or ask for eu-de",
    ],
    [
      "an address of the SDK's list that is another region's by its name",
      {
        ...ofHuawei,
        ...region,
        HUAWEICLOUD_SDK_REGION_VPCEP_EU_DE: "https://vpcep.eu-nl.otc.t-systems.com",
      },
      {},
      "The region is eu-de (vpcep:region), but HUAWEICLOUD_SDK_REGION_VPCEP_EU_DE names the endpoint of eu-nl (its host name): unset it, or ask for eu-nl",
    ],
    [
      "an address of IAM that is another region's by its name",
      { ...ofHuawei, HW_AUTH_URL: "https://iam.eu-de.otc.t-systems.com:443/v3" },
      { region: "eu-nl" },
      "The region is eu-nl (the lookup's arguments), but HW_AUTH_URL names the IAM of eu-de (its host name): unset it, or ask for eu-de",
    ],
    [
      "an address of IAM under its other name that is another region's",
      { ...ofOpenStack, "vpcep:region": "eu-nl", OS_AUTH_URL: "https://iam-pub.eu-ch2.example.com:8443" },
      {},
      "The region is eu-nl (vpcep:region), but OS_AUTH_URL names the IAM of eu-ch2 (its host name): unset it, or ask for eu-ch2",
    ],
    [
      "an endpoint of the environment's region for the configured one",
      { "vpcep:region": "eu-nl", HW_REGION_NAME: "eu-de", VPCEP_ENDPOINT: "https://vpcep.example.com" },
      {},
      "The region is eu-nl (vpcep:region), but VPCEP_ENDPOINT names the endpoint of eu-de (HW_REGION_NAME): unset it, or ask for eu-de",
    ],
    [
      "a project of another family's region",
      { HW_REGION_NAME: "eu-de", OS_REGION_NAME: "eu-nl", OS_PROJECT_ID: "p1" },
      {},
      "The region is eu-de (HW_REGION_NAME), but OS_PROJECT_ID names a project of eu-nl (OS_REGION_NAME): pass a projectId of eu-de as well, or unset OS_PROJECT_ID",
    ],
    [
      "a project of the configured region for a lookup in another one",
      { ...region, HW_PROJECT_ID: "p1" },
      { region: "eu-nl" },
      "The region is eu-nl (the lookup's arguments), but HW_PROJECT_ID names a project of eu-de (vpcep:region): pass a projectId of eu-nl as well, or unset HW_PROJECT_ID",
    ],
    [
      "a project's name of the environment's region for the configured one",
      { ...region, OS_PROJECT_NAME: "eu-nl_team", OS_REGION: "eu-nl" },
      {},
      "The region is eu-de (vpcep:region), but OS_PROJECT_NAME names a project of eu-nl (OS_REGION): pass a projectId of eu-de as well, or unset OS_PROJECT_NAME",
    ],
    ...["0", "-1", "1.5", "1e9", "ten", " ", "600001"].map(
      (value) =>
        [
          `timeoutMs of ${JSON.stringify(value)}`,
          { ...region, "vpcep:timeoutMs": value },
          {},
          `vpcep:timeoutMs must be a whole number from 1 to 600000, but is ${JSON.stringify(value)}`,
        ] as const,
    ),
    [
      "attemptTimeoutMs of 0",
      { ...region, "huaweicloud:attemptTimeoutMs": "0" },
      {},
      'huaweicloud:attemptTimeoutMs must be a whole number from 1 to 600000, but is "0"',
    ],
    [
      "maxAttempts of 11",
      { ...region, "vpcep:maxAttempts": "11" },
      {},
      'vpcep:maxAttempts must be a whole number from 1 to 10, but is "11"',
    ],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const error = await errorOf(() => resolve(values, asked));
      assert.deepEqual([error.code, error.message], ["VPCEP_CONFIG", `${message} [VPCEP_CONFIG]`]);
    });
  }

  it("does not quote a secret in any refusal of another setting", async () => {
    for (const values of [{}, { HW_REGION_NAME: "X" }, { ...region, HW_CLOUD: "X" }]) {
      assert.doesNotMatch((await errorOf(() => resolve(values))).message, /a-token/);
    }
  });
});
