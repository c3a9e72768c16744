// What a handler is given: one request with everything it may look at.
// This room knows what an emulator remembers from one request to the next. It imports options and replies; the rooms
// of handlers, the server and emulator.ts may enter.
// Imports types only. Built by routes.ts; read by every handler.
import type { RecordedRequest } from "../replies/requests";
import type { Credentials } from "./credentials";
import type { Data } from "./data";

/** What all requests to one emulator share. */
export interface Surroundings {
  /** The emulator's own address, for the links in answers. */
  readonly url: string;
  readonly data: Data;
  readonly credentials: Credentials;
  /** The emulator's clock. */
  readonly now: () => number;
  readonly tokenLifetimeMs: number;
}

/** One request to one route. */
export interface Call extends Omit<Surroundings, "now"> {
  readonly request: RecordedRequest;
  /** The variable parts of the path, decoded; `projectId` is empty outside a project. */
  readonly parameters: { readonly projectId: string; readonly id: string; readonly resourceType: string };
  readonly query: URLSearchParams;
  /** Milliseconds since 1970, read once for the request. */
  readonly now: number;
}
