// What an exchange of credentials needs of the lookup it is made for, so that this room knows nothing of retries and
// sessions. Types alone; filled by client/client.ts.
import type { NextSteps } from "../../errors/failures";
import type { Secrets } from "../../errors/redaction";
import type { HttpProblem } from "../../http/httpProblem";
import type { AnswerHeaders, HttpAnswer, HttpRequest } from "../../http/message";
import type { CredentialProvider } from "./credential";

/** A request to IAM or STS before it is authenticated. */
export interface IdentityRequest extends Omit<HttpRequest, "headers"> {
  /** IAM where nothing is said. */
  readonly api?: "STS";
  /** Headers of the call's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The account that signs it, where its signature has to say so. */
  readonly domainId?: string | undefined;
  /** The permission that the request needs, as an error asks for it. */
  readonly permission: string;
  /** What the credential is tried for, where a refusal may be for that alone. */
  readonly scope?: string;
  /** What to do about a refusal, where that is known better than for any request. */
  readonly nextSteps?: NextSteps;
}

/** Sends a request to IAM or STS, with all retries. */
export type SendIdentityRequest = (request: IdentityRequest) => Promise<{
  readonly json: Record<string, unknown>;
  readonly headers: AnswerHeaders;
}>;

/** Sends a request that needs no credential, with all retries; fails with an {@link HttpProblem}. */
export type SendOpenRequest = (request: HttpRequest) => Promise<HttpAnswer>;

/** What all lookups of a session share that authenticate alike. */
export interface IdentityApi {
  /** Every secret value in use: whatever is issued joins them. */
  readonly secrets: Secrets;
  /** A value that is made once for its key. */
  once<Value>(key: readonly unknown[], make: () => Value): Value;
  /** Tells in one line what is odd about a subject, once. */
  warn(subject: string, line: string): void;
  /** How requests are sent with the credential of a provider; each has a time of its own. */
  sendWith(provider: Pick<CredentialProvider, "from" | "current" | "renew">): SendIdentityRequest;
  /** Does work whose requests need no credential, all of them within a time. */
  sendOpenly<Value>(timeoutMs: number, work: (send: SendOpenRequest) => Promise<Value>): Promise<Value>;
}
