// What reading a lookup needs of the place that is read, so that this room knows nothing of credentials and retries.
// Types alone; filled by client/client.ts.
import type { Deadline } from "../http/deadline";

/** A request of a lookup. */
export interface LookupRequest {
  /** The path with its query. */
  readonly path: string;
  readonly projectId: string;
  readonly permission: string;
  /** Whether it asks for one object, which may be missing: a list of a project always exists. */
  readonly mayBeMissing: boolean;
  /** The body of a POST; absent for a GET. */
  readonly body?: string;
  /** Whether the answer is a page of a list, which may be large. */
  readonly isPage?: true;
}

/** Sends the requests of lookups to one place. */
export interface LookupApi {
  /** What is read, as an error or a line names it. */
  subject(): string;
  readonly host: string;
  readonly region: string;
  /** Under which names more time can be set, as an error asks for it. */
  readonly timeoutSettings: readonly string[];
  /** The arguments whose values are secret. */
  readonly secretArguments: readonly string[];
  /** What an error calls arguments, where it is not by their names. */
  readonly argumentNames: Readonly<Record<string, string>>;
  /** Whether what is in the state is read again: what is gone of several is left out. */
  readonly refreshing: boolean;
  /** What a server wrote, fit for an error. */
  clean(text: string): string;
  /** Says how a wait goes. */
  log(line: string): void;
  /** Says something about a subject that nothing fails for; once a run, whatever is said of it later. */
  warn(subject: string, line: string): void;
  projectId(deadline: Deadline): Promise<string>;
  send(request: LookupRequest, deadline: Deadline): Promise<LookupAnswer>;
}

/** A successful answer. */
export interface LookupAnswer {
  readonly json: Record<string, unknown>;
  /** How long it was. */
  readonly bytes: number;
  /** Whether a record in it may hold what Pulumi would not take as it is. */
  readonly mayHoldMark: boolean;
  /** What the cloud's support asks for. */
  readonly requestId: string | undefined;
}
