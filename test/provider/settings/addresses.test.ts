// Proves to which hosts a credential may go: which addresses and which cloud are for it, what follows from them, and that
// everything else is refused where it would be used, and nowhere before.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveConfiguration } from "../../../provider/client/configuration";
import {
  configurationFamily,
  configurationSource,
  environmentSource,
} from "../../../provider/settings/families";
import type { Address } from "../../../provider/settings/hosts";
import { type Emulator, startEmulator } from "../../../sdk/testing";
import { clientOf } from "../credentials/clients";
import { errorOf, serviceId } from "../lookups";

type Values = Readonly<Record<string, string>>;

const hw: Values = { HW_ACCESS_KEY: "AK", HW_SECRET_KEY: "s" };
const hwPassword: Values = { HW_USER_NAME: "u", HW_USER_PASSWORD: "p", HW_DOMAIN_NAME: "d" };
const sdk: Values = { HUAWEICLOUD_SDK_AK: "AK", HUAWEICLOUD_SDK_SK: "s" };
const os: Values = { OS_TOKEN: "t" };
const config: Values = { "vpcep:token": "t" };
const cn: Values = { HW_REGION_NAME: "cn-global-1" };
const de: Values = { HW_REGION_NAME: "eu-de" };

/** Where requests to VPCEP, IAM and STS go; in place of one what is said when a request would go there. */
interface Row {
  readonly set: Values;
  readonly clouds?: string;
  readonly profile?: object;
  /** Options of a client. */
  readonly options?: Values;
  readonly to?: readonly [vpcep: string, iam: string, sts: string | undefined];
  readonly error?: string;
}

const otherCloud = (what: string, theirs: string, setting: string, others: string) =>
  `The address of ${what} is not set, and would be ${theirs}, while ${setting} names ${others}, which is of another cloud: set `;
const otherFamily = (setting: string, what: string, from: string) =>
  `${setting} names ${what}, but the credential comes from ${from}: an address is for a credential of its own family of names alone. Unset ${setting}, or set `;

const inPublic = ["vpcep", "iam", "sts"].map((name) => `${name}.cn-global-1.myhuaweicloud.com`);
const inPrivate = ["vpcep", "iam"].map((name) => `${name}.cn-global-1.private.example.com`);
const inOtc = ["vpcep", "iam"].map((name) => `${name}.eu-de.otc.t-systems.com`);
const [publicVpcep = "", publicIam = "", publicSts = ""] = inPublic;
const [privateVpcep = "", privateIam = ""] = inPrivate;
const [otcVpcep = "", otcIam = ""] = inOtc;

const rows: Readonly<Record<string, Row>> = {
  "follow from the region": { set: { ...hw, ...cn }, to: [publicVpcep, publicIam, publicSts] },
  "follow from an endpoint that has the name of one": {
    set: { ...hw, ...cn, VPCEP_ENDPOINT: `https://${privateVpcep}` },
    to: [privateVpcep, privateIam, undefined],
  },
  "follow from an address of IAM that has the name of one, at a port of its own": {
    set: { ...hw, ...cn, HW_AUTH_URL: `https://${privateIam}:31943/v3` },
    to: [privateVpcep, `${privateIam}:31943`, undefined],
  },
  "follow from an address of STS that has the name of one": {
    set: { ...hw, ...cn, HUAWEICLOUD_SDK_STS_ENDPOINT: "https://sts.cn-global-1.private.example.com" },
    to: [privateVpcep, privateIam, "sts.cn-global-1.private.example.com"],
  },
  "follow from the region beside another region's STS of the same cloud": {
    set: { ...hw, ...cn, HUAWEICLOUD_SDK_STS_ENDPOINT: "https://sts.cn-north-4.myhuaweicloud.com" },
    to: [publicVpcep, publicIam, "sts.cn-north-4.myhuaweicloud.com"],
  },
  "follow from the region beside the IAM of the whole cloud": {
    set: { ...hw, ...cn, HW_AUTH_URL: "https://iam.myhuaweicloud.com" },
    to: [publicVpcep, "iam.myhuaweicloud.com", publicSts],
  },
  "follow from a host that ends with a dot": {
    set: { ...hw, ...cn, VPCEP_ENDPOINT: `https://${publicVpcep}.` },
    to: [`${publicVpcep}.`, publicIam, publicSts],
  },
  "follow from the cloud that is named, whatever else is set": {
    set: { ...hw, ...cn, HW_CLOUD: "myhuaweicloud.eu", VPCEP_ENDPOINT: "http://127.0.0.1:1" },
    to: ["127.0.0.1:1", "iam.cn-global-1.myhuaweicloud.eu", "sts.cn-global-1.myhuaweicloud.eu"],
  },
  "are those that are set, each of another cloud": {
    set: {
      ...hw,
      ...cn,
      VPCEP_ENDPOINT: "https://a.example.com",
      HW_AUTH_URL: "https://b.example.org",
      HUAWEICLOUD_SDK_STS_ENDPOINT: "https://c.example.net",
    },
    to: ["a.example.com", "b.example.org", "c.example.net"],
  },
  "do not follow from the region beside an endpoint of another cloud": {
    set: { ...hw, ...cn, VPCEP_ENDPOINT: "https://vpcep.example.com" },
    to: [
      "vpcep.example.com",
      `${otherCloud("IAM", publicIam, "VPCEP_ENDPOINT", "vpcep.example.com")}vpcep:authUrl or HW_AUTH_URL, or the domain of the cloud with vpcep:cloud or HW_CLOUD`,
      `${otherCloud("STS", publicSts, "VPCEP_ENDPOINT", "vpcep.example.com")}vpcep:stsUrl or HUAWEICLOUD_SDK_STS_ENDPOINT, or the domain of the cloud with vpcep:cloud or HW_CLOUD`,
    ],
  },
  "do not follow from the region beside an endpoint on this machine": {
    set: { ...config, "vpcep:region": "eu-de", "vpcep:endpoint": "http://127.0.0.1:80" },
    to: [
      "127.0.0.1",
      `${otherCloud("IAM", otcIam, "vpcep:endpoint", "127.0.0.1")}vpcep:authUrl or HW_AUTH_URL, or the domain of the cloud with vpcep:cloud or HW_CLOUD`,
      undefined,
    ],
  },
  "do not follow from the region beside an IAM of another cloud": {
    set: { ...os, ...de, OS_AUTH_URL: "https://iam.example.com/v3" },
    error: `${otherCloud("VPCEP", otcVpcep, "OS_AUTH_URL", "iam.example.com")}vpcep:endpoint or VPCEP_ENDPOINT, or the domain of the cloud with vpcep:cloud or HW_CLOUD`,
  },
  "do not follow from a name that only ends alike": {
    set: { ...os, ...de, OS_AUTH_URL: "https://iamotc.t-systems.com/v3" },
    error: `${otherCloud("VPCEP", otcVpcep, "OS_AUTH_URL", "iamotc.t-systems.com")}vpcep:endpoint or VPCEP_ENDPOINT, or the domain of the cloud with vpcep:cloud or HW_CLOUD`,
  },
  "do not follow from a name that is of no region": {
    set: { ...os, ...de, OS_AUTH_URL: "https://keystone.eu-de.private.example.com/v3" },
    error: `${otherCloud("VPCEP", otcVpcep, "OS_AUTH_URL", "keystone.eu-de.private.example.com")}vpcep:endpoint or VPCEP_ENDPOINT, or the domain of the cloud with vpcep:cloud or HW_CLOUD`,
  },
  "do not follow from another region's STS of another cloud": {
    set: { ...hw, ...cn, HUAWEICLOUD_SDK_STS_ENDPOINT: "https://sts.cn-north-4.private.example.com" },
    error: `${otherCloud("VPCEP", publicVpcep, "HUAWEICLOUD_SDK_STS_ENDPOINT", "sts.cn-north-4.private.example.com")}vpcep:endpoint or VPCEP_ENDPOINT, or the domain of the cloud with vpcep:cloud or HW_CLOUD`,
  },
  "follow from the credential's own IAM, whatever cloud another family names": {
    set: { ...os, ...cn, HW_CLOUD: "hw.example.com", OS_AUTH_URL: `https://${privateIam}/v3` },
    to: [privateVpcep, privateIam, undefined],
  },
  "do not follow from two clouds at once": {
    set: { ...hw, ...cn, VPCEP_ENDPOINT: `https://${publicVpcep}`, HW_AUTH_URL: `https://${privateIam}` },
    to: [
      publicVpcep,
      privateIam,
      `${otherCloud("STS", publicSts, "HW_AUTH_URL", privateIam)}vpcep:stsUrl or HUAWEICLOUD_SDK_STS_ENDPOINT, or the domain of the cloud with vpcep:cloud or HW_CLOUD`,
    ],
  },
  "do not follow from the region of a cloud beside its own IAM of another": {
    clouds: "clouds: {team: {region_name: eu-de, auth: {token: t, auth_url: https://iam.example.com/v3}}}",
    set: { OS_CLOUD: "team" },
    error: `${otherCloud("VPCEP", otcVpcep, 'auth.auth_url in cloud "team" of HOME/.config/openstack/clouds.yaml', "iam.example.com")}vpcep:endpoint or VPCEP_ENDPOINT, or the domain of the cloud with vpcep:cloud`,
  },
  "follow from the IAM of a cloud": {
    clouds: `clouds: {team: {auth: {token: t, auth_url: "https://${privateIam}/v3"}}}`,
    set: { OS_CLOUD: "team" },
    to: [privateVpcep, privateIam, undefined],
  },

  "are of the configuration for every credential": {
    set: {
      ...os,
      ...de,
      "huaweicloud:authUrl": "https://b.example.org",
      "vpcep:endpoint": "https://a.example.com",
    },
    to: ["a.example.com", "b.example.org", undefined],
  },
  "are of a client's options for every credential": {
    options: { authUrl: "https://b.example.org", endpoint: "https://a.example.com", region: "eu-de" },
    set: os,
    to: ["a.example.com", "b.example.org", undefined],
  },
  "are of both families of one vendor": {
    set: { ...sdk, ...cn, HW_CLOUD: "private.example.com", HW_AUTH_URL: "https://iam.example.com" },
    to: [privateVpcep, "iam.example.com", undefined],
  },
  "are of the other family of one vendor": {
    set: { ...hw, ...cn, HUAWEICLOUD_SDK_REGION_VPCEP_CN_GLOBAL_1: `https://${privateVpcep}` },
    to: [privateVpcep, privateIam, undefined],
  },
  "are of the credential's family before another's": {
    set: {
      ...os,
      ...de,
      VPCEP_ENDPOINT: "https://a.example.com",
      HW_AUTH_URL: "https://hw.example.com",
      OS_AUTH_URL: "https://os.example.com",
    },
    to: ["a.example.com", "os.example.com", undefined],
  },
  "are of any family for the server's own key": {
    set: { ...de, VPCEP_ENDPOINT: "https://a.example.com", OS_AUTH_URL: "https://os.example.com" },
    to: ["a.example.com", "os.example.com", undefined],
  },
  "are not an IAM of OS_ for a password of HW_": {
    set: { ...hwPassword, ...de, OS_AUTH_URL: "https://keystone.example.com/v3" },
    to: [
      otcVpcep,
      `${otherFamily("OS_AUTH_URL", "the address of IAM", "HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME")}vpcep:authUrl or HW_AUTH_URL`,
      undefined,
    ],
  },
  "are not an IAM of OS_ that is malformed for a key of HW_": {
    set: { ...hw, ...de, OS_AUTH_URL: "http://keystone.example.com:5000/v2.0" },
    to: [
      otcVpcep,
      `${otherFamily("OS_AUTH_URL", "the address of IAM", "HW_ACCESS_KEY, HW_SECRET_KEY")}vpcep:authUrl or HW_AUTH_URL`,
      undefined,
    ],
  },
  "are an IAM of OS_ for a key of HW_ where it is the region's own": {
    set: { ...hw, ...de, OS_AUTH_URL: `https://${otcIam}/v3` },
    to: [otcVpcep, otcIam, undefined],
  },
  "are not an IAM of the environment for a password among a client's options": {
    options: { userName: "u", password: "p", domainName: "d", region: "eu-de" },
    set: { OS_AUTH_URL: "https://keystone.example.com/v3" },
    to: [
      otcVpcep,
      `${otherFamily("OS_AUTH_URL", "the address of IAM", "userName, password, domainName")}authUrl or HW_AUTH_URL`,
      undefined,
    ],
  },
  "are an IAM of HW_ for a token of the configuration": {
    set: { ...config, ...de, VPCEP_ENDPOINT: "https://a.example.com", HW_AUTH_URL: "https://hw.example.com" },
    to: ["a.example.com", "hw.example.com", undefined],
  },
  "are not an IAM of OS_ for a token of the configuration": {
    set: { ...config, ...de, OS_AUTH_URL: "https://os.example.com" },
    to: [
      otcVpcep,
      `${otherFamily("OS_AUTH_URL", "the address of IAM", "vpcep:token")}vpcep:authUrl or HW_AUTH_URL`,
      undefined,
    ],
  },
  "are of a cloud of HW_ for a token of OS_ that says nothing of it": {
    set: { ...os, ...de, HW_CLOUD: "cloud.example.com" },
    to: ["vpcep.eu-de.cloud.example.com", "iam.eu-de.cloud.example.com", undefined],
  },
  "are of the region's own cloud whoever names it": {
    set: { ...os, ...de, HW_CLOUD: "otc.t-systems.com" },
    to: [otcVpcep, otcIam, undefined],
  },
  "are all set, and a cloud of another family is in nobody's way": {
    set: {
      ...os,
      ...de,
      HW_CLOUD: "no domain",
      VPCEP_ENDPOINT: "https://a.example.com",
      OS_AUTH_URL: "https://os.example.com",
      "vpcep:stsUrl": "https://c.example.com",
    },
    to: ["a.example.com", "os.example.com", "c.example.com"],
  },
  "are not an IAM of HW_ for a cloud that OS_CLOUD names": {
    clouds:
      "clouds: {team: {profile: otc, region_name: eu-de, auth: {username: u, password: p, user_domain_name: d}}}",
    set: { OS_CLOUD: "team", HW_AUTH_URL: "https://hw.example.com" },
    to: [
      otcVpcep,
      `${otherFamily("HW_AUTH_URL", "the address of IAM", 'auth.username in cloud "team" of HOME/.config/openstack/clouds.yaml, auth.password in cloud "team" of HOME/.config/openstack/clouds.yaml, auth.user_domain_name in cloud "team" of HOME/.config/openstack/clouds.yaml')}vpcep:authUrl or auth.auth_url in cloud "team" of HOME/.config/openstack/clouds.yaml`,
      undefined,
    ],
  },
  "are not the IAM of a cloud that OS_CLOUD names for a password of HW_": {
    clouds: "clouds: {team: {region_name: eu-de, auth: {auth_url: https://iam.example.com/v3}}}",
    set: { ...hwPassword, OS_CLOUD: "team" },
    to: [
      otcVpcep,
      `${otherFamily('auth.auth_url in cloud "team" of HOME/.config/openstack/clouds.yaml', "the address of IAM", "HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME")}vpcep:authUrl or HW_AUTH_URL`,
      undefined,
    ],
  },
  "are not an IAM of OS_ for a profile that nobody names": {
    profile: { accessKeyId: "AK", secretAccessKey: "s", region: "eu-de" },
    set: { OS_AUTH_URL: "https://keystone.example.com" },
    to: [
      otcVpcep,
      `${otherFamily("OS_AUTH_URL", "the address of IAM", 'accessKeyId in profile "default" of HOME/.hcloud/config.json, secretAccessKey in profile "default" of HOME/.hcloud/config.json')}vpcep:authUrl or HW_AUTH_URL`,
      undefined,
    ],
  },
  "are not an IAM of OS_ for the server's own key, where a profile of the configuration wants it": {
    profile: { mode: "ecsAgency", region: "eu-de" },
    set: { "vpcep:profile": "default", OS_AUTH_URL: "https://hw.example.com" },
    to: [
      otcVpcep,
      `${otherFamily("OS_AUTH_URL", "the address of IAM", "the server's metadata")}vpcep:authUrl or HW_AUTH_URL`,
      undefined,
    ],
  },
  "are an IAM of the family that names the profile": {
    profile: { accessKeyId: "AK", secretAccessKey: "s", region: "eu-de" },
    set: {
      HW_PROFILE: "default",
      HW_AUTH_URL: "https://hw.example.com",
      VPCEP_ENDPOINT: "https://a.example.com",
    },
    to: ["a.example.com", "hw.example.com", undefined],
  },
  "are an IAM of HW_ for a profile that the configuration names": {
    profile: { accessKeyId: "AK", secretAccessKey: "s", region: "eu-de" },
    set: {
      "vpcep:profile": "default",
      HW_AUTH_URL: "https://hw.example.com",
      VPCEP_ENDPOINT: "https://a.example.com",
    },
    to: ["a.example.com", "hw.example.com", undefined],
  },
};

describe("the addresses of a lookup", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "addresses-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const write = (folder: string, name: string, text: string) => {
    mkdirSync(join(home, folder), { recursive: true });
    writeFileSync(join(home, folder, name), text);
  };
  const told = (address: Address | undefined) =>
    address &&
    ("origin" in address ? new URL(address.origin).host : address.problem.replaceAll(home, "HOME"));

  for (const [name, { set, clouds, profile, options, to, error }] of Object.entries(rows)) {
    it(name, async () => {
      if (clouds) {
        write(".config/openstack", "clouds.yaml", clouds);
      }
      if (profile) {
        const profiles = [{ name: "default", mode: "AKSK", ...profile }];
        write(".hcloud", "config.json", JSON.stringify({ current: "default", profiles }));
      }
      const first = options
        ? [
            configurationFamily(
              "",
              (key) => options[key],
              "client",
              () => undefined,
            ),
          ]
        : configurationSource((key) => set[key]);
      const resolve = () => resolveConfiguration({}, [first, environmentSource(set, home)], home, set);
      if (error !== undefined) {
        const { message, code } = await errorOf(resolve);
        assert.equal(message.replaceAll(home, "HOME"), `${error} [VPCEP_CONFIG]`);
        assert.equal(code, "VPCEP_CONFIG");
      } else {
        const { endpoint, authUrl, stsUrl } = resolve();
        assert.deepEqual([new URL(endpoint).host, told(authUrl), told(stsUrl)], to);
      }
    });
  }
});

describe("a request that would go to a host that is not for its credential", () => {
  let own: Emulator;
  let other: Emulator;
  before(async () => {
    [own, other] = await Promise.all([startEmulator(), startEmulator()]);
  });
  after(() => Promise.all([own.close(), other.close()]));

  const role = { HW_ASSUME_ROLE_AGENCY_NAME: "a", HW_ASSUME_ROLE_DOMAIN_NAME: "o" };
  const oidc = { HW_ASSUME_ROLE_IDP_ID: "i", HW_ASSUME_ROLE_ID_TOKEN: "j" };
  for (const [name, set, expected] of [
    ["is no password's of HW_", hwPassword, /^OS_AUTH_URL names the address of IAM, but .* HW_USER_NAME/],
    ["is no identity token's of HW_", oidc, /^OS_AUTH_URL names .* comes from HW_ASSUME_ROLE_IDP_ID/],
    ["is no role's of HW_", { ...hw, ...role }, /: OS_AUTH_URL names .* comes from HW_ACCESS_KEY/],
    ["asks for no project with a key of HW_", hw, /: OS_AUTH_URL names .* comes from HW_ACCESS_KEY/],
    [
      "asks for no project with a token of HW_",
      { HW_AUTH_TOKEN: "t" },
      /: OS_AUTH_URL names .* from HW_AUTH_TOKEN/,
    ],
  ] as const) {
    it(name, async () => {
      const place = { ...de, VPCEP_ENDPOINT: own.url, OS_AUTH_URL: other.url };
      const { code, message } = await errorOf(async () => {
        const client = clientOf({}, { ...place, ...set });
        await client.getEndpointService({ id: serviceId }).finally(() => client.close());
      });
      assert.equal(code, "VPCEP_CONFIG");
      assert.match(message, expected);
      assert.deepEqual([own.requests, other.requests], [[], []]);
    });
  }

  it("is sent where no such host is asked", async () => {
    const { HW_AUTH_URL: _, HUAWEICLOUD_SDK_STS_ENDPOINT: __, ...environment } = own.environment;
    const client = clientOf(
      {},
      { ...environment, OS_AUTH_URL: other.url, HW_PROJECT_ID: own.environment["HW_PROJECT_ID"] ?? "" },
    );
    await client.getEndpointService({ id: serviceId });
    await client.close();
    assert.deepEqual([own.requests.length, other.requests.length], [1, 0]);
  });
});
