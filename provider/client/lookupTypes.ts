// The types of a lookup's arguments and outputs, which follow from its definition, and of a run of any lookup.
// Types alone; used by client.ts.
import type { LookupName, lookups } from "../lookups";
import type {
  ArgumentRule,
  LookupArgument,
  OutputValues,
  placeArguments,
  TagFilter,
} from "../lookups/definition";
import type { RecordTypes } from "../lookups/records";
import type { Expectation } from "../reading/expectation";

/** The values that a rule lets pass. */
interface ValueOf extends Record<ArgumentRule, unknown> {
  id: string;
  ids: readonly string[];
  region: string;
  text: string;
  boolean: boolean;
  milliseconds: number;
  pollInterval: number;
  resourceType: "endpoint_service" | "endpoint";
  sortKey: "createdAt" | "updatedAt";
  sortDirection: "asc" | "desc";
  tagFilter: readonly TagFilter[];
  waitFor: "available";
  ifMissing: "error" | "omit";
  expectation: Expectation;
}

type Definition<Name extends LookupName> = (typeof lookups)[Name];

type Given<Arguments> = Omit<Arguments, keyof typeof placeArguments>;

type Required<Arguments> = {
  [Key in keyof Arguments]: Arguments[Key] extends { readonly required: true } ? Key : never;
}[keyof Arguments];

type Value<Argument> = Argument extends LookupArgument ? ValueOf[Argument["rule"]] : never;

/** One object type in place of several, as an editor shows it. */
type Flat<Members> = { [Key in keyof Members]: Members[Key] };

/** The arguments of a lookup, without those that say where: these are the client's. */
export type LookupArguments<Name extends LookupName = LookupName> = Name extends LookupName
  ? Definition<Name> extends { readonly exactlyOneOf: readonly (infer Alternative extends string)[] }
    ? Flat<
        ArgumentsOf<Omit<Given<Definition<Name>["arguments"]>, Alternative>> &
          ExactlyOne<Given<Definition<Name>["arguments"]>, Alternative>
      >
    : Flat<ArgumentsOf<Given<Definition<Name>["arguments"]>>>
  : never;

/** One of the alternatives, and none of the others. */
type ExactlyOne<Arguments, Alternative extends string> = {
  [Key in Alternative]: { readonly [One in Key]: Value<Arguments[One & keyof Arguments]> } & {
    readonly [Other in Exclude<Alternative, Key>]?: undefined;
  };
}[Alternative];

type ArgumentsOf<Arguments> = { readonly [Key in Required<Arguments>]: Value<Arguments[Key]> } & {
  readonly [Key in Exclude<keyof Arguments, Required<Arguments>>]?: Value<Arguments[Key]> | undefined;
};

/** What a lookup gives. */
export type LookupOutputs<Name extends LookupName = LookupName> = Name extends LookupName
  ? Flat<
      (Definition<Name>["outputs"] extends readonly [unknown, "totalCount"] ? List<Name> : One<Name>) & {
        /** The region that was asked. */
        readonly region: string;
      }
    >
  : never;

type One<Name extends LookupName> =
  Definition<Name> extends { readonly finds: object }
    ? { readonly [Key in keyof Found<Name>]: Found<Name>[Key] | null } & InProject & {
          /** Whether the service exists; every other output but the place is `null` where it does not. */
          readonly exists: boolean;
        }
    : Found<Name> & InProject;

type Found<Name extends LookupName> = Omit<RecordTypes[Definition<Name>["record"]], "projectId">;

interface InProject {
  /** The project that the record belongs to; the project that was asked where the API leaves it out. */
  readonly projectId: string;
}

type List<Name extends LookupName> = {
  readonly [Key in Definition<Name>["outputs"][0]]: RecordTypes[Definition<Name>["record"]][];
} & {
  /** How many records the list has. */
  readonly totalCount: number;
} & (Definition<Name>["arguments"] extends { readonly projectId: object }
    ? {
        /** The project that was asked. */
        readonly projectId: string;
      }
    : unknown);

/** What a lookup has read. */
export interface ReadLookup {
  readonly outputs: OutputValues;
  /** The project that was asked, which a record may say otherwise; none where a lookup asks in no project. */
  readonly projectId: string | undefined;
}

/** How a lookup is run. */
export interface RunOptions {
  /** Ends the lookup at once, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Whether what is in the state is read again: what is gone of several is left out. */
  readonly refreshing?: boolean;
  /** The arguments whose values are secret: no error or log line shows them. */
  readonly secretArguments?: readonly string[];
  /** What an error calls arguments, where it is not by their names. */
  readonly argumentNames?: Readonly<Record<string, string>>;
}

/** What identifies an endpoint service. */
export interface GetEndpointServiceRequest {
  /** The id of the endpoint service: 1 to 64 letters, digits, hyphens or underscores. */
  readonly id: string;
}

/** An endpoint service with the place it was read in. */
export type EndpointServiceOutputs = LookupOutputs<"endpointService">;
