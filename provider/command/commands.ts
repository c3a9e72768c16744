// The one table of commands and their options: parsing, help and docs/command.md follow from it. What a
// command filters by are the arguments of its lookup's definition. Loads definitions alone, since help and wrong usage
// must not wait for the client. Long for the table.
import { lookups } from "../lookups";
import { argumentWords } from "../lookups/arguments";
import {
  type ArgumentRule,
  type LookupArgument,
  type LookupDefinition,
  placeArguments,
} from "../lookups/definition";
import type { SettingKey } from "../settings/table";
import type { Column } from "./layout";

/** One option of a command. */
export interface CommandOption {
  /** Its name, without the two dashes. */
  readonly flag: string;
  /** What stands for its value in the help; absent where it has none. */
  readonly value?: string;
  readonly summary: string;
  /** What its value must be: by a rule of arguments, or whole seconds up to so many. */
  readonly rule?: ArgumentRule;
  readonly mostSeconds?: number;
  /** The argument of the lookup, or the setting, that it gives. */
  readonly argument?: string;
  readonly setting?: SettingKey;
}

/** One command. */
export interface Command {
  readonly name: string;
  /** What it does, as a sentence without its subject. */
  readonly summary: string;
  /** What follows the command's name, and the argument of the lookup that it is. */
  readonly operand?: { readonly label: string; readonly argument: string; readonly optional?: true };
  readonly lookup?: LookupDefinition;
  /** Arguments of the lookup that the command itself gives. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** The columns of its table, the most important ones first; a command without prints one record. */
  readonly columns?: readonly Column[];
  readonly options: readonly CommandOption[];
  /** Command lines for its help page, without the program's name. */
  readonly examples: readonly string[];
}

/** The arguments that become options. */
type FilterName = Exclude<
  {
    [Name in (typeof listed)[number]]: keyof (typeof lookups)[Name]["arguments"];
  }[(typeof listed)[number]],
  keyof typeof placeArguments
>;

const listed = [
  "endpointServices",
  "endpointServiceConnections",
  "endpointServicePermissions",
  "endpoints",
  "quotas",
] as const;

const filterSummaries: Readonly<Record<FilterName, string>> = {
  serviceId: "the id of a service",
  serviceName: "the name of a service, or a part of it",
  status: "the status, such as available or accepted",
  serverType: "the kind of backend: VM, VIP, LB or BMS",
  publicBorderGroup: "the edge pool",
  endpointId: "the id of an endpoint",
  vpcId: "the VPC of the endpoint",
  markerId: "the packet identifier of a connection",
  permission: "an entry of the whitelist, or a part of it",
  resourceType: "one kind of resource alone",
  sortKey: "what to sort by",
  sortDirection: "the order: asc has the oldest first",
};

/** The options for the arguments that a lookup filters and sorts by. */
function filtersOf({ arguments: known }: LookupDefinition, operand?: string): CommandOption[] {
  return Object.entries(known)
    .filter(([argument]) => argument !== operand && !(argument in placeArguments))
    .map(([argument, { rule }]: readonly [string, LookupArgument]) => ({
      flag: argument.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value: argumentWords[rule]?.join("|") ?? (rule === "id" ? "ID" : "TEXT"),
      summary: filterSummaries[argument as FilterName],
      rule,
      argument,
    }));
}

const json: CommandOption = { flag: "json", summary: "print one line of JSON, of a failure too" };
const help: CommandOption = { flag: "help", summary: "explain the command; -h for short" };

/** The options that say who asks, and where. */
const place: readonly CommandOption[] = [
  {
    flag: "region",
    value: "REGION",
    summary: "the region to ask, in place of HW_REGION_NAME",
    rule: "region",
    setting: "region",
  },
  {
    flag: "project-id",
    value: "ID",
    summary: "the project to ask, in place of HW_PROJECT_ID",
    rule: "id",
    setting: "projectId",
  },
  {
    flag: "profile",
    value: "NAME",
    summary: "the profile to use, in place of HW_PROFILE",
    rule: "text",
    setting: "profile",
  },
  {
    flag: "account",
    value: "NAME",
    summary: "the named account that asks: one of the configuration, or a profile",
    rule: "text",
  },
];

const timeout: CommandOption = {
  flag: "timeout",
  value: "SECONDS",
  summary: "how long the lookup may take, 60 by default; a list of many pages ten times that",
  mostSeconds: 600,
  setting: "timeoutMs",
};

const waitTimeout: CommandOption = {
  flag: "timeout",
  value: "SECONDS",
  summary: "how long to wait, 600 by default",
  mostSeconds: 86_400,
  argument: "waitTimeoutMs",
};

/** The options of every command that asks. */
export const commonOptions: readonly CommandOption[] = [json, ...place, timeout, help];

const sampleId = "4189d3c2-8882-4871-a3c2-d380272eed83";
const service = { label: "SERVICE_ID", argument: "serviceId" };

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: "get",
    summary: "print the record of a VPC endpoint service",
    operand: { label: "ID", argument: "id" },
    lookup: lookups.optionalEndpointService,
    options: [
      {
        flag: "name",
        value: "NAME",
        summary: "the service of this name: its full name, or the part of it that its owner chose",
        rule: "text",
        argument: "serviceName",
      },
      ...commonOptions,
    ],
    examples: [`get ${sampleId}`, "get --name orders --json | jq .ports"],
  },
  {
    name: "list",
    summary: "list VPC endpoint services",
    lookup: lookups.endpointServices,
    columns: [
      { output: "serviceId" },
      { output: "status" },
      { output: "serviceName", elastic: true },
      { output: "serverType" },
      { output: "ports", elastic: true },
      { output: "vpcId" },
      { output: "createdAt" },
    ],
    options: [...filtersOf(lookups.endpointServices), ...commonOptions],
    examples: [
      "list --status available",
      "list --service-name orders --json | jq -r '.services[].serviceId'",
    ],
  },
  {
    name: "connections",
    summary: "list the connections to a service",
    operand: service,
    lookup: lookups.endpointServiceConnections,
    columns: [
      { output: "endpointId" },
      { output: "status" },
      { output: "domainId" },
      { output: "markerId" },
      { output: "createdAt" },
      { output: "description", elastic: true },
    ],
    options: [...filtersOf(lookups.endpointServiceConnections, service.argument), ...commonOptions],
    examples: [`connections ${sampleId} --status pendingAcceptance`],
  },
  {
    name: "permissions",
    summary: "list who may connect to a service",
    operand: service,
    lookup: lookups.endpointServicePermissions,
    columns: [
      { output: "permission" },
      { output: "permissionType" },
      { output: "createdAt" },
      { output: "permissionId" },
      { output: "description", elastic: true },
    ],
    options: [...filtersOf(lookups.endpointServicePermissions, service.argument), ...commonOptions],
    examples: [`permissions ${sampleId}`],
  },
  {
    name: "endpoints",
    summary: "list the VPC endpoints of the project",
    lookup: lookups.endpoints,
    columns: [
      { output: "endpointId" },
      { output: "status" },
      { output: "serviceName", elastic: true },
      { output: "ip" },
      { output: "vpcId" },
      { output: "createdAt" },
    ],
    options: [...filtersOf(lookups.endpoints), ...commonOptions],
    examples: ["endpoints --service-name orders"],
  },
  {
    name: "quotas",
    summary: "tell how many services and endpoints there are, and may be",
    lookup: lookups.quotas,
    columns: [{ output: "resourceType" }, { output: "used" }, { output: "quota" }],
    options: [...filtersOf(lookups.quotas), ...commonOptions],
    examples: ["quotas"],
  },
  {
    name: "wait",
    summary: "wait until a service is available, and print its record",
    operand: { label: "ID", argument: "id" },
    lookup: lookups.endpointService,
    fixed: { waitFor: "available" },
    options: [json, ...place, waitTimeout, help],
    examples: [`wait ${sampleId} --timeout 120 && ./deploy.sh`],
  },
  {
    name: "doctor",
    summary: "tell which settings are used and where each comes from, and try them, step by step",
    operand: { label: "ID", argument: "id", optional: true },
    options: [
      {
        flag: "stack",
        value: "NAME",
        summary: "use the configuration of this Pulumi stack, too: read by the pulumi on PATH",
        rule: "text",
      },
      ...commonOptions,
    ],
    examples: ["doctor", `doctor ${sampleId} --stack dev`],
  },
  {
    name: "help",
    summary: "explain a command",
    operand: { label: "COMMAND", argument: "command", optional: true },
    options: [json, help],
    examples: ["help list"],
  },
];

/** The command of a name, or undefined where there is none. */
export function commandOf(name: string | undefined): Command | undefined {
  return commands.find((command) => command.name === name);
}

/** The ways to write a command: with its operand, or with an option in its place. */
export function formsOf(command: Command): string[] {
  const { name, operand } = command;
  if (!operand) {
    return [name];
  }
  return [
    `${name} ${operand.optional ? `[${operand.label}]` : operand.label}`,
    ...alternativesOf(command).map(({ flag, value }) => `${name} --${flag} ${value}`),
  ];
}

/** The options that stand in the place of a command's operand. */
function alternativesOf({ operand, lookup, options }: Command): CommandOption[] {
  return options.filter(
    ({ argument }) =>
      argument !== undefined && argument !== operand?.argument && lookup?.exactlyOneOf?.includes(argument),
  );
}

/** What to type for an operand that may be something else, as the end of a message; nothing where it may not. */
export function otherwise(command: Command): string {
  return alternativesOf(command)
    .map(({ flag, value = "" }) => {
      const line = `pulumi-vpcep ${command.name} --${flag} ${value}`;
      return `. If that is a ${value.toLowerCase()}, type: ${line}`;
    })
    .join("");
}

/** The options that give arguments of the lookup, by the arguments. */
export function optionNames({ options }: Command): Readonly<Record<string, string>> {
  return Object.fromEntries(
    options.flatMap(({ flag, argument }) => (argument === undefined ? [] : [[argument, `--${flag}`]])),
  );
}
