// The golden table of who asks: what stands in files, in the configuration and in the environment, and the credential and
// the role that follow from it, or the error. Every row is a test.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { resolveConfiguration } from "../../../provider/client/configuration";
import type { Hop } from "../../../provider/credentials/role";
import { configurationSource, environmentSource } from "../../../provider/settings/families";
import { errorOf, type Values } from "./clients";

interface Row {
  readonly files?: Values;
  /** The environment, and the configuration by its keys with a colon. */
  readonly set?: Values;
  /** What of the credential tells it from all others, and each hop. */
  readonly who?: readonly string[];
  /** What is said in its place. */
  readonly error?: string;
}

const koo = (...profiles: readonly object[]) => ({
  ".hcloud/config.json": JSON.stringify({ current: "default", profiles }),
});
const ini = (...lines: readonly string[]) => ({ ".huaweicloud/credentials": lines.join("\n") });
const aksk = (name: string, accessKeyId = `AK-${name}`) => ({
  name,
  mode: "AKSK",
  accessKeyId,
  secretAccessKey: "s",
});
const assume = (name: string, sourceProfile: string, more: object = {}) => ({
  name,
  mode: "AssumeRole",
  sourceProfile,
  agencyName: "reader",
  agencyDomainName: "owner",
  ...more,
});

const hw: Values = { HW_ACCESS_KEY: "AK-hw", HW_SECRET_KEY: "s" };
const sdk: Values = { HUAWEICLOUD_SDK_AK: "AK-sdk", HUAWEICLOUD_SDK_SK: "s" };
const os: Values = { OS_ACCESS_KEY: "AK-os", OS_SECRET_KEY: "s" };
const config: Values = { "vpcep:accessKey": "AK-config", "vpcep:secretKey": "s" };
const bridged: Values = { "huaweicloud:accessKey": "AK-bridged", "huaweicloud:secretKey": "s" };
const hwRole: Values = { HW_ASSUME_ROLE_AGENCY_NAME: "hw", HW_ASSUME_ROLE_DOMAIN_ID: "d-1" };
const osRole: Values = { OS_AGENCY_NAME: "os", OS_AGENCY_DOMAIN_NAME: "owner" };
const role = (agencyName: string) => JSON.stringify({ agencyName, domainName: "owner" });
const gitHub: Values = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://example.com/token?a=1",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
};

const rows: Readonly<Record<string, Row>> = {
  "nothing at all": { who: ["metadata"] },
  "GitHub's variables alone begin nothing": { set: gitHub, who: ["metadata"] },

  "a token before an identity token": {
    set: { HW_AUTH_TOKEN: "t", HW_ASSUME_ROLE_IDP_ID: "idp", HW_ASSUME_ROLE_ID_TOKEN: "j" },
    who: ["token t"],
  },
  "an identity token before a key pair": {
    set: { ...sdk, HUAWEICLOUD_SDK_IDP_ID: "idp", HUAWEICLOUD_SDK_ID_TOKEN_FILE: "/f" },
    who: ["oidc idp by file /f"],
  },
  "an identity token before a key pair of another family in the environment": {
    set: { ...hw, HUAWEICLOUD_SDK_IDP_ID: "idp", HUAWEICLOUD_SDK_ID_TOKEN_FILE: "/f" },
    who: ["oidc idp by file /f"],
  },
  "a key pair before a password": {
    set: { ...hw, HW_USER_NAME: "u", HW_USER_PASSWORD: "p", HW_DOMAIN_NAME: "d" },
    who: ["keys AK-hw"],
  },
  "the configuration before the environment": { set: { ...config, ...hw }, who: ["keys AK-config"] },
  "the environment before files": { set: hw, files: koo(aksk("default")), who: ["keys AK-hw"] },
  "KooCLI's file before the SDK's": {
    files: { ...koo(aksk("default")), ...ini("[basic]", "ak = AK-ini", "sk = s") },
    who: ["keys AK-default"],
  },

  "a profile that the configuration names before the environment": {
    files: koo(aksk("default"), aksk("other")),
    set: { "vpcep:profile": "other", ...hw, OS_TOKEN: "t" },
    who: ["keys AK-other"],
  },
  "a file that the configuration names before the environment": {
    files: { "mine.json": koo(aksk("default"))[".hcloud/config.json"] },
    set: { "huaweicloud:sharedConfigFile": "~/mine.json", HW_AUTH_TOKEN: "t" },
    who: ["keys AK-default"],
  },
  "the environment before a profile that it names": {
    files: koo(aksk("default"), aksk("other")),
    set: { HW_PROFILE: "other", ...hw, OS_TOKEN: "t" },
    who: ["token t"],
  },
  "a profile that a family names after the families before it": {
    files: koo(aksk("default"), aksk("other")),
    set: { HW_PROFILE: "other", ...config },
    who: ["keys AK-config"],
  },
  "a file that the SDK's family names after the HW_ family": {
    files: { "mine.json": koo(aksk("default"))[".hcloud/config.json"] },
    set: { HUAWEICLOUD_SDK_CREDENTIALS_FILE: "~/mine.json", ...hw },
    who: ["keys AK-hw"],
  },
  "a profile without a credential, which is no other family's": {
    files: ini("[place]", "region = cn-north-4"),
    set: { "vpcep:profile": "place", ...hw },
    who: ["keys AK-hw"],
  },
  "a profile that wants the metadata before the environment": {
    files: koo({ name: "server", mode: "ecsAgency" }),
    set: { "vpcep:profile": "server", ...hw },
    who: ["metadata"],
  },
  "a profile beside a credential of the family that names it": {
    files: koo(aksk("default"), aksk("other")),
    set: { "vpcep:profile": "other", ...config },
    error:
      'vpcep:profile names a profile with a credential (accessKeyId in profile "other" of HOME/.hcloud/config.json), but vpcep:accessKey is set too: nobody knows which is to ask. Unset one of them',
  },
  "a profile that wants the metadata beside a credential of the family that names it": {
    files: koo({ name: "server", mode: "ecsAgency" }),
    set: { "vpcep:profile": "server", "vpcep:token": "t" },
    error:
      'vpcep:profile names a profile with a credential (mode in profile "server" of HOME/.hcloud/config.json), but vpcep:token is set too: nobody knows which is to ask. Unset one of them',
  },
  "a file beside a credential of the family that names it": {
    files: { "mine.json": koo(aksk("default"))[".hcloud/config.json"] },
    set: { "vpcep:sharedConfigFile": "~/mine.json", ...config },
    error:
      'vpcep:sharedConfigFile names a profile with a credential (accessKeyId in profile "default" of HOME/mine.json), but vpcep:accessKey is set too: nobody knows which is to ask. Unset one of them',
  },

  "an identity token from the setting itself": {
    set: { HW_ASSUME_ROLE_IDP_ID: "idp", HW_ASSUME_ROLE_ID_TOKEN: "j" },
    who: ["oidc idp by text HW_ASSUME_ROLE_ID_TOKEN"],
  },
  "an identity token beside its file": {
    set: { HW_ASSUME_ROLE_IDP_ID: "idp", HW_ASSUME_ROLE_ID_TOKEN: "j", HW_ASSUME_ROLE_ID_TOKEN_FILE: "/f" },
    error:
      "HW_ASSUME_ROLE_ID_TOKEN and HW_ASSUME_ROLE_ID_TOKEN_FILE are set: an identity token comes from one place. Unset all but one",
  },
  "an identity token beside its file, in the configuration": {
    set: { "vpcep:oidc": '{"idpId":"idp","idToken":"j","idTokenFile":"/f"}' },
    error:
      "vpcep:oidc.idToken and vpcep:oidc.idTokenFile are set: an identity token comes from one place. Unset all but one",
  },
  "an identity token beside the audience of another": {
    set: { "vpcep:oidc": '{"idpId":"idp","idToken":"j","audience":"a"}' },
    error:
      "vpcep:oidc.idToken and vpcep:oidc.audience are set: an identity token comes from one place. Unset all but one",
  },
  "an identity token from a file before GitHub's": {
    set: { ...gitHub, HW_ASSUME_ROLE_IDP_ID: "idp", HW_ASSUME_ROLE_ID_TOKEN_FILE: "~/f" },
    who: ["oidc idp by file HOME/f"],
  },
  "an identity token from a file that stays where it is": {
    set: { HW_ASSUME_ROLE_IDP_ID: "idp", HW_ASSUME_ROLE_ID_TOKEN_FILE: "token" },
    who: [`oidc idp by file ${resolve("token")}`],
  },
  "an identity token of GitHub": {
    set: { ...gitHub, "vpcep:oidc": '{"idpId":"idp","audience":"a"}' },
    who: ["oidc idp by request /token?a=1&audience=a"],
  },
  "an identity token in the variable that is named": {
    set: { "vpcep:oidc": '{"idpId":"idp","idTokenVariable":"MINE"}', MINE: "j" },
    who: ["oidc idp by text MINE (vpcep:oidc.idTokenVariable)"],
  },
  "an identity token for STS": {
    set: { "vpcep:oidc": '{"providerUrn":"p","agencyUrn":"a","idTokenFile":"/f"}' },
    who: ["oidc p a by file /f"],
  },
  "an identity token of the SDK's file before its key": {
    files: ini("[basic]", "ak = a", "sk = s", "idp_id = idp", "id_token_file = /f"),
    who: ["oidc idp by file /f"],
  },

  "a password of a user with an id, without an account": {
    set: { OS_USER_ID: "u-1", OS_PASSWORD: "p" },
    who: ["password id u-1 of"],
  },
  "a password of a user with a name and an id": {
    set: { HW_USER_ID: "u-1", HW_USER_NAME: "u", HW_USER_PASSWORD: "p", HW_DOMAIN_NAME: "d" },
    who: ["password id u-1 of name d"],
  },
  "a password within an account by its id": {
    set: { HW_USER_NAME: "u", HW_USER_PASSWORD: "p", HW_DOMAIN_ID: "d-1" },
    who: ["password name u of id d-1"],
  },
  "a password within an account by both": {
    set: { HW_USER_NAME: "u", HW_USER_PASSWORD: "p", HW_DOMAIN_ID: "d-1", HW_DOMAIN_NAME: "d" },
    who: ["password name u of id d-1"],
  },
  "a user's account before all others": {
    set: {
      OS_USERNAME: "u",
      OS_PASSWORD: "p",
      OS_USER_DOMAIN_NAME: "of-the-user",
      OS_DOMAIN_NAME: "d",
      OS_PROJECT_DOMAIN_NAME: "of-the-project",
    },
    who: ["password name u of name of-the-user"],
  },
  "an account before a project's": {
    set: { OS_USERNAME: "u", OS_PASSWORD: "p", OS_DOMAIN_NAME: "d", OS_PROJECT_DOMAIN_NAME: "p" },
    who: ["password name u of name d"],
  },
  "a project's account where it is alone": {
    set: { OS_USERNAME: "u", OS_PASSWORD: "p", OS_PROJECT_DOMAIN_ID: "d-1" },
    who: ["password name u of id d-1"],
  },
  "a user's account by its name before a project's by its id": {
    set: { OS_USERNAME: "u", OS_PASSWORD: "p", OS_USER_DOMAIN_NAME: "d", OS_PROJECT_DOMAIN_ID: "d-1" },
    who: ["password name u of name d"],
  },

  "a role over the key of its family": { set: { ...hw, ...hwRole }, who: ["keys AK-hw", "hw of d-1"] },
  "a role over the token of its family": {
    set: { HW_AUTH_TOKEN: "t", ...hwRole },
    who: ["token t", "hw of d-1"],
  },
  "a role over the identity token of its family": {
    set: { HW_ASSUME_ROLE_IDP_ID: "idp", HW_ASSUME_ROLE_ID_TOKEN_FILE: "/f", ...hwRole },
    who: ["oidc idp by file /f", "hw of d-1"],
  },
  "a role over the password of its family": {
    set: { OS_USERNAME: "u", OS_PASSWORD: "p", OS_USER_DOMAIN_NAME: "d", ...osRole },
    who: ["password name u of name d", "os of owner"],
  },
  "a role over the metadata": { set: hwRole, who: ["metadata", "hw of d-1"] },
  "a role of the second family over the metadata": { set: osRole, who: ["metadata", "os of owner"] },
  "two roles over the metadata": { set: { ...osRole, ...hwRole }, who: ["metadata", "hw of d-1"] },
  "the role of the credential's family beside another": {
    set: { ...hw, ...hwRole, ...osRole },
    who: ["keys AK-hw", "hw of d-1"],
  },
  "a role of the configuration": {
    set: { ...config, "vpcep:assumeRole": role("r") },
    who: ["keys AK-config", "r of owner"],
  },
  "a role of the bridged provider's configuration": {
    set: { ...bridged, "huaweicloud:assumeRole": role("r") },
    who: ["keys AK-bridged", "r of owner"],
  },
  "several roles in turn": {
    set: { ...config, "vpcep:assumeRole": `[${role("a")},${role("b")}]` },
    who: ["keys AK-config", "a of owner", "b of owner"],
  },
  "no role, said of the configuration's credential": {
    set: { ...config, "vpcep:assumeRole": "[]", ...hwRole, "huaweicloud:assumeRole": role("r") },
    who: ["keys AK-config"],
  },
  "no role, said of the environment's credential": {
    set: { ...hw, ...hwRole, "vpcep:assumeRole": "[]" },
    who: ["keys AK-hw"],
  },
  "no role, said of the bridged provider's credential": {
    set: { ...bridged, "huaweicloud:assumeRole": role("r"), "vpcep:assumeRole": "[]" },
    who: ["keys AK-bridged"],
  },
  "no role, said after the one that is chosen": {
    set: { ...config, "vpcep:assumeRole": role("r"), "huaweicloud:assumeRole": "[]" },
    who: ["keys AK-config", "r of owner"],
  },
  "no role, said beside a profile that has one": {
    files: koo(aksk("base"), assume("other", "base")),
    set: { "vpcep:profile": "other", "vpcep:assumeRole": "[]" },
    who: ["keys AK-base"],
  },
  "no role, said where there is no credential": {
    set: { "vpcep:assumeRole": "[]", ...hwRole },
    who: ["metadata"],
  },
  "a role of numbers, as Pulumi makes them": {
    set: { ...config, "vpcep:assumeRole": '{"agencyName":7,"domainName":42,"duration":900}' },
    who: ["keys AK-config", "7 of 42 for 900"],
  },
  "a role whose length is a text": {
    set: { ...config, "vpcep:assumeRole": '{"agencyName":"a","domainId":"d","duration":"86400"}' },
    who: ["keys AK-config", "a of d for 86400"],
  },

  "a role of the SDK's key": {
    set: { ...sdk, ...hwRole },
    error:
      "HW_ASSUME_ROLE_AGENCY_NAME sets a role, but the credential comes from HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK: a role is assumed over a credential of the same family of names. Set both under one, or unset the role",
  },
  "a role of another family": {
    set: { ...hw, ...osRole },
    error:
      "OS_AGENCY_NAME sets a role, but the credential comes from HW_ACCESS_KEY, HW_SECRET_KEY: a role is assumed over a credential of the same family of names. Set both under one, or unset the role",
  },
  "a role in the environment beside a key in the configuration": {
    set: { ...config, ...os, ...osRole },
    error:
      "OS_AGENCY_NAME sets a role, but the credential comes from vpcep:accessKey, vpcep:secretKey: a role is assumed over a credential of the same family of names. Set both under one, or unset the role",
  },
  "a role in the configuration beside a key in the environment": {
    set: { ...hw, "vpcep:assumeRole": `[${role("a")}]` },
    error:
      "vpcep:assumeRole[0].agencyName sets a role, but the credential comes from HW_ACCESS_KEY, HW_SECRET_KEY: a role is assumed over a credential of the same family of names. Set both under one, or unset the role",
  },
  "a role beside a profile that nobody has named": {
    set: hwRole,
    files: koo(aksk("default")),
    error:
      'HW_ASSUME_ROLE_AGENCY_NAME sets a role, but the credential comes from accessKeyId in profile "default" of HOME/.hcloud/config.json, secretAccessKey in profile "default" of HOME/.hcloud/config.json: a role is assumed over a credential of the same family of names. Set both under one, or unset the role',
  },
  "half a role": {
    set: { ...hw, HW_ASSUME_ROLE_AGENCY_NAME: "a", HW_ASSUME_ROLE_DURATION: "900" },
    error:
      "HW_ASSUME_ROLE_AGENCY_NAME, HW_ASSUME_ROLE_DURATION is set, but HW_ASSUME_ROLE_DOMAIN_NAME is not: a role is an agency and the account that it is of. Set what is missing, or unset the rest",
  },
  "a role without its agency": {
    set: { ...config, "vpcep:assumeRole": `[${role("a")},{"domainId":"d"}]` },
    error:
      "vpcep:assumeRole[1].domainId is set, but vpcep:assumeRole[1].agencyName is not: a role is an agency and the account that it is of. Set what is missing, or unset the rest",
  },
  "a delegated project before the last role": {
    set: {
      ...config,
      "vpcep:assumeRole": `[{"agencyName":"a","domainId":"d","delegatedProject":"p"},${role("b")}]`,
    },
    error:
      "vpcep:assumeRole[0].delegatedProject has no effect: only the account that is entered last is asked. Unset it",
  },
  "a role that is too short": {
    set: { ...hw, ...hwRole, HW_ASSUME_ROLE_DURATION: "899" },
    error: 'HW_ASSUME_ROLE_DURATION must be a whole number of seconds from 900 to 86400, but is "899"',
  },
  "a role of no number": {
    set: { ...hw, ...hwRole, HW_ASSUME_ROLE_DURATION: "1h" },
    error: 'HW_ASSUME_ROLE_DURATION must be a whole number of seconds from 900 to 86400, but is "1h"',
  },
  "an agency's name that is none": {
    set: { ...hw, ...hwRole, HW_ASSUME_ROLE_AGENCY_NAME: "a\nb" },
    error: 'HW_ASSUME_ROLE_AGENCY_NAME must be 1 to 1000 printable characters, but is "a\\nb"',
  },
  "an own account's id that is none": {
    set: { ...hw, ...hwRole, HW_DOMAIN_ID: "a b" },
    error: 'HW_DOMAIN_ID must be 1 to 64 letters, digits, hyphens or underscores, but is "a b"',
  },
  "an account's id that is none": {
    set: { ...hw, HW_ASSUME_ROLE_AGENCY_NAME: "a", HW_ASSUME_ROLE_DOMAIN_ID: "d/../e" },
    error:
      'HW_ASSUME_ROLE_DOMAIN_ID must be 1 to 64 letters, digits, hyphens or underscores, but is "d/../e"',
  },

  "a profile by single sign-on": {
    files: koo({
      name: "default",
      mode: "SSO",
      ssoAuth: { stsToken: { accessKeyId: "AK-sso", secretAccessKey: "s", securityToken: "t" } },
    }),
    who: ["keys AK-sso"],
  },
  "a profile that wants the metadata, whatever keys it keeps": {
    files: koo({ ...aksk("default"), mode: "ecsAgency" }),
    who: ["metadata"],
  },
  "a role over a profile that wants the metadata": {
    files: koo({ name: "default", mode: "ecsAgency" }),
    set: hwRole,
    who: ["metadata", "hw of d-1"],
  },
  "a profile with a role": {
    files: koo(aksk("base"), assume("default", "base")),
    who: ["keys AK-base", "reader of owner"],
  },
  "a profile with a role, in the older word": {
    files: koo(aksk("base"), { ...assume("default", "base", { agencyDomainId: "d-9" }), mode: "agency" }),
    who: ["keys AK-base", "reader of owner d-9"],
  },
  "a profile with a role, whatever keys it keeps": {
    files: koo(aksk("base"), { ...aksk("default"), ...assume("default", "base") }),
    who: ["keys AK-base", "reader of owner"],
  },
  "a profile that a role's family names": {
    files: koo(aksk("default"), aksk("other")),
    set: { HW_PROFILE: "other", ...hwRole },
    who: ["keys AK-other", "hw of d-1"],
  },
  "a profile that the configuration names, with a role": {
    files: koo(aksk("default"), aksk("other")),
    set: { "vpcep:profile": "other", "vpcep:assumeRole": role("r") },
    who: ["keys AK-other", "r of owner"],
  },
  "a profile with a role that is named beside another role": {
    files: koo(aksk("base"), assume("other", "base")),
    set: { HW_PROFILE: "other", ...hwRole },
    error:
      'HW_ASSUME_ROLE_AGENCY_NAME and agencyName in profile "other" of HOME/.hcloud/config.json each set a role. Unset one of them',
  },
  "an agency in a profile of another mode": {
    files: koo({ ...aksk("default"), agencyName: "a" }),
    error:
      'agencyName in profile "default" of HOME/.hcloud/config.json is set, but its mode is "AKSK": use the mode AssumeRole with a sourceProfile, or empty agencyName',
  },
  "a role without a source": {
    files: koo({ ...assume("default", "") }),
    error:
      'mode in profile "default" of HOME/.hcloud/config.json is "AssumeRole", but sourceProfile is not set: it must be the name of a profile of the mode AKSK',
  },
  "a role whose source is missing": {
    files: koo(aksk("base"), assume("default", "bsae")),
    error:
      'sourceProfile in profile "default" of HOME/.hcloud/config.json is "bsae", which the file does not have; it has base, default',
  },
  "a role that is its own source": {
    files: koo(assume("default", "default")),
    error:
      'sourceProfile in profile "default" of HOME/.hcloud/config.json is the profile itself: it must be the name of a profile of the mode AKSK',
  },
  "roles in a circle": {
    files: koo(assume("default", "a"), assume("a", "b"), assume("b", "default")),
    error:
      'sourceProfile in profile "default" of HOME/.hcloud/config.json leads in a circle, default > a > b > default: it must be the name of a profile of the mode AKSK',
  },
  "a role over a role": {
    files: koo(assume("default", "a"), assume("a", "b"), aksk("b")),
    error:
      'sourceProfile in profile "default" of HOME/.hcloud/config.json is "a", whose mode is "AssumeRole": it must be the name of a profile of the mode AKSK',
  },
  "a role over a session": {
    files: koo(assume("default", "a"), { name: "a", mode: "SSO" }),
    error:
      'sourceProfile in profile "default" of HOME/.hcloud/config.json is "a", whose mode is "SSO": it must be the name of a profile of the mode AKSK',
  },
  "a role over half a key": {
    files: koo(assume("default", "a"), { ...aksk("a"), secretAccessKey: "" }),
    error:
      'sourceProfile in profile "default" of HOME/.hcloud/config.json is "a", which has no secretAccessKey: it must be the name of a profile of the mode AKSK',
  },
  "a mode that nobody knows": {
    files: koo({ name: "default", mode: "token" }),
    error:
      'mode in profile "default" of HOME/.hcloud/config.json is "token", which is not supported: use a profile of the mode AKSK, SSO, AssumeRole or ecsAgency',
  },
};

describe("the golden table of credentials", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "golden-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  for (const [name, { files = {}, set = {}, who, error }] of Object.entries(rows)) {
    it(`${error === undefined ? "knows" : "refuses"} ${name}`, async () => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(home, path)), { recursive: true });
        writeFileSync(join(home, path), text);
      }
      const choose = () =>
        resolveConfiguration(
          { region: "cn-north-4" },
          [configurationSource((key) => set[key]), environmentSource(set)],
          home,
          set,
        );
      if (error !== undefined) {
        const { message, code } = await errorOf(choose);
        assert.equal(message.replaceAll(home, "HOME"), `${error} [VPCEP_CONFIG]`);
        assert.equal(code, "VPCEP_CONFIG");
      } else {
        const { credential, role: chosen } = choose().authentication;
        assert.deepEqual([told(credential, home), ...(chosen?.hops ?? []).map(hopTold)], who);
      }
    });
  }
});

/** What credentials of all kinds may have. */
interface Told {
  readonly kind: string;
  readonly token?: string;
  readonly accessKey?: string;
  readonly takenBy?: object;
  readonly idToken?: { readonly kind: string; readonly path?: string; readonly from: string };
  readonly user?: object;
  readonly domain?: object;
}

describe("the project beside a credential", () => {
  let home: string;
  before(() => {
    home = mkdtempSync(join(tmpdir(), "golden-"));
    mkdirSync(join(home, ".hcloud"));
    const profiles = [
      { ...aksk("base"), projectId: "of-base" },
      { ...assume("default", "base"), projectId: "of-default", region: "cn-north-4" },
    ];
    writeFileSync(join(home, ".hcloud", "config.json"), JSON.stringify({ current: "default", profiles }));
  });
  after(() => rmSync(home, { recursive: true }));

  const projectOf = (set: Values, asked: object = {}) => {
    const sources = [configurationSource((key) => set[key]), environmentSource(set)];
    const { projectId, projectName } = resolveConfiguration(asked, sources, home, set);
    return projectId ?? `named ${projectName}`;
  };
  const region = { HW_REGION_NAME: "cn-north-4" };

  for (const [name, set, expected, asked] of [
    ["a profile's, with its role", {}, "named cn-north-4"],
    ["a profile's, with a role over it", { HW_PROFILE: "base", ...hwRole, ...region }, "named cn-north-4"],
    ["a profile's, without a role", { HW_PROFILE: "base", ...region }, "of-base"],
    [
      "a profile's that a variable names, beside the configuration's key",
      { HW_PROFILE: "base", ...config, ...region },
      "of-base",
    ],
    ["a profile's, beside another's key", { "vpcep:profile": "base", ...hw, ...region }, "of-base"],
    [
      "the environment's, with a role",
      { ...hw, ...hwRole, ...region, HW_PROJECT_ID: "p" },
      "named cn-north-4",
    ],
    [
      "the environment's by name, with a role",
      { ...hw, ...hwRole, ...region, HW_PROJECT_NAME: "p" },
      "named cn-north-4",
    ],
    ["the environment's, without a role", { ...hw, ...region, HW_PROJECT_ID: "p" }, "p"],
    ["the configuration's, with a role", { ...hw, ...hwRole, ...region, "vpcep:projectId": "p" }, "p"],
    ["the lookup's, with a role", { ...hw, ...hwRole, ...region }, "p", { projectId: "p" }],
    [
      "the delegated one",
      { ...os, ...osRole, ...region, OS_DELEGATED_PROJECT: "p", OS_PROJECT_ID: "q" },
      "named p",
    ],
    [
      "the configuration's, beside a delegated one",
      { ...os, ...osRole, ...region, OS_DELEGATED_PROJECT: "p", "vpcep:projectName": "q" },
      "named q",
    ],
  ] as const) {
    it(`is ${expected} of ${name}`, () => assert.equal(projectOf(set as Values, asked), expected));
  }
});

function told(credential: Told, home: string): string {
  const { kind, token, accessKey, takenBy, idToken, user, domain } = credential;
  switch (kind) {
    case "token":
      return `token ${token}`;
    case "keys":
      return `keys ${accessKey}`;
    case "oidc": {
      const found = (idToken?.path ?? idToken?.from)?.replace(home, "HOME");
      return `oidc ${Object.values(takenBy ?? {}).join(" ")} by ${idToken?.kind} ${found}`;
    }
    case "password":
      return [
        "password",
        ...Object.entries(user ?? {}).flat(),
        "of",
        ...Object.entries(domain ?? {}).flat(),
      ].join(" ");
    default:
      return kind;
  }
}

function hopTold({ agencyName, domainName, domainId, duration }: Hop): string {
  const account = [domainName, domainId].filter(Boolean).join(" ");
  return `${agencyName} of ${account}${duration === undefined ? "" : ` for ${duration}`}`;
}
