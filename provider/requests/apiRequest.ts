// What a request to VPCEP or IAM is, and what it needs beside itself. Types alone; used from client.ts down to attempt.ts.
import type { Credential } from "../credentials/chain";
import type { Deadline } from "../http/deadline";
import type { HttpRequest } from "../http/message";
import type { Session } from "./session";

/** A request before it is authenticated. */
export interface ApiRequest extends Omit<HttpRequest, "headers"> {
  /** The project whose resource is asked for; IAM's calls have none. */
  readonly projectId?: string;
  /** The status of success; 200 where nothing else is said. */
  readonly expectedStatus?: number;
  /** The permission that the request needs, as an error asks for it. */
  readonly permission: string;
}

/** Where the credential of a request comes from. */
export interface CredentialSupply {
  readonly from: string;
  current(deadline: Deadline): Promise<Credential>;
  /** Another credential in place of one that was refused, where there can be one. */
  renew?(refused: Credential, deadline: Deadline): Promise<Credential>;
}

/** What a request needs beside itself. */
export interface RequestContext {
  readonly session: Session;
  readonly supply: CredentialSupply;
  readonly deadline: Deadline;
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
}
