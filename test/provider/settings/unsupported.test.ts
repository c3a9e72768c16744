// Proves that a name which would change who asks or how is refused, from wherever it comes, before anything is sent.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVpcepClient, type VpcepClientOptions } from "../../../provider";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { configurationSource, environmentSource } from "../../../provider/settings/families";
import { errorOf } from "../lookups";

type Values = Readonly<Record<string, string>>;

const usable: Values = { HW_REGION_NAME: "eu-de", HW_PROJECT_ID: "p", HW_AUTH_TOKEN: "t" };

describe("a name that would change who asks", () => {
  let home: string;
  before(() => {
    home = mkdtempSync(join(tmpdir(), "unsupported-"));
  });
  after(() => rmSync(home, { recursive: true }));

  const resolve = (values: Values, at = home) =>
    resolveConfiguration(
      {},
      [configurationSource((name) => values[name]), environmentSource({ ...usable, ...values })],
      at,
    );

  const role =
    "a role is not read from this name, and without it the lookup would ask as somebody else. Unset it, and set vpcep:assumeRole, or HW_ASSUME_ROLE_AGENCY_NAME or OS_AGENCY_NAME with the name of its account";
  const authType =
    "no other way of signing in than a password or a token is supported by this name, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password";
  const identityProvider =
    "an identity provider is not read from this name, and without it the lookup would ask as somebody else. Unset it, and set vpcep:oidc, HUAWEICLOUD_SDK_IDP_ID or HW_ASSUME_ROLE_IDP_ID";
  const certificates =
    "certificates are always checked. Unset it, and name your own certificate authorities with vpcep:caFile or OS_CACERT";

  for (const [name, value, problem] of [
    ["HW_ASSUME_ROLE_EXTERNAL_ID", "a", role],
    ["HW_ASSUME_ROLE_DURATION_SECONDS", "900", role],
    ["OS_AGENCY_DOMAIN_ID", "a", role],
    ["OS_TARGET_AGENCY_NAME", "a", role],
    ["OS_TARGET_DOMAIN_NAME", "a", role],
    ["HW_IDP_ID", "a", identityProvider],
    [
      "HC_CONTAINER_CREDENTIALS_FULL_URI",
      "https://127.0.0.1/v1/credentials",
      "the identity of a pod is not supported, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password",
    ],
    ["OS_IDENTITY_PROVIDER", "a", identityProvider],
    ["OS_PROTOCOL", "saml", identityProvider],
    ["OS_AUTH_TYPE", "v3oidcpassword", authType],
    ["OS_AUTH_TYPE", "v3applicationcredential", authType],
    [
      "OS_PASSCODE",
      "123456",
      "a one-time passcode is not supported. Unset it, and use a token or a key pair",
    ],
    ["OS_CERT", "/a.pem", "a certificate of the client is not supported. Unset it"],
    ["OS_KEY", "/a.key", "a certificate of the client is not supported. Unset it"],
    ["HW_INSECURE", "true", certificates],
    ["OS_INSECURE", "1", certificates],
    ["HW_SIGNING_ALGORITHM", "HmacSM3", "requests are signed with HmacSHA256 alone. Unset it"],
    ["huaweicloud:assumeRoles", '[{"agencyName":"a"}]', role],
    ["huaweicloud:agencyName", "a", role],
    ["huaweicloud:insecure", "true", certificates],
    ["huaweicloud:assumeRoleWithOidc", '{"idpId":"a"}', identityProvider],
  ] as const) {
    it(`is refused: ${name}`, async () => {
      const { message, code } = await errorOf(() => resolve({ [name]: value }));
      assert.equal(message, `${name} is set, but ${problem} [VPCEP_CONFIG]`);
      assert.equal(code, "VPCEP_CONFIG");
    });
  }

  it("is passed over where it is empty, or says what holds anyway", () => {
    const harmless: Values = {
      OS_CLOUD: "",
      OS_AUTH_TYPE: "v3Password",
      OS_PROTOCOL: "",
      HW_ASSUME_ROLE_AGENCY_NAME: "",
      HW_INSECURE: "false",
      OS_INSECURE: "0",
      HW_SIGNING_ALGORITHM: "HmacSHA256",
      "huaweicloud:insecure": "false",
    };
    assert.equal(resolve(harmless).authentication.credential.kind, "token");
  });

  it("is refused among the options of a client", async () => {
    const options = { region: "eu-de", token: "t", delegatedProject: "a" } as VpcepClientOptions;
    const { message } = await errorOf(() => createVpcepClient(options));
    assert.equal(message, `delegatedProject is set, but ${role.replace("vpcep:", "")} [VPCEP_CONFIG]`);
  });

  for (const [fields, problem] of [
    [
      { mode: "AKSK", skipSecureVerify: "true" },
      /^skipSecureVerify in profile "p" of .*, but certificates are always checked/,
    ],
    [{ mode: 7 }, /^mode in profile "p" of .* is a number, which is not supported/],
  ] as const) {
    it(`is refused in a profile: ${JSON.stringify(fields)}`, async () => {
      mkdirSync(join(home, ".hcloud"), { recursive: true });
      const profile = { name: "p", accessKeyId: "A", secretAccessKey: "s", ...fields };
      writeFileSync(
        join(home, ".hcloud", "config.json"),
        JSON.stringify({ current: "p", profiles: [profile] }),
      );
      const { message } = await errorOf(() => resolve({ HW_AUTH_TOKEN: "" }));
      assert.match(message, problem);
    });
  }
});
