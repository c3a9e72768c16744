// Proves how a command line is taken apart: what each means, and that whatever is wrong with one is said, whichever way
// it is wrong.
import assert from "node:assert/strict";
import { type CommandRun, parseCommandLine, UsageError } from "../../../provider/command/commandLine";
import { commands } from "../../../provider/command/commands";
import { lookups } from "../../../provider/lookups";

function runOf(...line: readonly string[]): CommandRun {
  const parsed = parseCommandLine(line);
  assert.equal(parsed.kind, "run");
  return (parsed as { readonly run: CommandRun }).run;
}

function refusalOf(...line: readonly string[]): UsageError {
  try {
    parseCommandLine(line);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error;
  }
  return assert.fail(`${line.join(" ")} is not refused`);
}

describe("a command line", () => {
  for (const [line, definition, args] of [
    ["get a", lookups.endpointService, { id: "a" }],
    ["get --name orders", lookups.endpointServiceByName, { serviceName: "orders" }],
    ["get -- -a", lookups.endpointService, { id: "-a" }],
    ["list", lookups.endpointServices, {}],
    [
      "--status failed list --sort-key=createdAt --sort-direction asc",
      lookups.endpointServices,
      { status: "failed", sortKey: "createdAt", sortDirection: "asc" },
    ],
    [
      "connections a --endpoint-id b",
      lookups.endpointServiceConnections,
      { serviceId: "a", endpointId: "b" },
    ],
    ["permissions a --permission=*", lookups.endpointServicePermissions, { serviceId: "a", permission: "*" }],
    ["endpoints --vpc-id=-a", lookups.endpoints, { vpcId: "-a" }],
    ["quotas --resource-type endpoint", lookups.quotas, { resourceType: "endpoint" }],
    ["wait a --timeout 5", lookups.endpointService, { waitFor: "available", waitTimeoutMs: 5_000, id: "a" }],
    ["doctor", undefined, {}],
    ["doctor a", undefined, { id: "a" }],
  ] as const) {
    it(`means a lookup: ${line}`, () => {
      const run = runOf(...line.split(" "));
      assert.equal(run.definition, definition);
      assert.deepEqual(run.args, args);
    });
  }

  it("has an option for every argument that a list filters by", () => {
    for (const { lookup, options, columns, operand } of commands.filter((command) => command.columns)) {
      const known = Object.keys(lookup?.arguments ?? {}).filter(
        (name) => !["region", "projectId", "account", operand?.argument].includes(name),
      );
      assert.deepEqual(
        options.flatMap(({ argument }) => argument ?? []),
        known,
      );
      assert.ok((columns?.length ?? 0) > 2);
    }
  });

  it("gives settings that name their option, and everything else by its name", () => {
    const { settings, others, json } = runOf(
      ..."doctor --region eu-nl --project-id p --profile x --timeout 7 --stack dev --json".split(" "),
    );
    assert.deepEqual(settings, {
      region: { value: "eu-nl", from: "--region" },
      projectId: { value: "p", from: "--project-id" },
      profile: { value: "x", from: "--profile" },
      timeoutMs: { value: "7000", from: "--timeout" },
    });
    assert.deepEqual([others, json], [{ stack: "dev" }, true]);
    assert.deepEqual(runOf("quotas", "--account", "other").others, { account: "other" });
  });

  for (const [line, kind, name] of [
    ["help", "help", undefined],
    ["--help", "help", undefined],
    ["-h", "help", undefined],
    ["help list", "help", "list"],
    ["list --help", "help", "list"],
    ["get -h", "help", "get"],
    ["help -h", "help", "help"],
  ] as const) {
    it(`asks for help: ${line}`, () => {
      const parsed = parseCommandLine(line.split(" "));
      assert.deepEqual([parsed.kind, (parsed as { command?: { name: string } }).command?.name], [kind, name]);
    });
  }

  for (const [line, message] of [
    ["", "A command is missing"],
    ["--json", "A command is missing"],
    [
      "frob",
      'There is no command "frob". The commands are get, list, connections, permissions, endpoints, quotas, wait, doctor, help',
    ],
    ["constructor", /^There is no command "constructor"/],
    ["help frob", /^There is no command "frob"/],
    ["--version frob", /^There is no command "frob"/],
    ["get", "get needs ID or --name NAME"],
    ["get a --name b", "get takes either ID or --name NAME"],
    ["get a b", 'get takes one ID, not also "b"'],
    ["list a", 'list takes options alone, not also "a"'],
    ["connections", "connections needs SERVICE_ID"],
    ["wait", "wait needs ID"],
    [
      "get eu-de.orders.1",
      'ID must be 1 to 64 letters, digits, hyphens or underscores, but is "eu-de.orders.1". If that is a name, type: pulumi-vpcep get --name NAME',
    ],
    [
      "get describe",
      'ID must not be "describe": that is the path of another call of the API. If that is a name, type: pulumi-vpcep get --name NAME',
    ],
    ["wait a/b", 'ID must be 1 to 64 letters, digits, hyphens or underscores, but is "a/b"'],
    [
      "gte",
      'There is no command "gte": did you mean get? The commands are get, list, connections, permissions, endpoints, quotas, wait, doctor, help',
    ],
    ["conn", /^There is no command "conn": did you mean connections\? /],
    ["help quota", /^There is no command "quota": did you mean quotas\? /],
    ["up", /^There is no command "up"\. /],
    ["get a --regoin eu-de", 'There is no option "--regoin": did you mean --region?'],
    ["get a --project=b", 'There is no option "--project": did you mean --project-id?'],
    ["list --serivce-name b", 'There is no option "--serivce-name": did you mean --service-name?'],
    ["get a --serivce-name b", 'There is no option "--serivce-name"'],
    ["--hlep", 'There is no option "--hlep": did you mean --help?'],
    ["get a -h=1", "-h takes no value"],
    ["get a --json -=", 'There is no option "-="'],
    ["get a --timeout -1", '--timeout must be whole seconds from 1 to 600, but is "-1"'],
    [
      "get a --timeout --json",
      '--timeout needs a value before "--json"; one that begins with a dash is written --timeout=SECONDS',
    ],
    [
      "list --status -x",
      '--status needs a value before "-x"; one that begins with a dash is written --status=TEXT',
    ],
    ["get a --frob", 'There is no option "--frob"'],
    ["get a -x", 'There is no option "-x"'],
    ["get a --__proto__ b", 'There is no option "--__proto__"'],
    ["get a --no-json", 'There is no option "--no-json"'],
    ["get a --status available", "get has no option --status"],
    ["get a --wait-for available", 'There is no option "--wait-for"'],
    ["help list --region eu-de", "help has no option --region"],
    ["get a --stack dev", "get has no option --stack"],
    ["get a --region eu-de --region eu-de", "--region is given more than once"],
    ["get a --json --json", "--json is given more than once"],
    ["get a --json=true", "--json takes no value"],
    ["get a --region", "--region needs a value: --region REGION"],
    ["get a --region=", "--region needs a value: --region REGION"],
    [
      "get a --region --json",
      '--region needs a value before "--json"; one that begins with a dash is written --region=REGION',
    ],
    ["get a --region=xx", '--region must be the id of a region, such as eu-de or cn-north-4, but is "xx"'],
    ["get a --project-id ü", /^--project-id must be 1 to 64 .* but is "\\u00fc"$/],
    ["list --sort-key name", '--sort-key must be "createdAt" or "updatedAt", but is "name"'],
    ["get a --timeout 0", '--timeout must be whole seconds from 1 to 600, but is "0"'],
    ["get a --timeout 1.5", '--timeout must be whole seconds from 1 to 600, but is "1.5"'],
    ["get a --timeout 601", '--timeout must be whole seconds from 1 to 600, but is "601"'],
    ["wait a --timeout 86401", '--timeout must be whole seconds from 1 to 86400, but is "86401"'],
    [
      "get a --account b --profile c",
      "--profile has no effect beside --account, which may be the name of a profile itself",
    ],
  ] as const) {
    it(`is refused: ${line}`, () => {
      const refusal = refusalOf(...line.split(" ").filter(Boolean));
      if (typeof message === "string") {
        assert.equal(refusal.message, message);
      } else {
        assert.match(refusal.message, message);
      }
    });
  }

  it("is refused with what no terminal obeys, and knows that JSON was asked for", () => {
    for (const part of ["\u001b[31m", "\u009b1m", "\u202ex", "a\u0000"]) {
      for (const line of [[part], ["get", part], ["get", "a", part], [`-${part}`], ["list", `--${part}`]]) {
        const { message, json } = refusalOf(...line, "--json");
        assert.doesNotMatch(message, /\p{C}/u);
        assert.ok(json);
      }
    }
    assert.ok(refusalOf("get", "a", "--region", "--json").json);
    assert.ok(!refusalOf("get", "a", "b").json);
  });
});
