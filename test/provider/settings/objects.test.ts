// Proves how settings that are objects are read, from a stack's configuration and from a client's options: every member
// known, nothing taken for something else, and no value shown.
import assert from "node:assert/strict";
import { createVpcepClient, type VpcepClientOptions } from "../../../provider";
import { configurationSource } from "../../../provider/settings/families";
import { errorOf } from "../lookups";

const whole = { region: "eu-de", accessKey: "a", secretKey: "s" };
const known = "agencyName, domainName, domainId, duration, delegatedProject";
const many = "idpId, providerUrn, agencyUrn, idToken, idTokenFile, idTokenVariable, audience";

/** A value, and what is wrong with it, whatever the setting is called. */
const wrong: readonly (readonly [
  key: "assumeRole" | "oidc",
  value: unknown,
  problem: (name: string) => string,
])[] = [
  ["assumeRole", "reader", (name) => `${name} must be an object or a list of objects, but is a string`],
  ["assumeRole", 7, (name) => `${name} must be an object or a list of objects, but is a number`],
  ["assumeRole", true, (name) => `${name} must be an object or a list of objects, but is a boolean`],
  ["oidc", [], (name) => `${name} must be an object, but is an array`],
  ["oidc", "eyJ.secret.text", (name) => `${name} must be an object, but is a string`],
  ["assumeRole", {}, (name) => `${name} has no member that is set: set them, or unset it`],
  [
    "assumeRole",
    { agencyName: "", domainId: null },
    (name) => `${name} has no member that is set: set them, or unset it`,
  ],
  [
    "assumeRole",
    [{ agencyName: "" }],
    (name) => `${name}[0] has no member that is set: set them, or unset it`,
  ],
  ["assumeRole", { agency: "a" }, (name) => `${name} has no member "agency". Its members are ${known}`],
  [
    "oidc",
    { idpId: "p", token: "eyJ.secret.text" },
    (name) => `${name} has no member "token". Its members are ${many}`,
  ],
  [
    "assumeRole",
    { agencyName: { is: "a" } },
    (name) => `${name}.agencyName must be a string, but is an object`,
  ],
  ["assumeRole", { agencyName: ["a"] }, (name) => `${name}.agencyName must be a string, but is an array`],
  ["assumeRole", { agencyName: true }, (name) => `${name}.agencyName must be a string, but is a boolean`],
  ["assumeRole", { agencyName: 1.5 }, (name) => `${name}.agencyName must be a string, but is a number`],
  ["oidc", { idToken: ["eyJ.secret.text"] }, (name) => `${name}.idToken must be a string, but is an array`],
  [
    "assumeRole",
    [{ agencyName: "a", domainId: "d" }, "b"],
    (name) => `${name}[1] must be an object or a list of objects, but is a string`,
  ],
  [
    "assumeRole",
    [{ agencyName: "a", domain: "d" }],
    (name) => `${name}[0] has no member "domain". Its members are ${known}`,
  ],
  ["assumeRole", [[]], (name) => `${name}[0] must be an object or a list of objects, but is an array`],
];

describe("a setting that is an object", () => {
  for (const [key, value, problem] of wrong) {
    const shown = JSON.stringify(value);
    it(`is refused in a configuration: ${key} ${shown}`, async () => {
      for (const prefix of ["vpcep:", "huaweicloud:"]) {
        const { message, code } = await errorOf(() =>
          configurationSource((name) => (name === `${prefix}${key}` ? shown : undefined)),
        );
        assert.equal(message, `${problem(`${prefix}${key}`)} [VPCEP_CONFIG]`);
        assert.equal(code, "VPCEP_CONFIG");
      }
    });

    it(`is refused among a client's options: ${key} ${shown}`, async () => {
      const options = { ...whole, [key]: value } as VpcepClientOptions;
      const { message } = await errorOf(() => createVpcepClient(options));
      assert.equal(message, `${problem(key)} [VPCEP_CONFIG]`);
    });
  }

  for (const [text, why] of [
    ["{agencyName:a}", ""],
    ['{"agencyName":"secret-name"', ""],
    ['{"agencyName":"a","agencyName":"b"}', ': the key "agencyName" stands in it twice'],
  ] as const) {
    it(`is refused where it is no JSON: ${text}`, async () => {
      const { message } = await errorOf(() =>
        configurationSource((name) => (name === "vpcep:assumeRole" ? text : undefined)),
      );
      assert.equal(
        message,
        `vpcep:assumeRole must be an object, as \`pulumi config set --path vpcep:assumeRole.MEMBER VALUE\` makes one, but is no JSON${why} [VPCEP_CONFIG]`,
      );
    });
  }

  it("is nothing where it is empty, and a member likewise", async () => {
    assert.doesNotThrow(() => configurationSource((name) => (name === "vpcep:assumeRole" ? "" : undefined)));
    const options = {
      ...whole,
      oidc: undefined,
      assumeRole: { agencyName: "a", domainName: "", domainId: null },
    };
    const { message } = await errorOf(() => createVpcepClient(options as unknown as VpcepClientOptions));
    assert.match(message, /^assumeRole\.agencyName is set, but assumeRole\.domainName is not: /);
  });

  it("keeps every digit of a number", () => {
    const [family] = configurationSource((name) =>
      name === "vpcep:assumeRole" ? '{"agencyName":"a","domainName":12345678901234567890}' : undefined,
    );
    assert.equal(family?.get("vpcep:assumeRole.domainName"), "12345678901234567890");
  });

  it("gives its secrets to the redaction, whatever else is wrong", async () => {
    const oidc = { idpId: "p", idToken: "An.identity.token" };
    const { message } = await errorOf(() =>
      createVpcepClient({ ...whole, region: "An.identity.token", oidc }),
    );
    assert.match(
      message,
      /^region must be the id of a region, such as eu-de or cn-north-4, but is "\[redacted\]"/,
    );
  });

  it("is the client's own: what changes later changes nothing", async () => {
    const assumeRole = { agencyName: "a", domainName: "d" };
    const client = createVpcepClient({ ...whole, assumeRole });
    assumeRole.agencyName = "b";
    assert.equal(client.credentialChain().at(-1)?.who, 'the agency "a" of the account "d"');
    await client.close();
  });
});
