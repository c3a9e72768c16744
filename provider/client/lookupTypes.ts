// The types of a lookup's arguments and outputs, which follow from its definition, and of a run of any lookup.
// Types alone; used by client.ts.
import type { LookupName, lookups } from "../lookups";
import type { ArgumentRule, LookupArgument, OutputValues, placeArguments } from "../lookups/definition";
import type { Expectation } from "../reading/expectation";
import type { RecordOf } from "../schema";
import type { TagFilter } from "../schema/listing";

/** The values that a rule lets pass. */
interface ValueOf extends Record<ArgumentRule, unknown> {
  id: string;
  ids: readonly string[];
  region: string;
  text: string;
  boolean: boolean;
  milliseconds: number;
  resourceType: "endpoint_service" | "endpoint";
  sortKey: "createdAt" | "updatedAt";
  sortDirection: "asc" | "desc";
  tagFilter: readonly TagFilter[];
  waitFor: "available";
  ifNotFound: "error" | "null";
  expectation: Expectation;
}

type Definition<Name extends LookupName> = (typeof lookups)[Name];

type Given<Arguments> = Omit<Arguments, keyof typeof placeArguments>;

type Required<Arguments> = {
  [Key in keyof Arguments]: Arguments[Key] extends { readonly required: true } ? Key : never;
}[keyof Arguments];

type Value<Argument> = Argument extends LookupArgument ? ValueOf[Argument["rule"]] : never;

/** The arguments of a lookup, without those that say where: these are the client's. */
export type LookupArguments<Name extends LookupName = LookupName> = Name extends LookupName
  ? ArgumentsOf<Given<Definition<Name>["arguments"]>>
  : never;

type ArgumentsOf<Arguments> = { readonly [Key in Required<Arguments>]: Value<Arguments[Key]> } & {
  readonly [Key in Exclude<keyof Arguments, Required<Arguments>>]?: Value<Arguments[Key]> | undefined;
};

/** What a lookup gives. */
export type LookupOutputs<Name extends LookupName = LookupName> = Name extends LookupName
  ? (Definition<Name> extends { readonly list: object }
      ? Definition<Name> extends { readonly selects: object }
        ? One<Name>
        : List<Name>
      : One<Name>) & {
      /** The region that was asked. */
      readonly region: string;
    }
  : never;

type One<Name extends LookupName> = Omit<RecordOf<Definition<Name>["record"]>, "projectId"> & {
  /** The project that the record belongs to; the project that was asked where the API leaves it out. */
  readonly projectId: string;
} & ("exists" extends Definition<Name>["outputs"][number]
    ? {
        /** Whether the service exists. */
        readonly exists: boolean;
      }
    : unknown);

type List<Name extends LookupName> = {
  readonly [Key in Definition<Name>["outputs"][0]]: RecordOf<Definition<Name>["record"]>[];
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
}
