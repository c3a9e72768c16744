// What a lookup is, as plain data: from it follow the requests, the provider's read, what a program may pass and gets,
// and docs/lookups.md. A leaf: programs load every definition, and their compiler reads its types.
// This room knows every lookup and the rules of arguments, and loads nothing else; everyone may enter, sdk/ too.

/** The schema of a record; schema/index.ts has one for each. */
export type SchemaName =
  | "connection"
  | "endpoint"
  | "endpointService"
  | "endpointServiceSummary"
  | "permission"
  | "publicEndpointService"
  | "quota"
  | "tag"
  | "taggedService"
  | "version";

/** What the value of an argument may be; the rules are in arguments.ts. */
export type ArgumentRule =
  | "id"
  | "ids"
  | "region"
  | "text"
  | "boolean"
  | "milliseconds"
  | "pollInterval"
  | "resourceType"
  | "sortKey"
  | "sortDirection"
  | "tagFilter"
  | "waitFor"
  | "ifMissing"
  | "expectation";

/** One argument of a lookup. */
export interface LookupArgument {
  readonly rule: ArgumentRule;
  readonly required?: true;
  /** The name it has in the query of the request, where it goes there as it is. */
  readonly query?: string;
  /** The output that it selects by equality, so that no record of the answer may have another. */
  readonly filters?: string;
  /** Whether a refresh does without it: it reads what is, and neither waits nor compares. */
  readonly notOnRefresh?: true;
  /** Whether it must be known when the lookup is called: what Pulumi may not know yet would ask somebody else. */
  readonly plain?: true;
  /** The argument without which this one has no effect. */
  readonly onlyWith?: string;
}

/** One lookup. */
export interface LookupDefinition {
  /** The name that the input `lookup` of a resource has. */
  readonly name: string;
  /** The function of the SDK. */
  readonly getter: string;
  /** The last part of the resource's type token. */
  readonly type: string;
  /** What it reads, as an error names it: `Cannot read …`. `{argument}` stands for an argument's value. */
  readonly subject: string;
  /** The permission it needs. */
  readonly permission: string;
  /** The path of the request. `{projectId}` and `{argument}` stand for their values. */
  readonly path: string;
  readonly arguments: Readonly<Record<string, LookupArgument>>;
  /** Arguments of which there must be exactly one. */
  readonly exactlyOneOf?: readonly string[];
  /** The schema of the record, or of each record of a list. */
  readonly record: SchemaName;
  /** The outputs beside the arguments, in the order of docs/lookups.md. */
  readonly outputs: readonly string[];
  /** The output that must equal the id asked for; `serviceId` where nothing else is said. */
  readonly identity?: string;
  /** Where the records of a list are: absent for a lookup of one record. */
  readonly list?: {
    /** The field of the answer, a dot between levels. */
    readonly wire: string;
    /** The most records that one request may ask for; absent where the API has no pages. */
    readonly pageSize?: number;
    /** The output of which there is one record for each value: two that differ contradict each other. */
    readonly unique?: string;
    /** The arguments go into the body of a POST, as a filter by tags; else into the query of a GET. */
    readonly body?: "tagFilter";
  };
  /** The list is searched for the one record of exactly the name in this argument, which is then read by its id. */
  readonly selects?: { readonly argument: string; readonly reads: LookupDefinition };
  /** Each of the ids in this argument is read. */
  readonly each?: { readonly argument: string; readonly reads: LookupDefinition };
  /**
   * What is read may be missing, and is found by the first of these arguments that is given: every output is null then,
   * and `exists` says so.
   */
  readonly finds?: readonly { readonly argument: string; readonly reads: LookupDefinition }[];
}

/** The definition that is read for these arguments: another one, where a lookup finds by one of several. */
export function definitionFor(definition: LookupDefinition, args: ArgumentValues): LookupDefinition {
  const found = definition.finds?.find(({ argument }) => args[argument] !== undefined);
  return found?.reads ?? definition;
}

/** All outputs of a lookup: those of its own, and where it was read. */
export function outputNames({ outputs, arguments: args }: LookupDefinition): string[] {
  return [...new Set([...outputs, ...["region", "projectId"].filter((name) => name in args)])];
}

/** Every lookup reads somewhere. */
export const placeArguments = {
  region: { rule: "region" },
  projectId: { rule: "id" },
  account: { rule: "text", plain: true },
} as const satisfies Record<string, LookupArgument>;

/** Lists that the API sorts. */
export const sortArguments = {
  sortKey: { rule: "sortKey" },
  sortDirection: { rule: "sortDirection", query: "sort_dir" },
} as const satisfies Record<string, LookupArgument>;

/** The arguments of any lookup, checked; those that are not given are left out. */
export type ArgumentValues = Readonly<Record<string, unknown>>;

/** What any lookup gives, under the names of its definition. */
export type OutputValues = Record<string, unknown>;

/** One condition on tags. */
export interface TagFilter {
  readonly key: string;
  readonly values: readonly string[];
}
