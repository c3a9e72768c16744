// A request to VPCEP or IAM before it is authenticated. Types alone; used from client.ts down to attempt.ts.
import type { NextSteps } from "../errors/failures";
import type { HttpRequest } from "../http/message";

/** A request before it is authenticated. */
export interface ApiRequest extends Omit<HttpRequest, "headers"> {
  /** Whose call it is, where that does not follow from the project. */
  readonly api?: "STS";
  /** Headers of the call's own, which no signature covers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The account that signs it, where its signature has to say so. */
  readonly domainId?: string | undefined;
  /** The project whose resource is asked for; IAM's calls have none. */
  readonly projectId?: string;
  /** The permission that the request needs, as an error asks for it. */
  readonly permission: string;
  /** Whether it asks for one object, which may be missing. */
  readonly mayBeMissing?: boolean;
  /** The most values that the answer may have; 20,000 where nothing is said. */
  readonly answerValues?: number;
  /** What the credential is tried for, where a refusal may be for that alone. */
  readonly scope?: string;
  /** What to do about a refusal, where that is known better than for any request. */
  readonly nextSteps?: NextSteps;
}
