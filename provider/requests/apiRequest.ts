// A request to VPCEP or IAM before it is authenticated. Types alone; used from client.ts down to attempt.ts.
import type { HttpRequest } from "../http/message";

/** A request before it is authenticated. */
export interface ApiRequest extends Omit<HttpRequest, "headers"> {
  /** The project whose resource is asked for; IAM's calls have none. */
  readonly projectId?: string;
  /** The status of success; 200 where nothing else is said. */
  readonly expectedStatus?: number;
  /** The permission that the request needs, as an error asks for it. */
  readonly permission: string;
  /** What the credential is tried for, where a refusal may be for that alone. */
  readonly scope?: string;
}
