// Holds the page on credentials to the code: every name in it is one that is read or refused, and whoever types what it
// shows asks as it says.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { resolveConfiguration } from "../../provider/client/configuration";
import { agencyOf } from "../../provider/credentials/assumedRole";
import { configurationSource, environmentSource } from "../../provider/settings/families";
import { originOf } from "../../provider/settings/hosts";
import { configurationKeys, settingsTable } from "../../provider/settings/table";
import { refuseUnsupported } from "../../provider/settings/unsupported";

const page = readFileSync(join(__dirname, "..", "..", "docs", "credentials.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, text = ""]) => text);

type Values = Record<string, string>;

/** What is set once the commands of a block have run. */
function typed(commands: string): { readonly config: Values; readonly environment: Values } {
  const tree: Record<string, unknown> = {};
  const environment: Values = {};
  for (const command of commands.trim().split("\n")) {
    const [, key = "", value = ""] =
      /^pulumi config set (?:--secret |--path )*(\S+) (\S+)$/.exec(command) ?? [];
    const path = key.split(".");
    let node = tree;
    for (const name of path.slice(0, -1)) {
      node[name] ??= {};
      node = node[name] as Record<string, unknown>;
    }
    if (key !== "") {
      node[path.at(-1) ?? ""] = value;
    }
    const exported = command.startsWith("export ") ? command.matchAll(/(\w+)=(\S+)/g) : [];
    for (const [, name = "", set = ""] of exported) {
      environment[name] = set;
    }
    assert.ok(key !== "" || command.startsWith("export "), command);
  }
  const config = Object.entries(tree).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { config: Object.fromEntries(config) as Values, environment };
}

/** Who asks then: the kind of the credential, and the agencies. */
function asks(config: Values, environment: Values, account?: string, region = "cn-north-4"): string[] {
  const sources = [configurationSource((key) => config[key]), environmentSource(environment)];
  const asked = { region, ...(account === undefined ? {} : { account }) };
  const { authentication } = resolveConfiguration(asked, sources, "/nonexistent", environment);
  return [authentication.credential.kind, ...(authentication.role?.hops ?? []).map(agencyOf)];
}

const gitHub = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://example.com/token?a=1",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
};

describe("the page on credentials", () => {
  it("names what is read, or refused", () => {
    const known = new Set<string>([
      ...Object.values(settingsTable).flatMap(({ environment }) => [...environment]),
      "OS_CLOUD",
      "OS_CLIENT_CONFIG_FILE",
      "OS_CLIENT_SECURE_FILE",
    ]);
    const environmentNames = [...page.matchAll(/\b(?:HW|HUAWEICLOUD_SDK|OS|HC)_[A-Z_]*[A-Z]\b/g)].map(
      ([name]) => name,
    );
    const strangers = environmentNames.filter((name) => {
      try {
        refuseUnsupported([[name, "value"]]);
        return !known.has(name);
      } catch {
        return false;
      }
    });
    assert.deepEqual(strangers, []);
    assert.ok(environmentNames.length > 10);
    const keys = [...page.matchAll(/\b(?:vpcep|huaweicloud):(\w+)/g)].map(([, key = ""]) => key);
    const actions = ["endpointServices", "epservices"];
    assert.deepEqual(
      keys.filter((key) => ![...configurationKeys, ...actions].includes(key)),
      [],
    );
    const members = [...page.matchAll(/\b(?:oidc|assumeRole)\.\w+/g)].map(([key]) => key);
    assert.deepEqual(
      members.filter((key) => !Object.hasOwn(settingsTable, key)),
      [],
    );
  });

  it("shows commands after which it is asked as it says", () => {
    const agency = 'the agency "vpcep-reader" of the account "owner-account"';
    const [role, variables, sts, accounts, ...others] = blocks("console").map(typed);
    assert.ok(role && variables && sts && accounts);
    assert.deepEqual(others, []);
    assert.deepEqual(asks(role.config, role.environment), ["keys", agency]);
    assert.deepEqual(asks(variables.config, variables.environment), ["metadata", agency]);
    assert.deepEqual(asks(sts.config, gitHub), ["oidc"]);
    assert.deepEqual(asks(accounts.config, {}, "prod"), ["keys", agency]);
    assert.deepEqual(asks({ ...role.config, "vpcep:assumeRole": "[]" }, variables.environment), ["keys"]);
  });

  it("shows a job of GitHub Actions, in ten lines, that needs no key", () => {
    const [, text = ""] = blocks("yaml");
    assert.equal(text.trim().split("\n").length, 10);
    const job = load(text) as { readonly env: Values; readonly permissions: Values };
    assert.equal(job.permissions["id-token"], "write");
    assert.deepEqual(asks({}, { ...job.env, ...gitHub }), ["oidc"]);
  });

  it("shows a cloud that asks with a password", () => {
    const home = mkdtempSync(join(tmpdir(), "home-"));
    const file = join(home, "clouds.yaml");
    writeFileSync(file, blocks("yaml")[0] ?? "");
    assert.deepEqual(asks({}, { OS_CLOUD: "team", OS_CLIENT_CONFIG_FILE: file }, undefined, "eu-de"), [
      "password",
    ]);
    rmSync(home, { recursive: true });
  });

  it("shows accounts of which each asks as it says", () => {
    const [, , text = "", ...others] = blocks("yaml");
    assert.deepEqual(others, []);
    const { config } = load(text) as { readonly config: Record<string, Record<string, object>> };
    const accounts = Object.fromEntries(
      Object.entries(config["vpcep:accounts"] ?? {}).map(([name, entry]) => [
        name,
        "secretKey" in entry ? { ...entry, secretKey: "..." } : entry,
      ]),
    );
    const asksAs = (account: string) => asks({ "vpcep:accounts": JSON.stringify(accounts) }, gitHub, account);
    assert.deepEqual(asksAs("prod"), ["keys", 'the agency "vpcep-reader" of the account "owner-account"']);
    assert.deepEqual(asksAs("pipeline"), ["oidc"]);
    const home = mkdtempSync(join(tmpdir(), "home-"));
    mkdirSync(join(home, ".huaweicloud"));
    writeFileSync(join(home, ".huaweicloud", "credentials"), "[private-cloud]\nak = a\nsk = s\n");
    const sources = [
      configurationSource((key) => (key === "vpcep:accounts" ? JSON.stringify(accounts) : "")),
    ];
    const { endpoint, authUrl } = resolveConfiguration({ account: "private" }, sources, home, {});
    rmSync(home, { recursive: true });
    assert.deepEqual(
      [endpoint, originOf(authUrl)],
      ["vpcep", "iam"].map((name) => `https://${name}.eu-private-1.cloud.example.com`),
    );
  });

  it("links to its own headings", () => {
    const anchors = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor);
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w ]/g, "")
        .replaceAll(" ", "-"),
    );
    assert.deepEqual(
      anchors.filter((anchor = "") => !headings.includes(anchor)),
      [],
    );
  });
});
