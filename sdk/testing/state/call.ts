// What a handler is given: one request with everything it may look at.
// This room knows what an emulator remembers from one request to the next. It imports options and replies; the rooms
// of handlers, the server and emulator.ts may enter.
// Imports types only. Built by routes.ts; read by every handler.
import type { RecordedRequest } from "../replies/requests";
import type { Account } from "./account";
import type { Credentials, Grant } from "./credentials";
import type { Data } from "./data";
import type { IdTokens } from "./idTokens";

/** What all requests to one emulator share. */
export interface Surroundings {
  /** The emulator's own address, for the links in answers. */
  readonly url: string;
  /** The first one is what the options themselves are about. */
  readonly accounts: readonly [Account, ...Account[]];
  readonly credentials: Credentials;
  readonly idTokens: IdTokens;
  /** The emulator's clock. */
  readonly now: () => number;
  readonly tokenLifetimeMs: number;
}

/** One request to a route that anybody may call. */
export interface OpenCall extends Omit<Surroundings, "now"> {
  readonly request: RecordedRequest;
  /** The variable parts of the path, decoded; empty where it has none. */
  readonly parameters: { readonly projectId: string; readonly id: string; readonly resourceType: string };
  readonly query: URLSearchParams;
  /** Milliseconds since 1970, read once for the request. */
  readonly now: number;
}

/** One request of somebody who is known, and who may use the project in the path, if there is one. */
export interface Call extends OpenCall {
  readonly caller: Grant;
  /** The caller's account's. */
  readonly data: Data;
}
