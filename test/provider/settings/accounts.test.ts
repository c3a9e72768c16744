// Proves where a named account is found, that nothing of it is the default one's, and what each refusal says.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { resolveConfiguration } from "../../../provider/client/configuration";
import type { Configuration } from "../../../provider/client/configurationTypes";
import { configurationSource, environmentSource } from "../../../provider/settings/families";
import { originOf } from "../../../provider/settings/hosts";
import type { AskedPlace } from "../../../provider/settings/settingsTypes";
import { errorOf, everythingOf } from "../lookups";

type Values = Readonly<Record<string, string>>;

/** A configuration, with the credential in it. */
interface Resolved extends Omit<Configuration, "authentication"> {
  readonly role: Configuration["authentication"]["role"];
  readonly credential: { readonly kind: string; readonly from: string; readonly [part: string]: unknown };
}

/** The default account, which has everything. */
const defaults: Values = {
  "vpcep:region": "eu-de",
  "vpcep:projectId": "default-project",
  "vpcep:cloud": "default.example.com",
  "vpcep:endpoint": "https://vpcep.default.example.com",
  "vpcep:authUrl": "https://iam.default.example.com",
  "vpcep:token": "default-token",
  "vpcep:timeoutMs": "31000",
  "vpcep:attemptTimeoutMs": "7000",
  "vpcep:maxAttempts": "2",
  OS_CACERT: "/etc/ca.pem",
  "vpcep:assumeRole": '[{"agencyName":"default-agency","domainName":"default-domain"}]',
  HW_ACCESS_KEY: "DEFAULTKEY",
  HW_SECRET_KEY: "default-secret",
  HW_PROJECT_NAME: "default-name",
  VPCEP_ENDPOINT: "https://env.default.example.com",
};

const prod = { region: "eu-nl", accessKey: "PRODKEY", secretKey: "prod-secret" };

describe("a named account", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "accounts-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  function write(path: string, text: string | object): string {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof text === "string" ? text : JSON.stringify(text));
    return file;
  }

  /** The configuration for an account among these, with everything of the default one beside it. */
  function resolve(
    accounts: unknown,
    asked: AskedPlace = { account: "prod" },
    values: Values = {},
  ): Resolved {
    const all: Values = {
      ...defaults,
      ...(accounts === undefined
        ? {}
        : { "vpcep:accounts": typeof accounts === "string" ? accounts : JSON.stringify(accounts) }),
      ...values,
    };
    const { authentication, ...configuration } = resolveConfiguration(
      asked,
      [configurationSource((name) => all[name]), environmentSource(all)],
      home,
    );
    const { role } = authentication;
    return { ...configuration, role, credential: authentication.credential as Resolved["credential"] };
  }

  async function refusal(accounts: unknown, asked?: AskedPlace, values?: Values): Promise<string> {
    const error = await errorOf(() => resolve(accounts, asked, values));
    assert.equal(error.code, "VPCEP_CONFIG");
    assert.doesNotMatch(everythingOf(error), /secret\b(?!Key)|default-token/);
    return error.message.replace(" [VPCEP_CONFIG]", "").replaceAll(home, "~");
  }

  it("is all of its own, but for timeouts, attempts, authorities and the server's metadata", () => {
    const { secrets, ...configuration } = resolve({ prod });
    assert.deepEqual(configuration, {
      account: "prod",
      region: "eu-nl",
      projectId: undefined,
      projectName: "eu-nl",
      endpoint: "https://vpcep.eu-nl.otc.t-systems.com",
      authUrl: { origin: "https://iam.eu-nl.otc.t-systems.com", from: "by region" },
      stsUrl: undefined,
      role: undefined,
      credential: {
        kind: "keys",
        accessKey: "PRODKEY",
        secretKey: "prod-secret",
        securityToken: undefined,
        from: "vpcep:accounts.prod.accessKey, vpcep:accounts.prod.secretKey",
      },
      metadataEndpoint: "http://169.254.169.254",
      caFile: { value: "/etc/ca.pem", from: "OS_CACERT" },
      attemptTimeoutMs: 7_000,
      timeoutMs: 31_000,
      maxAttempts: 2,
      settingNames: {
        projectId: ["vpcep:accounts.prod.projectId"],
        projectName: ["vpcep:accounts.prod.projectName"],
        authUrl: ["vpcep:accounts.prod.authUrl"],
        stsUrl: ["vpcep:accounts.prod.stsUrl"],
        caFile: ["vpcep:accounts.prod.caFile", "vpcep:caFile", "OS_CACERT"],
        timeoutMs: ["vpcep:accounts.prod.timeoutMs", "vpcep:timeoutMs"],
      },
      origins: {
        region: "vpcep:accounts.prod.region",
        project: "the region's own",
        endpoint: "by region",
      },
    });
    assert.ok(secrets.includes("prod-secret"));
  });

  it("may have its own of everything, and a lookup's region and project beat it", () => {
    const whole = {
      ...prod,
      projectId: "prod-project",
      cloud: "prod.example.com",
      endpoint: "https://vpcep.prod.example.com",
      endpoints: { iam: "https://iam.prod.example.com/v3", sts: "https://sts.prod.example.com" },
      assumeRole: { agencyName: "prod-agency", domainName: 12_345 },
      timeoutMs: 9_000,
      caFile: "~/prod.pem",
    };
    const of = (asked: AskedPlace) => resolve({ prod: whole }, { account: "prod", ...asked });
    const own = of({});
    assert.deepEqual(
      [
        own.projectId,
        own.endpoint,
        originOf(own.authUrl),
        own.stsUrl && originOf(own.stsUrl),
        own.timeoutMs,
        own.maxAttempts,
        own.caFile?.value,
      ],
      [
        "prod-project",
        "https://vpcep.prod.example.com",
        "https://iam.prod.example.com",
        "https://sts.prod.example.com",
        9_000,
        2,
        join(home, "prod.pem"),
      ],
    );
    assert.equal(own.role?.hops[0]?.agencyName, "prod-agency");
    const elsewhere = of({ region: "eu-nl", projectId: "asked" });
    assert.deepEqual([elsewhere.projectId, elsewhere.origins.project], ["asked", "the lookup's arguments"]);
    const { region, endpoint } = resolve({ prod }, { account: "prod", region: "eu-de" });
    assert.deepEqual([region, endpoint], ["eu-de", "https://vpcep.eu-de.otc.t-systems.com"]);
  });

  it("leaves the default account as it is", () => {
    const { account, credential, region, secrets } = resolve({ prod }, {});
    assert.deepEqual([account, credential.kind, region], [undefined, "token", "eu-de"]);
    assert.ok(secrets.includes("prod-secret"), "the secrets of every account are known");
  });

  it("keeps the secrets of all accounts and of the default one from what is shown", () => {
    const { secrets } = resolve({
      prod,
      other: { password: "other-password", token: "other-token", securityToken: "other-security" },
    });
    assert.deepEqual([...secrets].sort(), [
      "default-secret",
      "default-token",
      "other-password",
      "other-security",
      "other-token",
      "prod-secret",
    ]);
  });

  it("keeps every secret of the environment from what is shown, those that are not used too", () => {
    const environment: Values = {
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "buys-a-token",
      OS_AUTH_TOKEN: "first-of-two",
      OS_TOKEN: "second-of-two",
      MINE: "named-by-an-account\n",
    };
    const accounts = { prod, pipeline: { oidc: { idpId: "p", idTokenVariable: "MINE" } } };
    const config: Values = { "vpcep:accounts": JSON.stringify(accounts) };
    const { secrets } = resolveConfiguration(
      { account: "prod" },
      [configurationSource((name) => config[name]), environmentSource(environment)],
      home,
      environment,
    );
    assert.deepEqual([...secrets].sort(), [
      "buys-a-token",
      "first-of-two",
      "named-by-an-account",
      "prod-secret",
      "second-of-two",
    ]);
  });

  it("keeps the variables' secrets that a cloud stands in place of from what is shown", () => {
    const auth = { token: "t-1", auth_url: "https://a/v3" };
    const environment: Values = {
      OS_CLOUD: "team",
      OS_CLIENT_CONFIG_FILE: write("clouds.yaml", { clouds: { team: { auth } } }),
      OS_PASSWORD: "left-aside",
      HW_REGION_NAME: "left-aside",
    };
    assert.throws(
      () => resolveConfiguration({}, [environmentSource(environment)], home, environment),
      /but is "\[redacted\]"/,
    );
  });

  it("takes numbers and booleans as Pulumi's command line makes them of texts", () => {
    const text = `{"prod":{"region":"eu-nl","userName":12345678901234567890,"password":true,"domainName":42}}`;
    const { credential } = resolve(text);
    assert.deepEqual(credential, {
      kind: "password",
      user: { name: "12345678901234567890" },
      password: "true",
      domain: { name: "42" },
      from: "vpcep:accounts.prod.userName, vpcep:accounts.prod.password, vpcep:accounts.prod.domainName",
    });
  });

  it("is found under huaweicloud: too, whatever its name is", () => {
    for (const [name, path] of [
      ["a b.c", '["a b.c"]'],
      ["__proto__", ".__proto__"],
      ["constructor", ".constructor"],
      ["2", ".2"],
    ] as const) {
      const accounts = `{${JSON.stringify(name)}:${JSON.stringify(prod)}}`;
      const { credential } = resolve(undefined, { account: name }, { "huaweicloud:accounts": accounts });
      assert.equal(
        credential.from,
        `huaweicloud:accounts${path}.accessKey, huaweicloud:accounts${path}.secretKey`,
      );
    }
  });

  describe("in a profile file", () => {
    const hcloud = {
      current: "default",
      profiles: [
        { name: "default", mode: "AKSK", accessKeyId: "DEFAULTPROFILE", secretAccessKey: "x-secret" },
        {
          name: "prod",
          mode: "AKSK",
          region: "eu-nl",
          accessKeyId: "PROFILEKEY",
          secretAccessKey: "profile-secret",
        },
        { name: "empty", mode: "AKSK", region: "eu-nl" },
      ],
    };
    const ini =
      "[basic]\nak = INIDEFAULT\nsk = y-secret\n[team]\nak = INIKEY\nsk = ini-secret\nproject_id = p1\n";

    it("is the profile of that name, of either of the tools' files", () => {
      write(".hcloud/config.json", hcloud);
      write(".huaweicloud/credentials", ini);
      const { credential, region, projectId } = resolve(undefined);
      assert.deepEqual([credential["accessKey"], region, projectId], ["PROFILEKEY", "eu-nl", undefined]);
      const team = resolve(undefined, { account: "team", region: "eu-de" });
      assert.deepEqual(
        [team.credential["secretKey"], team.projectId, team.endpoint],
        ["ini-secret", "p1", "https://vpcep.eu-de.otc.t-systems.com"],
      );
      assert.deepEqual([...team.secrets].sort(), ["default-secret", "default-token", "ini-secret"]);
    });

    it("is looked for in the file that a setting names, and there alone", async () => {
      write(".hcloud/config.json", hcloud);
      const file = write("team.ini", ini);
      const values = { HW_SHARED_CONFIG_FILE: file };
      const { credential } = resolve(undefined, { account: "team", region: "eu-de" }, values);
      assert.equal(credential.from, `ak in profile "team" of ${file}, sk in profile "team" of ${file}`);
      assert.equal(
        await refusal(undefined, { account: "prod" }, values),
        'There is no account "prod"; known are "basic", "team". Set it with `pulumi config set --path` as an entry of vpcep:accounts, or as a profile of that name',
      );
    });

    it("may be named by an entry, which adds what a profile cannot say", () => {
      write(".hcloud/config.json", hcloud);
      const file = write("team.ini", ini);
      const entry = { profile: "prod", endpoint: "https://vpcep.eu-nl.example.com" };
      const named = resolve({ alias: entry }, { account: "alias" });
      assert.deepEqual(
        [named.credential["accessKey"], named.region, named.endpoint],
        ["PROFILEKEY", "eu-nl", "https://vpcep.eu-nl.example.com"],
      );
      const shared = resolve(
        { alias: { profile: "team", region: "eu-de" } },
        { account: "alias" },
        { HW_SHARED_CONFIG_FILE: file },
      );
      assert.equal(shared.credential["accessKey"], "INIKEY");
      const own = resolve(
        { alias: { profile: "team", region: "eu-de", sharedConfigFile: "~/team.ini" } },
        { account: "alias" },
      );
      assert.equal(own.credential["accessKey"], "INIKEY");
    });

    it("is refused where an entry has a credential beside the profile that it names", async () => {
      write(".hcloud/config.json", hcloud);
      assert.equal(
        await refusal({ alias: { ...prod, profile: "prod" } }, { account: "alias" }),
        'Account "alias": vpcep:accounts.alias.profile names a profile with a credential (accessKeyId in profile "prod" of ~/.hcloud/config.json), but vpcep:accounts.alias.accessKey is set too: nobody knows which is to ask. Unset one of them',
      );
    });

    it("asks whatever OS_CLOUD names, which the default account needs", async () => {
      const values = { OS_CLOUD: "missing", OS_CLIENT_CONFIG_FILE: write("clouds.yaml", { clouds: {} }) };
      assert.equal(resolve({ prod }, undefined, values).credential["accessKey"], "PRODKEY");
      assert.equal(resolve({ prod }, undefined, values).caFile?.value, "/etc/ca.pem");
      assert.equal(
        await refusal({ prod }, {}, values),
        'OS_CLOUD is "missing", but ~/clouds.yaml has no such cloud; it has none',
      );
    });

    it("has the authorities of its own before those of the default account", () => {
      const auth = { auth_url: "https://iam.eu-de.otc.t-systems.com/v3", ak: "AK", sk: "team-sk" };
      const file = write("own.yaml", { clouds: { team: { auth, cacert: "/own.pem" } } });
      const entry = { profile: "team", sharedConfigFile: "~/own.yaml" };
      for (const [accounts, account, values] of [
        [{ alias: entry }, "alias", {}],
        [{ alias: entry }, "alias", { "vpcep:caFile": "/default.pem" }],
        [undefined, "team", { HW_SHARED_CONFIG_FILE: file }],
      ] as const) {
        assert.equal(resolve(accounts, { account }, values).caFile?.value, "/own.pem");
      }
      const other = { ...entry, caFile: "/entry.pem" };
      assert.equal(resolve({ alias: other }, { account: "alias" }).caFile?.value, "/entry.pem");
    });

    it("is refused where there is another of that name, with both places", async () => {
      write(".hcloud/config.json", hcloud);
      const also = "Rename all but one, or remove them";
      assert.equal(
        await refusal({ prod }),
        `There is more than one account "prod": in vpcep:accounts and ~/.hcloud/config.json. ${also}`,
      );
      write(".huaweicloud/credentials", "[prod]\nak = A\nsk = z-secret\n");
      assert.equal(
        await refusal(undefined),
        `There is more than one account "prod": in ~/.hcloud/config.json and ~/.huaweicloud/credentials. ${also}`,
      );
      assert.equal(
        await refusal(
          { one: prod },
          { account: "one" },
          { "huaweicloud:accounts": JSON.stringify({ one: prod }) },
        ),
        `There is more than one account "one": in vpcep:accounts and huaweicloud:accounts. ${also}`,
      );
    });

    it("is not missed for a file that cannot be read, unless it is nowhere else", async () => {
      write(".hcloud/config.json", "{ broken secret");
      assert.equal(resolve({ prod }).credential.kind, "keys");
      assert.equal(await refusal({ other: prod }), "~/.hcloud/config.json is not JSON");
    });

    it("may be this server's own key where it says so, or where it enters another account with it", () => {
      write(".hcloud/config.json", {
        profiles: [{ name: "prod", mode: "ecsAgency", region: "eu-nl" }],
      });
      assert.equal(resolve(undefined).credential.kind, "metadata");
      const role = { region: "eu-nl", assumeRole: { agencyName: "a", domainName: "d" } };
      assert.equal(resolve({ role }, { account: "role" }).credential.kind, "metadata");
    });

    it("is never the default profile, nor this server's own key", async () => {
      write(".hcloud/config.json", hcloud);
      assert.equal(
        await refusal({ bare: { region: "eu-nl" } }, { account: "bare" }),
        'Account "bare": vpcep:accounts.bare has no credential: give it an accessKey and a secretKey, or another credential, of its own',
      );
      assert.equal(
        await refusal(undefined, { account: "empty" }),
        'Account "empty": profile "empty" of ~/.hcloud/config.json has no credential: give it an accessKey and a secretKey, or another credential, of its own',
      );
    });
  });

  const malformed = "must be an object of accounts by their names, but is";
  const noJson =
    "must be an object, as `pulumi config set --path vpcep:accounts.MEMBER VALUE` makes one, but is no JSON";
  for (const [what, accounts, message] of [
    ["a text that is no JSON", "prod-secret", `vpcep:accounts ${noJson}`],
    ["a JSON text", '"prod-secret"', `vpcep:accounts ${malformed} a string`],
    ["a list", [prod], `vpcep:accounts ${malformed} an array`],
    [
      "an entry that is a text",
      { prod: "prod-secret" },
      "vpcep:accounts.prod must be an object of settings, but is a string",
    ],
    [
      "an entry that is nothing",
      { prod: null },
      "vpcep:accounts.prod must be an object of settings, but is null",
    ],
    [
      "a name twice",
      `{"prod":${JSON.stringify(prod)},"prod":${JSON.stringify(prod)}}`,
      `vpcep:accounts ${noJson}: the key "prod" stands in it twice`,
    ],
    [
      "a number that would lose digits",
      '{"prod":{"secretKey":1.50}}',
      "vpcep:accounts.prod.secretKey must be a string: as a number it would lose digits. Put it in quotes",
    ],
    [
      "half a credential",
      { prod: { region: "eu-nl", secretKey: "prod-secret" } },
      'Account "prod": vpcep:accounts.prod.secretKey is set, but vpcep:accounts.prod.accessKey is not: the parts of a credential are set together, under names that begin alike. Set what is missing, or unset the rest',
    ],
    [
      "no region",
      { prod: { accessKey: "A", secretKey: "prod-secret" } },
      'Account "prod": No region: pass region to the lookup, or set vpcep:accounts.prod.region',
    ],
    [
      "a secret in the wrong place",
      { prod: { ...prod, region: "prod-secret" } },
      'Account "prod": region must be the id of a region, such as eu-de or cn-north-4, but is "[redacted]" (from vpcep:accounts.prod.region)',
    ],
  ] as const) {
    it(`is refused with ${what}, and no value is shown`, async () => {
      assert.equal(await refusal(accounts), message);
    });
  }

  it("is refused with a setting that there is not, whichever account is asked for", async () => {
    for (const asked of [{}, { account: "prod" }, { account: "other" }]) {
      const message = await refusal({ prod, other: { secretkey: "prod-secret" } }, asked);
      assert.match(
        message,
        /^vpcep:accounts\.other\.secretkey is no setting of an account, which has region, projectId, .*maxAttempts\. Did you mean secretKey\?$/,
      );
    }
    assert.match(
      await refusal({ prod: { ...prod, accounts: {} } }),
      /^vpcep:accounts\.prod\.accounts is no setting/,
    );
  });

  it("is refused when it is not known, with those that are", async () => {
    const steps =
      "Set it with `pulumi config set --path` as an entry of vpcep:accounts, or as a profile of that name";
    assert.equal(await refusal(undefined), `There is no account "prod"; none is known. ${steps}`);
    assert.equal(
      await refusal({ one: prod, two: prod }),
      `There is no account "prod"; known are "one", "two". ${steps}`,
    );
    const many = Object.fromEntries(Array.from({ length: 22 }, (_, index) => [`a${index}`, prod]));
    assert.match(await refusal(many), /"a19" and 2 more\. /);
  });
});
