// A request as it leaves, how far it has come, and an answer as it came. A leaf; used by whoever sends, signs or reads one.

/** A request as it leaves. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly origin: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The largest answer that is read, in bytes; 1 MiB where nothing is said. */
  readonly answerBytes?: number;
  /** The status of success, whose body counts; 200 where nothing is said. */
  readonly expectedStatus?: number;
}

/** The headers of an answer, names in small letters: any of them may come several times, whatever HTTP says of it. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The value of a header: one that came with several values is a list of them, with commas. */
export function headerOf(headers: AnswerHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? [...new Set(value)].join(", ") : value;
}

/** The time of an answer by its host's clock, in milliseconds since 1970; NaN where it tells none, or that of another moment. */
export function dateOf(headers: AnswerHeaders): number {
  // A cache's answer has an age.
  return Date.parse(headers["age"] === undefined ? (headerOf(headers, "date") ?? "") : "");
}

/** An answer, read whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly text: string;
  /** When the request was sent and the answer had come, by the machine's clock, in milliseconds. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** The answer of a proxy that opens no tunnel. */
export class TunnelRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super();
    this.status = status;
  }
}

/** How far an exchange has come, and on which way. */
export interface Progress {
  /** The host that is asked: its name and port. */
  readonly host: string;
  /** The proxy that opens the way to it, and the variable that names it. */
  readonly proxy:
    | {
        readonly host: string;
        readonly from: string;
        /** Whether it is asked over TLS. */
        readonly isSecure: boolean;
      }
    | undefined;
  /** Which proxy is asked and why, where one is set. */
  readonly route: string | undefined;
  /** Who is to answer next: the proxy, the host's TLS in the proxy's tunnel, or the host. */
  readonly stage: "proxy" | "tunnel" | "host";
  /** Whether who was to answer has asked for a certificate of the client. */
  readonly certificateAsked: boolean;
  /** Whether nothing of an answer has come. */
  readonly unanswered: boolean;
  /** Whether the connection was made for an earlier exchange. */
  readonly reused: boolean;
}
