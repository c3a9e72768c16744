// What the arguments and outputs of several lookups share. Types alone; used by the other files of sdk/.
import type * as pulumi from "@pulumi/pulumi";

/** Where to read. */
export interface PlaceArgs {
  /** The region to read in, for example `eu-de`. Default: the setting `region`. */
  region?: pulumi.Input<string> | undefined;
  /** The id of the project to read in. Default: the setting `projectId`. */
  projectId?: pulumi.Input<string> | undefined;
  /**
   * The name of the account that asks: an entry of `vpcep:accounts`, or a profile. It has a credential, a region and all
   * else of its own. Known when the lookup is called, so no output. Default: the account of the other settings.
   */
  account?: string | undefined;
}

/** In which order. */
export interface SortArgs {
  /** What to sort by. Default: `createdAt`. */
  sortKey?: pulumi.Input<"createdAt" | "updatedAt"> | undefined;
  /** Up or down. Default: `desc`. */
  sortDirection?: pulumi.Input<"asc" | "desc"> | undefined;
}

/** Where a record was read. */
export interface ReadPlace {
  /** The region that was asked. */
  readonly region: string;
  /** The project that the record belongs to, else the one that was asked. */
  readonly projectId: string;
}

/** What every lookup of a list gives: the list is whole, every page of it, each record once, or an error. */
export interface ListOutputs {
  /** How many records the list has. */
  readonly totalCount: number;
  /** The region that was asked. */
  readonly region: string;
  /** The project that was asked. */
  readonly projectId: string;
}
