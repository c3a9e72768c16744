// What all lookups of one process share: connections, the retry budget, what is known of hosts and of credentials.
// Opened by createClient.ts, dynamic/read.ts and the command; used by attempt.ts and client.ts.
import type { SentCredential } from "../credentials/kinds/credential";
import { VpcepError } from "../errors/errors";
import type { RefusedAnswer } from "../errors/failures";
import { Secrets, textsOf } from "../errors/redaction";
import { type AuthorityFile, readCertificates } from "../http/authorities";
import { httpBounds } from "../http/bounds";
import { Deadline } from "../http/deadline";
import { Dispatchers } from "../http/dispatchers";
import { HttpTransport } from "../http/http";
import { proxySecrets, readProxies } from "../http/proxy";
import { HostClock } from "./clock";
import type { CredentialGate } from "./credentialGate";
import { CredentialGates } from "./credentialGates";
import { RetryBudget } from "./retryBudget";
import { connectionsTo, type Semaphore } from "./semaphore";

/** How long work that lookups share goes on without any: the next lookup may be about to begin. */
const idleMs = 1_000;

/** What is known of one host. */
export interface HostState {
  /** The host's name and port. */
  readonly host: string;
  readonly connections: Semaphore;
  /** Until when, on the steady clock, the host wants no requests, and how it said so. */
  throttled: { readonly until: number; readonly answer: RefusedAnswer } | undefined;
  readonly clock: HostClock;
}

/** A session of its own; `caFile` holds certificate authorities to trust beside Node's. `gates` may be those of others too. */
export function openSession(caFile: AuthorityFile | undefined, gates?: CredentialGates): Session {
  const transport = new HttpTransport(new Dispatchers(caFile ? readCertificates(caFile) : []));
  const session = new Session(transport, gates);
  session.keepSecret(proxySecrets(readProxies(process.env)));
  return session;
}

/** Shared by all lookups of one account that have the same configuration and environment. */
export class Session {
  readonly transport: HttpTransport;
  readonly budget = new RetryBudget();
  /** Every secret value in use, to be taken out of whatever is printed. */
  readonly secrets = new Secrets();
  readonly #hosts = new Map<string, HostState>();
  readonly #values = new Map<string, unknown>();
  readonly #gates: CredentialGates;
  #lastGate:
    | { readonly credential: SentCredential; readonly origin: string; readonly gate: CredentialGate }
    | undefined;

  #lookups = 0;
  readonly #sharedWork = new Set<Deadline>();
  #idle: NodeJS.Timeout | undefined;

  constructor(transport: HttpTransport, gates = new CredentialGates()) {
    this.transport = transport;
    this.#gates = gates;
  }

  /** Takes note that a lookup runs, until it is disposed of. */
  lookup(): Disposable {
    this.#lookups++;
    clearTimeout(this.#idle);
    return {
      [Symbol.dispose]: () => {
        this.#lookups--;
        if (this.#lookups === 0) {
          this.#idle = setTimeout(() => this.#endSharedWork("no lookup waits for it"), idleMs).unref();
        }
      },
    };
  }

  /**
   * Does work that lookups share, such as renewing a credential, in a time of its own. It outlives the lookup that began
   * it, but neither all of them nor the session, since a process that waits for it would not end.
   */
  async share<Value>(timeoutMs: number, work: (deadline: Deadline) => Promise<Value>): Promise<Value> {
    const deadline = new Deadline(timeoutMs);
    this.#sharedWork.add(deadline);
    try {
      return await work(deadline);
    } finally {
      this.#sharedWork.delete(deadline);
    }
  }

  /** Ends every connection, and all that lookups share. */
  async close(): Promise<void> {
    this.#endSharedWork("the client was closed");
    await this.transport.close();
  }

  #endSharedWork(why: string): void {
    for (const deadline of this.#sharedWork) {
      deadline.cancel(new VpcepError("VPCEP_CONNECTION", `No credential could be obtained: ${why}`));
    }
  }

  /** Keeps values secret, and every text inside them, until it is disposed of: a lookup's own are nobody else's. */
  keepSecret(values: readonly unknown[]): Disposable {
    const texts = values.flatMap(textsOf);
    for (const text of texts) {
      this.secrets.add(text);
    }
    return {
      [Symbol.dispose]: () => {
        for (const text of texts) {
          this.secrets.remove(text);
        }
      },
    };
  }

  /** What is known of the host of an origin. */
  host(origin: string): HostState {
    let state = this.#hosts.get(origin);
    if (!state) {
      const { host } = new URL(origin);
      const connections = connectionsTo(origin, httpBounds.connections);
      state = { host, connections, throttled: undefined, clock: new HostClock() };
      this.#hosts.set(origin, state);
    }
    return state;
  }

  /** The standing of a credential. */
  gate(credential: SentCredential, origin: string): CredentialGate {
    const known = this.#lastGate;
    if (known?.credential === credential && known.origin === origin) {
      return known.gate;
    }
    const gate = this.#gates.of(credential, origin);
    this.#lastGate = { credential, origin, gate };
    return gate;
  }

  /** A value that is made once for its key, such as a token. */
  once<Value>(key: readonly unknown[], make: () => Value): Value {
    const text = JSON.stringify(key);
    if (!this.#values.has(text)) {
      this.#values.set(text, make());
    }
    return this.#values.get(text) as Value;
  }
}
