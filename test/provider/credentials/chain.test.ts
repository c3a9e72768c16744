// Proves which credential is used, that it is taken whole from one family of names, and that none breaks a header apart.
import assert from "node:assert/strict";
import { chooseCredential } from "../../../provider/credentials/chain";
import { configurationSource, environmentSource } from "../../../provider/settings/families";
import type { SettingSources } from "../../../provider/settings/table";
import { errorOf } from "../lookups";

type Values = Readonly<Record<string, string>>;

function sourcesOf(values: Values): SettingSources {
  return [configurationSource((name) => values[name]), environmentSource(values)];
}

const choose = (values: Values) => chooseCredential(sourcesOf(values)).credential;

const keys = (accessKey: string, secretKey: string, securityToken: string | undefined, from: string) => ({
  kind: "keys",
  accessKey,
  secretKey,
  securityToken,
  from,
});

const password = (userName: string, secret: string, domainName: string, from: string) => ({
  kind: "password",
  user: { name: userName },
  password: secret,
  domain: { name: domainName },
  from,
});

/** Every credential there can be, in the order in which they are looked for; all names of one are distinct. */
const ranking: readonly (readonly [Values, object])[] = [
  [{ "vpcep:token": "t1" }, { kind: "token", token: "t1", from: "vpcep:token" }],
  [{ "huaweicloud:token": "t2" }, { kind: "token", token: "t2", from: "huaweicloud:token" }],
  [
    { "vpcep:accessKey": "a1", "vpcep:secretKey": "s1", "vpcep:securityToken": "st1" },
    keys("a1", "s1", "st1", "vpcep:accessKey, vpcep:secretKey, vpcep:securityToken"),
  ],
  [
    { "huaweicloud:accessKey": "a2", "huaweicloud:secretKey": "s2" },
    keys("a2", "s2", undefined, "huaweicloud:accessKey, huaweicloud:secretKey"),
  ],
  [
    { "vpcep:userName": "u1", "vpcep:password": "p 1", "vpcep:domainName": "d1" },
    password("u1", "p 1", "d1", "vpcep:userName, vpcep:password, vpcep:domainName"),
  ],
  [
    { "huaweicloud:userName": "u2", "huaweicloud:password": "p2", "huaweicloud:domainName": "d2" },
    password("u2", "p2", "d2", "huaweicloud:userName, huaweicloud:password, huaweicloud:domainName"),
  ],
  [{ HW_AUTH_TOKEN: "t3" }, { kind: "token", token: "t3", from: "HW_AUTH_TOKEN" }],
  [{ OS_AUTH_TOKEN: "t4" }, { kind: "token", token: "t4", from: "OS_AUTH_TOKEN" }],
  [{ OS_TOKEN: "t5" }, { kind: "token", token: "t5", from: "OS_TOKEN" }],
  [
    { HW_ACCESS_KEY: "a3", HW_SECRET_KEY: "s3", HW_SECURITY_TOKEN: "st3" },
    keys("a3", "s3", "st3", "HW_ACCESS_KEY, HW_SECRET_KEY, HW_SECURITY_TOKEN"),
  ],
  [
    { HUAWEICLOUD_SDK_AK: "a4", HUAWEICLOUD_SDK_SK: "s4", HUAWEICLOUD_SDK_SECURITY_TOKEN: "st4" },
    keys("a4", "s4", "st4", "HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_SECURITY_TOKEN"),
  ],
  [
    { OS_ACCESS_KEY: "a5", OS_SECRET_KEY: "s5", OS_SECURITY_TOKEN: "st5" },
    keys("a5", "s5", "st5", "OS_ACCESS_KEY, OS_SECRET_KEY, OS_SECURITY_TOKEN"),
  ],
  [
    { HW_USER_NAME: "u3", HW_USER_PASSWORD: "pä\n3", HW_DOMAIN_NAME: "d3" },
    password("u3", "pä\n3", "d3", "HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME"),
  ],
  [
    { OS_USERNAME: "u4", OS_PASSWORD: "p4", OS_USER_DOMAIN_NAME: "d4" },
    password("u4", "p4", "d4", "OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME"),
  ],
];

describe("chooseCredential", () => {
  /** The names in the order in which one credential's parts were found. */
  const sorted = (credential: object) =>
    Object.fromEntries(
      Object.entries(credential).map(([name, value]) => [
        name,
        name === "from" ? String(value).split(", ").sort().join(", ") : value,
      ]),
    );

  for (const [rank, [values, expected]] of ranking.entries()) {
    it(`takes ${Object.keys(values).join(", ")} before all that come after`, () => {
      const set = Object.assign({}, ...ranking.slice(rank).map(([later]) => later));
      assert.deepEqual(sorted(choose(set)), sorted(expected));
    });
  }

  it("does not need a security token, and is not begun by a domain alone", () => {
    assert.deepEqual(
      choose({ HW_ACCESS_KEY: "a", HW_SECRET_KEY: "s" }),
      keys("a", "s", undefined, "HW_ACCESS_KEY, HW_SECRET_KEY"),
    );
    assert.equal(choose({ HW_DOMAIN_NAME: "d" }).kind, "metadata");
  });

  it("takes no part from another family, however alike", () => {
    assert.deepEqual(
      choose({ HW_ACCESS_KEY: "a", HW_SECRET_KEY: "s", OS_SECURITY_TOKEN: "other" }),
      keys("a", "s", undefined, "HW_ACCESS_KEY, HW_SECRET_KEY"),
    );
  });

  it("leaves it to the server's metadata when nothing is begun, and says what it looked at", () => {
    assert.deepEqual(choose({ HW_AUTH_TOKEN: "", "vpcep:accessKey": "" }), {
      kind: "metadata",
      lookedAt: [
        "vpcep:token",
        "vpcep:oidc.idpId",
        "vpcep:accessKey",
        "vpcep:userName",
        "huaweicloud:token",
        "huaweicloud:oidc.idpId",
        "huaweicloud:accessKey",
        "huaweicloud:userName",
        "HW_AUTH_TOKEN",
        "HW_ASSUME_ROLE_IDP_ID",
        "HW_ACCESS_KEY",
        "HW_USER_NAME",
        "HUAWEICLOUD_SDK_IDP_ID",
        "HUAWEICLOUD_SDK_AK",
        "OS_AUTH_TOKEN",
        "OS_TOKEN",
        "OS_ACCESS_KEY",
        "OS_USERNAME",
      ],
      from: "the server's metadata",
    });
  });

  const half =
    "the parts of a credential are set together, under names that begin alike. Set what is missing, or unset the rest";
  for (const [values, set, missing] of [
    [{ HW_ACCESS_KEY: "a" }, "HW_ACCESS_KEY", "HW_SECRET_KEY"],
    [{ HW_SECRET_KEY: "s" }, "HW_SECRET_KEY", "HW_ACCESS_KEY"],
    [{ HW_SECURITY_TOKEN: "st" }, "HW_SECURITY_TOKEN", "HW_ACCESS_KEY"],
    [{ HW_ACCESS_KEY: "a", HW_SECRET_KEY: "" }, "HW_ACCESS_KEY", "HW_SECRET_KEY"],
    [{ HW_ACCESS_KEY: "a", HW_SECURITY_TOKEN: "st" }, "HW_ACCESS_KEY, HW_SECURITY_TOKEN", "HW_SECRET_KEY"],
    [{ HW_ACCESS_KEY: "a", OS_SECRET_KEY: "s" }, "HW_ACCESS_KEY", "HW_SECRET_KEY"],
    [{ HW_ACCESS_KEY: "a", OS_ACCESS_KEY: "b", OS_SECRET_KEY: "c" }, "HW_ACCESS_KEY", "HW_SECRET_KEY"],
    [{ HUAWEICLOUD_SDK_AK: "a" }, "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"],
    [{ "vpcep:accessKey": "a", "huaweicloud:secretKey": "s" }, "vpcep:accessKey", "vpcep:secretKey"],
    [
      { "vpcep:accessKey": "a", HW_ACCESS_KEY: "b", HW_SECRET_KEY: "c" },
      "vpcep:accessKey",
      "vpcep:secretKey",
    ],
    [{ "vpcep:secretKey": "a", HW_AUTH_TOKEN: "t" }, "vpcep:secretKey", "vpcep:accessKey"],
    [{ OS_USERNAME: "u", OS_PASSWORD: "p" }, "OS_USERNAME, OS_PASSWORD", "OS_USER_DOMAIN_NAME"],
    [{ OS_PASSWORD: "p", HW_DOMAIN_NAME: "d" }, "OS_PASSWORD", "OS_USERNAME"],
    [{ HW_USER_NAME: "u", HW_DOMAIN_NAME: "d" }, "HW_USER_NAME, HW_DOMAIN_NAME", "HW_USER_PASSWORD"],
  ] as const) {
    it(`refuses half a credential: ${Object.keys(values).join(", ")}`, async () => {
      const { code, message } = await errorOf(() => choose(values as Values));
      assert.deepEqual(
        [code, message],
        ["VPCEP_CONFIG", `${set} is set, but ${missing} is not: ${half} [VPCEP_CONFIG]`],
      );
    });
  }

  const malformed = [" ", "\n", "\r\nX-Evil: 1", "\t", "\0", "\x7f", "ä", "中", "a b"];
  for (const [name, rest] of [
    ["HW_AUTH_TOKEN", {}],
    ["vpcep:token", {}],
    ["HW_ACCESS_KEY", { HW_SECRET_KEY: "s" }],
    ["HW_SECRET_KEY", { HW_ACCESS_KEY: "a" }],
    ["OS_SECURITY_TOKEN", { OS_ACCESS_KEY: "a", OS_SECRET_KEY: "s" }],
    ["HUAWEICLOUD_SDK_IDP_ID", { HUAWEICLOUD_SDK_ID_TOKEN_FILE: "/f" }],
  ] as const) {
    for (const character of malformed) {
      it(`refuses ${name} with ${JSON.stringify(character)} in it, and does not show it`, async () => {
        for (const value of [`secret-value${character}`, `${character}secret-value`]) {
          const { code, message } = await errorOf(() => choose({ ...rest, [name]: value }));
          assert.deepEqual(
            [code, message],
            [
              "VPCEP_CONFIG",
              `${name} holds a space, a line break or another character that no credential has: set it again [VPCEP_CONFIG]`,
            ],
          );
        }
      });
    }
  }

  it("takes tokens of 64 KiB, and none longer", async () => {
    assert.equal(choose({ HW_AUTH_TOKEN: "t".repeat(65_536) }).kind, "token");
    const { message } = await errorOf(() => choose({ HW_AUTH_TOKEN: "t".repeat(65_537) }));
    assert.equal(message, "HW_AUTH_TOKEN is longer than 65536 characters: set it again [VPCEP_CONFIG]");
  });
});
