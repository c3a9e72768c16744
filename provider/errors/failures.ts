// What keeps a request from its record, as data: who was asked, what was answered, or why nothing was.
// A leaf; made by http/ and requests/, told by answerErrors.ts.

/** Who was asked. */
export interface AskedApi {
  /** The host's name and port. */
  readonly host: string;
  readonly api: "VPCEP" | "IAM" | "STS";
}

/** Under which names whoever asks can set what an error tells to set, for example `vpcep:authUrl` and `HW_AUTH_URL`. */
export type SettingNames = Readonly<
  Record<"projectId" | "projectName" | "authUrl" | "stsUrl" | "caFile" | "timeoutMs", readonly string[]>
>;

/** What to do about a refusal of one request, where it is known better than for any. */
export interface NextSteps {
  /** For a credential that is not taken. */
  readonly unauthorized?: string;
  /** For a permission that is not there. */
  readonly forbidden?: string;
  /** For something that the API, and no gateway, does not know. */
  readonly missing?: string;
}

/** An answer that is not the record that was asked for; its texts as the server wrote them, since they are judged. */
export interface RefusedAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
}

/**
 * - `connection`: none was made, or it broke; another try may work
 * - `refused`: TLS or a proxy said no; another try would hear the same
 * - `timeout`: it took too long
 * - `answer`: what came is no answer this package takes
 * - `damaged`: what came was cut or damaged on its way; one more try
 */
export type ProblemKind = "connection" | "refused" | "timeout" | "answer" | "damaged";

/** An exchange without a usable answer; the message is a clause that never holds a header or a body. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly message: string;
  /** The proxy that did not answer in place of the host, and the variable that names it. */
  readonly proxy?: { readonly host: string; readonly from: string } | undefined;
  /** Which proxy is asked and why, as a clause, where one is set. */
  readonly route?: string | undefined;
  /** What to do, where it is more than to check the way. */
  readonly nextStep?: string | undefined;
  /** Why a certificate was not taken, where other authorities, or another clock, would take it. */
  readonly untrusted?: { readonly why: "time" | "authority"; readonly inTunnel: boolean } | undefined;
}
