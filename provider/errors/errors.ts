// The error of this package and its codes. A leaf; thrown by every module of provider/, exported to users.
// This room knows what is said when something fails; every other one may enter.

/** The stable code of a {@link VpcepError}; docs/errors.md explains each. */
export type VpcepErrorCode =
  | "VPCEP_CONFIG"
  | "VPCEP_NOT_FOUND"
  | "VPCEP_AUTH"
  | "VPCEP_FORBIDDEN"
  | "VPCEP_THROTTLED"
  | "VPCEP_API"
  | "VPCEP_CONNECTION"
  | "VPCEP_TIMEOUT"
  | "VPCEP_RESPONSE"
  | "VPCEP_FAILED"
  | "VPCEP_AMBIGUOUS"
  | "VPCEP_EXPECTATION";

/**
 * What is at fault, as data: whoever tells people what to type next never reads it out of a message, in which others' words
 * may stand.
 * @internal
 */
export interface Fault {
  /** The settings at fault, by the names that errors call them. */
  readonly settings?: readonly string[];
  /** Whether these are not set: one of `any`, which are alternatives, or `all` of them. */
  readonly missing?: "any" | "all";
  readonly kind?: "certificate" | "clock";
  /** The host that was asked, with its port. */
  readonly host?: string;
}

/** What an error knows beside its message. */
export interface VpcepErrorDetails {
  /** The HTTP status of the last answer. */
  readonly status?: number | undefined;
  /** The API's own error code, for example `EndPoint.0005`. */
  readonly errorCode?: string | undefined;
  /** The `X-Request-Id` of the last answer, which the cloud's support asks for. */
  readonly requestId?: string | undefined;
  /** How many requests were sent for the lookup. */
  readonly attempts?: number | undefined;
  /** @internal */
  readonly fault?: Fault | undefined;
}

/**
 * The error of a lookup: its message says what happened, where, and what to do next, and ends with the code in
 * brackets. It never holds a credential.
 *
 * @example
 * ```ts
 * import { createVpcepClient, VpcepError } from "pulumi-vpcep/provider";
 *
 * const client = createVpcepClient({ region: "eu-de" });
 * const service = await client
 *   .getEndpointService({ id: "4189d3c2-8882-4871-a3c2-d380272eed83" })
 *   .catch((error: unknown) => {
 *     if (error instanceof VpcepError && error.code === "VPCEP_NOT_FOUND") return undefined;
 *     throw error;
 *   });
 * ```
 */
export class VpcepError extends Error {
  override readonly name = "VpcepError";
  /** What kind of failure this is. */
  readonly code: VpcepErrorCode;
  /** The HTTP status of the last answer, where there was one. */
  readonly status: number | undefined;
  /** The API's own error code, where it sent one. */
  readonly errorCode: string | undefined;
  /** The `X-Request-Id` of the last answer, where it had one. */
  readonly requestId: string | undefined;
  /** How many requests were sent for the lookup. */
  readonly attempts: number;
  /** No part of what a user prints. */
  readonly #fault: Fault;

  constructor(code: VpcepErrorCode, message: string, details: VpcepErrorDetails = {}) {
    super(`${message} [${code}]`);
    this.code = code;
    this.status = details.status;
    this.errorCode = details.errorCode;
    this.requestId = details.requestId;
    this.attempts = details.attempts ?? 0;
    this.#fault = details.fault ?? {};
  }

  /** @internal */
  get fault(): Fault {
    return this.#fault;
  }

  /**
   * The same error in other words, of a lookup that has sent so many requests. Several lookups may wait for one request,
   * and each names itself.
   * @internal
   */
  reworded(word: (what: string) => string, attempts = this.attempts): VpcepError {
    const what = this.message.slice(0, -` [${this.code}]`.length);
    const { status, errorCode, requestId, fault } = this;
    const details = { status, errorCode, requestId, fault, attempts: Math.max(attempts, this.attempts) };
    return new VpcepError(this.code, word(what), details);
  }
}
