// Proves which cloud of OpenStack's files is chosen, and which credential and which place it gives: a row for each set of
// files and environment.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { resolveConfiguration } from "../../../../provider/client/configuration";
import { cloudFolders } from "../../../../provider/settings/clouds/cloudFiles";
import { environmentSource } from "../../../../provider/settings/families";
import { originOf } from "../../../../provider/settings/hosts";
import { errorOf } from "../../lookups";

type Values = Readonly<Record<string, string>>;

/** Files by their paths, and variables; `~` is the home folder, `.` the working folder. */
interface Given {
  readonly files?: Values;
  readonly environment?: Values;
  /** The name of an account that asks. */
  readonly account?: string;
}

/** What of a configuration a row tells. */
interface Chosen {
  readonly credential: object;
  readonly region: string;
  readonly authUrl: string;
  readonly project?: string;
  readonly caFile?: string;
  readonly role?: object;
}

const clouds = "~/.config/openstack/clouds.yaml";
const secure = "~/.config/openstack/secure.yaml";
const OS_CLOUD = "otc";
const iam = "https://iam.eu-de.otc.t-systems.com";

/** A file with one cloud, `otc`, of these lines. */
const otc = (...lines: string[]) => `clouds:\n  otc:\n${lines.map((line) => `    ${line}\n`).join("")}`;
const password = "auth: {username: u, password: p, user_domain_name: d, project_name: eu-de_team}";
const user = { kind: "password", user: { name: "u" }, domain: { name: "d" }, password: "p" };
const keys = (accessKey: string, secretKey: string, securityToken?: string) => ({
  kind: "keys",
  accessKey,
  secretKey,
  securityToken,
});
const token = (text: string) => ({ kind: "token", token: text });

/** Aliases of aliases: nine levels of ten, 10^9 values. */
const bomb = [
  "a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
  ...Array.from(
    { length: 8 },
    (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(", ")}]`,
  ),
  "clouds: {otc: *a8}",
].join("\n");

describe("the clouds of OpenStack's files", () => {
  const before = process.cwd();
  let root: string;
  let home: string;
  let workingFolder: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "clouds-")));
    home = join(root, "home");
    workingFolder = join(root, "work");
    mkdirSync(home);
    mkdirSync(workingFolder);
    process.chdir(workingFolder);
  });

  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  const at = (text: string) => text.replaceAll("~/", `${home}/`).replaceAll("./", `${workingFolder}/`);

  function resolve({ files = {}, environment = {}, account }: Given) {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
    }
    const all = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, at(value)]));
    return resolveConfiguration({ account }, [environmentSource(all, home)], home, all);
  }

  function choose(given: Given): Chosen {
    const { authentication, region, authUrl, projectId, projectName, caFile } = resolve(given);
    const {
      from: _,
      hasProject: __,
      remedy: ___,
      ...credential
    } = authentication.credential as unknown as Record<string, unknown>;
    const { role } = authentication;
    return {
      credential,
      region,
      authUrl: originOf(authUrl),
      ...(projectId === undefined
        ? projectName === region
          ? {}
          : { project: projectName }
        : { project: projectId }),
      ...(caFile ? { caFile: caFile.value } : {}),
      ...(role
        ? { role: { ...role.hops[0], from: undefined, delegatedProject: role.delegatedProject?.value } }
        : {}),
    };
  }

  const eu = { region: "eu-de", authUrl: iam };
  const rows: readonly (readonly [name: string, given: Given, chosen: Chosen])[] = [
    [
      "the cloud that OS_CLOUD names",
      {
        files: { [clouds]: `${otc("profile: otc", password)}  other:\n    auth: {token: t}\n` },
        environment: { OS_CLOUD },
      },
      { credential: user, ...eu, project: "eu-de_team" },
    ],
    [
      "the cloud of the working folder, and none of another",
      {
        files: {
          "./clouds.yaml": otc("profile: otc", "auth: {token: here}"),
          [clouds]: otc("profile: otc", "auth: {token: home}"),
        },
        environment: { OS_CLOUD },
      },
      { credential: token("here"), ...eu },
    ],
    [
      "clouds.yml, where there is no clouds.yaml",
      {
        files: {
          "~/.config/openstack/clouds.yml": otc("profile: otc", "auth: {token: yml}"),
          "~/.config/openstack/clouds.json": "{}",
        },
        environment: { OS_CLOUD },
      },
      { credential: token("yml"), ...eu },
    ],
    [
      "clouds.json, with tabs",
      {
        files: {
          "~/.config/openstack/clouds.json":
            '{\n\t"clouds":\t{"otc": {"profile": "otc",\n\t\t"auth": {"token": "j\\u0073on"}}}\n}',
        },
        environment: { OS_CLOUD },
      },
      { credential: token("json"), ...eu },
    ],
    [
      "the file of OS_CLIENT_CONFIG_FILE",
      {
        files: {
          "./clouds.yaml": otc("profile: otc", "auth: {token: here}"),
          "~/other": otc("profile: otc", "auth: {token: named}"),
        },
        environment: { OS_CLOUD, OS_CLIENT_CONFIG_FILE: "~/other" },
      },
      { credential: token("named"), ...eu },
    ],
    [
      "the folder of XDG_CONFIG_HOME",
      {
        files: { "~/xdg/openstack/clouds.yaml": otc("profile: otc", "auth: {token: xdg}") },
        environment: { OS_CLOUD, XDG_CONFIG_HOME: "~/xdg" },
      },
      { credential: token("xdg"), ...eu },
    ],
    [
      "what is secret from secure.yaml, which wins",
      {
        files: {
          [clouds]: otc(
            "profile: otc",
            "auth: {username: u, password: old, user_domain_name: d, project_name: eu-de_team}",
          ),
          [secure]: "clouds: {otc: {auth: {password: p}}}",
        },
        environment: { OS_CLOUD },
      },
      { credential: user, ...eu, project: "eu-de_team" },
    ],
    [
      "a cloud of secure.yaml alone",
      { files: { [secure]: otc("profile: otc", "auth: {token: secure}") }, environment: { OS_CLOUD } },
      { credential: token("secure"), ...eu },
    ],
    [
      "what is secret from OS_CLIENT_SECURE_FILE",
      {
        files: { [clouds]: otc("profile: otc"), "~/vault": "clouds: {otc: {auth: {token: vault}}}" },
        environment: { OS_CLOUD, OS_CLIENT_SECURE_FILE: "~/vault" },
      },
      { credential: token("vault"), ...eu },
    ],
    [
      "no other OS_ variable beside OS_CLOUD",
      {
        files: { [clouds]: otc("profile: otc", password) },
        environment: {
          OS_CLOUD,
          OS_TOKEN: "no",
          OS_AUTH_URL: "https://iam.eu-nl.otc.t-systems.com",
          OS_PROJECT_ID: "no",
          OS_AUTH_TYPE: "v3oidcpassword",
          OS_TRUST_ID: "no",
        },
      },
      { credential: user, ...eu, project: "eu-de_team" },
    ],
    [
      "the variables, where OS_CLOUD is their own name",
      {
        files: { [clouds]: otc("profile: otc", password) },
        environment: { OS_CLOUD: "envvars", OS_TOKEN: "own", OS_REGION_NAME: "eu-nl" },
      },
      { credential: token("own"), region: "eu-nl", authUrl: "https://iam.eu-nl.otc.t-systems.com" },
    ],
    [
      "the variables without OS_CLOUD, and no cloud",
      {
        files: { [clouds]: otc("profile: otc", password) },
        environment: { OS_TOKEN: "own", OS_REGION_NAME: "eu-nl" },
      },
      { credential: token("own"), region: "eu-nl", authUrl: "https://iam.eu-nl.otc.t-systems.com" },
    ],
    [
      "the region of OS_REGION_NAME among a cloud's",
      {
        files: { [clouds]: otc("profile: otc", "auth: {token: t}") },
        environment: { OS_CLOUD, OS_REGION_NAME: "eu-nl" },
      },
      { credential: token("t"), region: "eu-nl", authUrl: "https://iam.eu-nl.otc.t-systems.com" },
    ],
    [
      "the authorities of OS_CACERT, where the cloud has none",
      {
        files: { [clouds]: otc("profile: otc", "auth: {token: t}") },
        environment: { OS_CLOUD, OS_CACERT: "/ca.pem" },
      },
      { credential: token("t"), ...eu, caFile: "/ca.pem" },
    ],
    [
      "a key of HW_ before a password of the cloud, as before one of OS_",
      {
        files: { [clouds]: otc("profile: otc", password) },
        environment: { OS_CLOUD, HW_ACCESS_KEY: "A", HW_SECRET_KEY: "s", HW_REGION_NAME: "eu-de" },
      },
      { credential: keys("A", "s"), ...eu, project: "eu-de_team" },
    ],
    [
      "the only cloud",
      { files: { [clouds]: otc("profile: otc", password) } },
      { credential: user, ...eu, project: "eu-de_team" },
    ],
    [
      "the only cloud of both files",
      { files: { [clouds]: "clouds:\n", [secure]: otc("profile: otc", "auth: {token: s}") } },
      { credential: token("s"), ...eu },
    ],
    [
      "KooCLI's profile before the only cloud",
      {
        files: {
          [clouds]: otc("profile: otc", password),
          "~/.hcloud/config.json":
            '{"profiles": [{"name": "default", "region": "eu-nl", "accessKeyId": "K", "secretAccessKey": "s"}]}',
        },
      },
      { credential: keys("K", "s"), region: "eu-nl", authUrl: "https://iam.eu-nl.otc.t-systems.com" },
    ],
    [
      "the SDK's INI before the only cloud",
      {
        files: {
          [clouds]: otc("profile: otc", password),
          "~/.huaweicloud/credentials": "[basic]\nak = I\nsk = s\nregion = eu-nl\n",
        },
      },
      { credential: keys("I", "s"), region: "eu-nl", authUrl: "https://iam.eu-nl.otc.t-systems.com" },
    ],
    [
      "the cloud that HW_PROFILE names",
      {
        files: { [clouds]: `${otc("auth: {token: no}")}  two: {profile: otc, auth: {token: two}}\n` },
        environment: { HW_PROFILE: "two" },
      },
      { credential: token("two"), ...eu },
    ],
    [
      "the cloud of the file that HW_SHARED_CONFIG_FILE names",
      {
        files: { "~/team.yaml": otc("profile: otc", "auth: {token: team}") },
        environment: { HW_SHARED_CONFIG_FILE: "~/team.yaml" },
      },
      { credential: token("team"), ...eu },
    ],
    [
      "the cloud that an account is named for",
      {
        files: { [clouds]: `${otc("auth: {token: no}")}  two: {profile: otc, auth: {token: two}}\n` },
        account: "two",
      },
      { credential: token("two"), ...eu },
    ],
    [
      "the Swiss vendor, whose address has no scheme",
      { files: { [clouds]: otc("profile: otc-swiss", "auth: {token: t}") }, environment: { OS_CLOUD } },
      { credential: token("t"), region: "eu-ch2", authUrl: "https://iam-pub.eu-ch2.sc.otc.t-systems.com" },
    ],
    [
      "an address without a scheme",
      {
        files: {
          [clouds]: otc(
            "region_name: eu-ch2",
            "auth: {token: t, auth_url: iam-pub.eu-ch2.sc.otc.t-systems.com/v3}",
          ),
        },
        environment: { OS_CLOUD },
      },
      { credential: token("t"), region: "eu-ch2", authUrl: "https://iam-pub.eu-ch2.sc.otc.t-systems.com" },
    ],
    [
      "a vendor of clouds-public.yaml, under the older name of the field",
      {
        files: {
          [clouds]: otc("cloud: own", "auth: {token: t}"),
          "./clouds-public.yaml":
            "public-clouds: {own: {regions: [eu-nl, eu-de], auth: {auth_url: 'https://iam.{region_name}.otc.t-systems.com/v3'}}}",
        },
        environment: { OS_CLOUD },
      },
      { credential: token("t"), region: "eu-nl", authUrl: "https://iam.eu-nl.otc.t-systems.com" },
    ],
    [
      "fields of a region, which beat the cloud's",
      {
        files: {
          [clouds]: otc(
            "auth: {token: t, project_id: general}",
            "region_name: eu-nl",
            "regions: [eu-de, {name: eu-nl, values: {auth: {project_id: special}}}]",
          ),
        },
        environment: { OS_CLOUD },
      },
      {
        credential: token("t"),
        region: "eu-nl",
        authUrl: "https://iam.eu-nl.otc.t-systems.com",
        project: "special",
      },
    ],
    [
      "a template, but none in what is secret",
      {
        files: {
          [clouds]: otc(
            "region_name: eu-de",
            "domain: team",
            "auth: {username: 'u-{region_name}', password: '{region_name}', user_domain_name: d, auth_url: 'https://iam.{region_name}.otc.t-systems.com:443/v3'}",
          ),
        },
        environment: { OS_CLOUD },
      },
      { credential: { ...user, user: { name: "u-eu-de" }, password: "{region_name}" }, ...eu },
    ],
    [
      "what stands beside auth before what is in it",
      {
        files: {
          [clouds]: otc(
            "profile: otc",
            "username: u",
            "project-name: eu-de_team",
            "auth: {username: no, password: p, user-domain-name: d, project_name: no}",
          ),
        },
        environment: { OS_CLOUD },
      },
      { credential: user, ...eu, project: "eu-de_team" },
    ],
    [
      "tenant in place of project, and ids",
      {
        files: { [clouds]: otc("profile: otc", "auth: {user_id: i, password: p, tenant_id: 00123}") },
        environment: { OS_CLOUD },
      },
      {
        credential: { kind: "password", user: { id: "i" }, domain: undefined, password: "p" },
        ...eu,
        project: "00123",
      },
    ],
    [
      "the account of the user before the one of the project",
      {
        files: {
          [clouds]: otc(
            "profile: otc",
            "auth: {username: u, password: p, user_domain_name: d, project_domain_id: no, domain_id: no}",
          ),
        },
        environment: { OS_CLOUD },
      },
      { credential: user, ...eu },
    ],
    [
      "texts that look like numbers, truths and nothing",
      {
        files: {
          [clouds]: otc(
            "profile: otc",
            "auth: {username: 007, password: 0x1F, user_domain_name: yes, project_id: 12345678901234567890}",
          ),
        },
        environment: { OS_CLOUD },
      },
      {
        credential: { kind: "password", user: { name: "007" }, domain: { name: "yes" }, password: "0x1F" },
        ...eu,
        project: "12345678901234567890",
      },
    ],
    [
      "a mapping that is merged in, and null for nothing",
      {
        files: {
          [clouds]: `base: &base {profile: otc, region_name: ~}\n${otc("<<: *base", "auth: {token: t, project_id: }")}`,
        },
        environment: { OS_CLOUD },
      },
      { credential: token("t"), ...eu },
    ],
    [
      "a key pair in auth",
      {
        files: { [clouds]: otc("profile: otc", "auth: {ak: A, sk: S, security_token: T}") },
        environment: { OS_CLOUD },
      },
      { credential: keys("A", "S", "T"), ...eu },
    ],
    [
      "a key pair beside auth",
      { files: { [clouds]: otc("profile: otc", "access_key: A", "sk: S") }, environment: { OS_CLOUD } },
      { credential: keys("A", "S"), ...eu },
    ],
    [
      "a key pair under its whole names, twice the same",
      {
        files: { [clouds]: otc("profile: otc", "ak: A", "auth: {access_key: A, secret_key: S}") },
        environment: { OS_CLOUD },
      },
      { credential: keys("A", "S"), ...eu },
    ],
    [
      "the password that auth_type names, and no key of the object storage",
      {
        files: {
          [clouds]: otc("profile: otc", "auth_type: v3password", "access_key: A", "secret_key: S", password),
        },
        environment: { OS_CLOUD },
      },
      { credential: user, ...eu, project: "eu-de_team" },
    ],
    [
      "what stands below a mapping that secure.yaml leaves empty",
      {
        files: {
          [clouds]: otc("profile: otc", "region_name: eu-de", "auth: {token: t}"),
          [secure]: otc("auth:"),
        },
        environment: { OS_CLOUD },
      },
      { credential: token("t"), region: "eu-de", authUrl: iam },
    ],
    [
      "the token that auth_type names, and no password",
      {
        files: {
          [clouds]: otc("profile: otc", "auth_type: token", "auth: {token: t, username: u, password: p}"),
        },
        environment: { OS_CLOUD },
      },
      { credential: token("t"), ...eu },
    ],
    [
      "the keys that auth_type names, and no token",
      {
        files: { [clouds]: otc("profile: otc", "auth_type: aksk", "auth: {token: t, ak: A, sk: S}") },
        environment: { OS_CLOUD },
      },
      { credential: keys("A", "S"), ...eu },
    ],
    [
      "an agency by a password, and the project that it names",
      {
        files: {
          [clouds]: otc(
            "profile: otc",
            "auth_type: agency",
            "auth: {username: u, password: p, user_domain_name: d, project_name: own, target_agency_name: A, target_domain_name: D, target_project_name: eu-de_target}",
          ),
        },
        environment: { OS_CLOUD },
      },
      {
        credential: user,
        ...eu,
        project: "eu-de_target",
        role: {
          agencyName: "A",
          domainName: "D",
          domainId: undefined,
          duration: undefined,
          from: undefined,
          delegatedProject: "eu-de_target",
        },
      },
    ],
    [
      "an agency by a key pair, and the project by its id",
      {
        files: {
          [clouds]: otc(
            "profile: otc",
            "auth: {ak: A, sk: S, project_id: own, target_agency_name: A, target_domain_id: D, target_project_id: target}",
          ),
        },
        environment: { OS_CLOUD },
      },
      {
        credential: keys("A", "S"),
        ...eu,
        project: "target",
        role: {
          agencyName: "A",
          domainName: undefined,
          domainId: "D",
          duration: undefined,
          from: undefined,
          delegatedProject: undefined,
        },
      },
    ],
    [
      "authorities in the home folder",
      {
        files: { [clouds]: otc("profile: otc", "cacert: ~/ca.pem", "auth: {token: t}") },
        environment: { OS_CLOUD },
      },
      { credential: token("t"), ...eu, caFile: "~/ca.pem" },
    ],
    [
      "checks of certificates that nobody switches off",
      {
        files: { [clouds]: otc("profile: otc", "verify: true", "insecure: false", "auth: {token: t}") },
        environment: { OS_CLOUD },
      },
      { credential: token("t"), ...eu },
    ],
    [
      "the file of otc-auth: a token, and the region of its IAM",
      {
        files: {
          [clouds]:
            "clouds:\n  dom_eu-de_team:\n    profile: dom_eu-de_team\n    auth_type: token\n    interface: public\n    auth:\n      auth_url: https://iam.eu-de.otc.t-systems.com:443/v3\n      token: t\n      project_domain_name: eu-de_team\n",
        },
      },
      { credential: token("t"), ...eu },
    ],
  ];
  for (const [name, given, chosen] of rows) {
    it(`give ${name}`, () => {
      assert.deepEqual(choose(given), { ...chosen, ...(chosen.caFile ? { caFile: at(chosen.caFile) } : {}) });
    });
  }

  const label = `cloud "otc" of ${clouds}`;
  const unchecked =
    "but certificates are always checked. Remove it, and name your own certificate authorities with cacert";
  const otherWay =
    "is set, but this way of signing in is not supported, and without it the lookup would ask as somebody else. Remove it, and use a token, a key pair or a password";
  const one = (content: string, environment: Values = { OS_CLOUD }): Given => ({
    files: { [clouds]: content },
    environment,
  });
  const two = `${otc("auth: {token: t}")}  other: {auth: {token: t}}\n`;
  const searched = "./, ~/.config/openstack, /etc/xdg/openstack, /etc/openstack";
  const refused: readonly (readonly [name: string, given: Given, problem: string])[] = [
    ...["password", "token", "access_key", "ak", "secret_key", "sk", "security_token"].map(
      (field) =>
        [
          `an address with {${field}} in it`,
          {
            files: {
              [clouds]: otc(
                "profile: otc",
                `auth: {${field}: s3cret, auth_url: "https://{${field}}.example.com"}`,
              ),
            },
            environment: { OS_CLOUD },
          },
          `auth.auth_url in cloud "otc" of ${clouds} has {${field}} in it, a secret that would be shown. Write out what is meant`,
        ] as const,
    ),
    [
      "no file",
      { environment: { OS_CLOUD } },
      `OS_CLOUD is "otc", but there is no clouds.yaml in ${searched}`,
    ],
    [
      "no cloud of the name",
      one(two, { OS_CLOUD: "missing" }),
      `OS_CLOUD is "missing", but ${clouds} has no such cloud; it has otc, other`,
    ],
    [
      "no cloud at all",
      one("", { OS_CLOUD }),
      `OS_CLOUD is "otc", but ${clouds} has no such cloud; it has none`,
    ],
    [
      "the name of a member of every object",
      one(two, { OS_CLOUD: "constructor" }),
      `OS_CLOUD is "constructor", but ${clouds} has no such cloud; it has otc, other`,
    ],
    [
      "Flexible Engine's meaning of OS_CLOUD",
      { environment: { OS_CLOUD: "prod-cloud-ocb.orange-business.com" } },
      `OS_CLOUD is "prod-cloud-ocb.orange-business.com", and there is no clouds.yaml in ${searched}. If it is the domain of a cloud, as Flexible Engine's tools take it, unset it, and set HW_CLOUD`,
    ],
    [
      "Flexible Engine's meaning beside a file",
      one(two, { OS_CLOUD: "a.example" }),
      `OS_CLOUD is "a.example", and ${clouds} has no such cloud; it has otc, other. If it is the domain of a cloud, as Flexible Engine's tools take it, unset it, and set HW_CLOUD`,
    ],
    [
      "two clouds without OS_CLOUD",
      one(two, {}),
      `${clouds} has the clouds otc, other, and none is chosen: set OS_CLOUD to one of them`,
    ],
    [
      "a name of HW_PROFILE that no file has",
      one(two, { HW_PROFILE: "x" }),
      `${clouds} has no cloud "x"; it has otc, other`,
    ],
    [
      "HW_PROFILE without any file",
      { environment: { HW_PROFILE: "x" } },
      "HW_PROFILE names a profile, but there is no ~/.hcloud/config.json and no ~/.huaweicloud/credentials and no clouds.yaml",
    ],
    [
      "a file that is none",
      { environment: { OS_CLOUD, OS_CLIENT_CONFIG_FILE: "~/none" } },
      "~/none (OS_CLIENT_CONFIG_FILE) cannot be read (ENOENT)",
    ],
    [
      "a secret file that is none",
      { ...one(two), environment: { OS_CLOUD, OS_CLIENT_SECURE_FILE: "~/none" } },
      "~/none (OS_CLIENT_SECURE_FILE) cannot be read (ENOENT)",
    ],
    [
      "what is not YAML, without a word of it",
      one('clouds:\n  otc:\n    auth: {token: "canary'),
      `${clouds} cannot be read as YAML: line 4`,
    ],
    [
      "a tag, which may be a password",
      one(otc("auth: {password: !canary x}")),
      `${clouds} cannot be read as YAML: line 3`,
    ],
    [
      "an alias of nothing, which may be a password",
      one(otc("auth: {password: *canary}")),
      `${clouds} cannot be read as YAML: line 3`,
    ],
    [
      "a key that stands twice",
      one(otc("auth: {token: a, token: b}")),
      `${clouds} cannot be read as YAML: line 3`,
    ],
    ["two documents", one("a: b\n---\nc: d\n"), `${clouds} cannot be read as YAML`],
    [
      "aliases of aliases",
      one(bomb),
      `${clouds} has more than 20000 values, or 100 levels, once its aliases are followed`,
    ],
    [
      "an alias of itself",
      one("clouds: &a {otc: *a}"),
      `${clouds} has more than 20000 values, or 100 levels, once its aliases are followed`,
    ],
    ["levels without end", one("[".repeat(50_000)), `${clouds} cannot be read as YAML: line 1`],
    [
      "a file that is too large",
      one(`# ${"x".repeat(1024 * 1024)}`),
      `${clouds} is larger than 1048576 bytes`,
    ],
    ["a list", one("- otc\n"), `${clouds} must be a mapping, with the clouds in it by their names`],
    ["clouds that are a list", one("clouds: [otc]\n"), `clouds in ${clouds} must be a mapping, by names`],
    ["a cloud that is a text", one("clouds: {otc: eu-de}\n"), `${label} must be a mapping`],
    [
      "a region that the vendor has not",
      one(otc("profile: otc", "region_name: eu-ch2", "auth: {token: t}")),
      `region_name in ${label} is "eu-ch2", but the regions of ${label} are eu-de, eu-nl`,
    ],
    [
      "a region in another case",
      one(otc("profile: otc", "region_name: EU-DE", "auth: {token: t}")),
      `region_name in ${label} is "EU-DE", but the regions of ${label} are eu-de, eu-nl`,
    ],
    [
      "a region of OS_REGION_NAME that the cloud has not",
      one(otc("profile: otc", "auth: {token: t}"), { OS_CLOUD, OS_REGION_NAME: "eu-ch2" }),
      `OS_REGION_NAME is "eu-ch2", but the regions of ${label} are eu-de, eu-nl`,
    ],
    [
      "a vendor that is an address",
      one(otc("profile: https://vendor.example", "auth: {token: t}")),
      `profile in ${label} is an address, which is not asked: set auth_url and region_name in its place`,
    ],
    [
      "verify: false",
      one(otc("verify: false", "auth: {token: t}")),
      `verify in ${label} is false, ${unchecked}`,
    ],
    ["verify: 'no'", one(otc("verify: 'no'", "auth: {token: t}")), `verify in ${label} is no, ${unchecked}`],
    [
      "insecure: true",
      one(otc("insecure: true", "auth: {token: t}")),
      `insecure in ${label} is true, ${unchecked}`,
    ],
    [
      "verify: false of a vendor",
      {
        files: {
          [clouds]: otc("profile: own", "auth: {token: t}"),
          "./clouds-public.yaml": "public-clouds: {own: {verify: false}}",
        },
        environment: { OS_CLOUD },
      },
      `verify in ${label} is false, ${unchecked}`,
    ],
    [
      "insecure: true in auth",
      one(otc("auth: {token: t, insecure: true}")),
      `auth.insecure in ${label} is true, ${unchecked}`,
    ],
    [
      "verify: false in auth",
      one(otc("verify: true", "auth: {token: t, verify: False}")),
      `auth.verify in ${label} is False, ${unchecked}`,
    ],
    [
      "a certificate of the client in auth",
      one(otc("auth: {token: t, cert: /c.pem}")),
      `auth.cert in ${label} is set, but a certificate of the client is not supported. Remove it`,
    ],
    [
      "a list where auth is a mapping",
      one(otc("region_name: eu-de", "ak: A", "sk: S", "auth: [{auth_url: https://private/v3}]")),
      `auth in ${label} must be a mapping, not a list`,
    ],
    [
      "a text where auth is a mapping, over a vendor's",
      {
        files: {
          [clouds]: otc("profile: own", "region_name: eu-de", "ak: A", "sk: canary", "auth: canary"),
          "./clouds-public.yaml": "public-clouds: {own: {auth: {auth_url: https://private/v3}}}",
        },
        environment: { OS_CLOUD },
      },
      `auth in ${label} is a mapping in one place and a text in another`,
    ],
    [
      "a list where auth is a mapping, below that of secure.yaml",
      {
        files: {
          [clouds]: otc("profile: otc", "auth: [{auth_url: https://private/v3}]"),
          [secure]: otc("auth: {token: canary}"),
        },
        environment: { OS_CLOUD },
      },
      `auth in otc in ${clouds} and ${secure} is a list in one place and a mapping in another`,
    ],
    [
      "a mapping of secure.yaml over a text",
      {
        files: {
          [clouds]: otc("profile: otc", "region_name: eu-de", "auth: {token: t}"),
          [secure]: otc("region_name: {canary: canary}"),
        },
        environment: { OS_CLOUD },
      },
      `region_name in otc in ${clouds} and ${secure} is a text in one place and a mapping in another`,
    ],
    ...(
      [
        ["auth_type: [v3oidcaccesstoken]", "auth_type", "list"],
        ["region_name: {a: b}", "region_name", "mapping"],
        ["ak: [canary]", "ak", "list"],
        ["profile: [otc]", "profile", "list"],
        ["cloud: {name: otc}", "cloud", "mapping"],
        ["verify: {a: false}", "verify", "mapping"],
        ["insecure: []", "insecure", "list"],
        ["cacert: [a.pem]", "cacert", "list"],
        ["vpcep_endpoint_override: [https://private]", "vpcep_endpoint_override", "list"],
        ["regions: [{name: [eu-de]}]", "a name in regions", "list"],
        ["regions: [[eu-de]]", "a name in regions", "list"],
      ] as const
    ).map(
      ([line, name, found]) =>
        [
          `a ${found} where a text belongs: ${line}`,
          one(otc(line, "auth: {ak: A, sk: S}")),
          `${name} in ${label} must be a text, not a ${found}`,
        ] as const,
    ),
    [
      "a list where the values of a region are a mapping",
      one(
        otc("regions: [{name: eu-de, values: [{auth: {auth_url: https://private/v3}}]}]", "ak: A", "sk: S"),
      ),
      `values of eu-de in regions in ${label} must be a mapping, not a list`,
    ],
    [
      "a region without a name",
      one(otc("regions: {values: {auth_url: https://private/v3}}", "auth: {token: t}")),
      `regions in ${label} has one without a name`,
    ],
    [
      "a vendor that is a list",
      {
        files: {
          [clouds]: otc("profile: own", "auth: {token: t}"),
          "./clouds-public.yaml": "public-clouds: {own: [{auth: {auth_url: https://private/v3}}]}",
        },
        environment: { OS_CLOUD },
      },
      `the profile of ${label} must be a mapping, not a list`,
    ],
    [
      "a certificate of the client",
      one(otc("cert: /c.pem", "auth: {token: t}")),
      `cert in ${label} is set, but a certificate of the client is not supported. Remove it`,
    ],
    [
      "a passcode",
      one(otc("auth: {username: u, password: p, passcode: 123456}")),
      `passcode in ${label} ${otherWay}`,
    ],
    [
      "an application credential",
      one(otc("auth: {application-credential-id: a}")),
      `application_credential_id in ${label} ${otherWay}`,
    ],
    [
      "another auth_type",
      one(otc("auth_type: v3oidcpassword", "auth: {token: t}")),
      `auth_type in ${label} is "v3oidcpassword", which is not supported, and without it the lookup would ask as somebody else: use token, password or agency, or a key pair without auth_type`,
    ],
    [
      "an agency without a name",
      one(otc("auth_type: agency", "auth: {token: t}")),
      `auth_type in ${label} is agency, but target_agency_name is not set in its auth`,
    ],
    [
      "an agency without an account",
      one(otc("profile: otc", "auth: {token: t, target_agency_name: a}")),
      `auth.target_agency_name in ${label} is set, but auth.target_domain_name in ${label} is not: a role is an agency and the account that it is of. Set what is missing, or unset the rest`,
    ],
    [
      "two access keys",
      one(otc("ak: A", "auth: {access_key: B, secret_key: S}")),
      `ak in ${label} and auth.access_key in ${label} differ: remove one of them`,
    ],
    [
      "two secret keys",
      one(otc("auth: {ak: A, sk: canary, secret_key: S}")),
      `auth.secret_key in ${label} and auth.sk in ${label} differ: remove one of them`,
    ],
    [
      "half a key pair",
      one(otc("profile: otc", "auth: {ak: A}")),
      `auth.ak in ${label} is set, but auth.secret_key in ${label} is not: the parts of a credential are set together, under names that begin alike. Set what is missing, or unset the rest`,
    ],
    [
      "half a password",
      one(otc("profile: otc", "auth: {username: u, user_domain_name: d}")),
      `auth.username in ${label}, auth.user_domain_name in ${label} is set, but auth.password in ${label} is not: the parts of a credential are set together, under names that begin alike. Set what is missing, or unset the rest`,
    ],
    [
      "no credential",
      one(otc("profile: otc", "auth: {}")),
      `${label} has no credential of the kind that it says it has: give it a token, a user and a password, or a key pair in its auth`,
    ],
    [
      "none of the kind that auth_type names",
      one(otc("profile: otc", "auth_type: token", "auth: {username: u, password: p}"), {}),
      `${label} has no credential of the kind that it says it has: give it a token, a user and a password, or a key pair in its auth`,
    ],
    [
      "no region",
      one(otc("auth: {token: t}")),
      "No region: pass region to the lookup, or set HW_REGION_NAME in the environment",
    ],
  ];
  for (const [name, given, problem] of refused) {
    it(`are refused for ${name}`, async () => {
      const { message, code } = await errorOf(() => choose(given));
      const relative = message.replaceAll(`${home}/`, "~/").replaceAll(workingFolder, "./");
      assert.equal(relative, `${problem} [VPCEP_CONFIG]`);
      assert.equal(code, "VPCEP_CONFIG");
      assert.doesNotMatch(message, /canary/);
    });
  }

  it("are refused where a file of them is a pipe, which nobody waits for", async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    const pipe = join(home, "pipe.yaml");
    execFileSync("mkfifo", [pipe]);
    for (const variable of ["OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_CLIENT_VENDOR_FILE"]) {
      const files = { [clouds]: otc("profile: otc", "auth: {token: t}") };
      const { message } = await errorOf(() =>
        resolve({ files, environment: { OS_CLOUD, [variable]: pipe } }),
      );
      assert.equal(
        message,
        `${pipe} (${variable}) is a pipe or a device, but is read again and again: name a file [VPCEP_CONFIG]`,
      );
    }
  });

  it("are refused where the first file may not be read, and no other is read in its place", async function () {
    const first = join(workingFolder, "clouds.yaml");
    const given = {
      files: {
        [first]: otc("profile: otc", "auth: {token: no}"),
        [clouds]: otc("profile: otc", "auth: {token: t}"),
      },
      environment: { OS_CLOUD },
    };
    resolve({ files: given.files });
    chmodSync(first, 0);
    const isRoot = process.geteuid?.() === 0;
    if (process.platform === "win32") {
      this.skip();
    }
    // Who runs as root may read everything.
    chmodSync(root, 0o755);
    if (isRoot) {
      process.seteuid?.(65_534);
    }
    try {
      const { message } = await errorOf(() => resolve({ environment: { OS_CLOUD } }));
      assert.equal(message, `${first} cannot be read (EACCES) [VPCEP_CONFIG]`);
    } finally {
      if (isRoot) {
        process.seteuid?.(0);
      }
    }
  });

  for (const [platform, environment, folders] of [
    ["linux", {}, ["/work", "/home/me/.config/openstack", "/etc/xdg/openstack", "/etc/openstack"]],
    [
      "linux",
      { XDG_CONFIG_HOME: "/xdg", XDG_CONFIG_DIRS: "/a:/b" },
      [
        "/work",
        "/xdg/openstack",
        "/home/me/.config/openstack",
        "/a/openstack",
        "/b/openstack",
        "/etc/openstack",
      ],
    ],
    [
      "darwin",
      {},
      [
        "/work",
        "/home/me/Library/Application Support/openstack",
        "/home/me/.config/openstack",
        "/Library/Application Support/openstack",
        "/etc/openstack",
      ],
    ],
    [
      "win32",
      { LOCALAPPDATA: "C:\\Local", APPDATA: "C:\\Roaming", PROGRAMDATA: "C:\\Data" },
      [
        "/work",
        "C:\\Local\\OpenStack\\openstack",
        "C:\\Roaming\\OpenStack\\openstack",
        "\\home\\me\\.config\\openstack",
        "C:\\Data\\OpenStack\\openstack",
        "/etc/openstack",
      ],
    ],
  ] as const) {
    it(`are looked for in ${folders.length} folders of ${platform}`, () => {
      const machine = { home: "/home/me", environment, workingFolder: "/work", platform };
      assert.deepEqual(cloudFolders(machine), folders);
    });
  }

  it("are looked for without a home folder too", () => {
    const machine = { home: undefined, environment: {}, workingFolder: "/work", platform: "linux" } as const;
    assert.deepEqual(cloudFolders(machine), ["/work", "/etc/xdg/openstack", "/etc/openstack"]);
  });
});
