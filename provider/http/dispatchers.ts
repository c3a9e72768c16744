// The connections of one session: TLS, certificate authorities, proxies; each is one place, which is gone as soon as it is
// given up. Used by http.ts.
// Certificates are always checked, whatever NODE_TLS_REJECT_UNAUTHORIZED says.
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { getCACertificates } from "node:tls";
import { buildConnector, Client, type Dispatcher, errors, ProxyAgent } from "undici";
import { onOneLine } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { InterimFilter } from "./interim";
import { readProxies, routeTo } from "./proxy";

/** The bounds of one connection and of one answer; the README's section on reliability quotes them. */
export const httpBounds = {
  connections: 8,
  connectTimeoutMs: 5_000,
  answerBytes: 1024 * 1024,
  listBytes: 16 * 1024 * 1024,
  answerValues: 20_000,
  listValues: 250_000,
  // IAM gives a token in a header, of 64 KiB at most.
  headerBytes: 96 * 1024,
} as const;

/** A file of certificate authorities in PEM form, and the setting that names it. */
export interface AuthorityFile {
  readonly value: string;
  readonly from: string;
}

/** What undici's connectors are told of TLS. */
type Tls = buildConnector.BuildOptions;

/** A place for one exchange at a time: a connection to one origin, which is made anew when it was idle for too long. */
export class Connection {
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  /** Whether it was made for the exchange that uses it now. */
  fresh = true;
  readonly #interim = new InterimFilter();
  readonly #sockets = new Set<Socket>();

  constructor(origin: string, proxy: URL | undefined, tls: Tls, connector: buildConnector.connector) {
    this.origin = origin;
    const connect: buildConnector.connector = (where, callback) => {
      // undici's connector returns the socket it connects, which its types do not say.
      const socket = connector(where, callback) as unknown as Socket;
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    };
    const options = {
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: httpBounds.headerBytes,
      // The exchange's own timers bound all three, the proxy's answer included, and a body that drips.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveMaxTimeout: 30_000,
    };
    const client = (to: string | URL, by: buildConnector.connector) =>
      new Client(to, { ...options, connect: this.#noticing(by) });
    this.dispatcher = proxy
      ? new ProxyAgent({
          ...options,
          uri: proxy.href,
          requestTls: tls,
          clientFactory: (to) => new Client(to, { ...options, connect }),
          factory: (to, tunnel) => client(to, (tunnel as { connect: buildConnector.connector }).connect),
        })
      : client(origin, connect);
  }

  /** A connector that tells this place of the connection it makes. */
  #noticing(connector: buildConnector.connector): buildConnector.connector {
    return (where, callback) => {
      this.fresh = true;
      connector(where, (...made) => {
        if (made[1]) {
          this.#interim.attach(made[1]);
        }
        callback(...made);
      });
    };
  }

  /** Makes the place ready for its next exchange. */
  reuse(): void {
    this.fresh = false;
    this.#interim.expectAnswer();
  }

  /** Ends it at once, and what is being made for it: undici itself waits for a connection that it makes. */
  async end(): Promise<void> {
    const ended = this.dispatcher.destroy();
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    await ended;
  }
}

/** What is open to one origin, by all sessions of the process together. */
interface OpenConnections {
  count: number;
  /** In the order in which they became so, each with the session that may use it again. */
  readonly idle: { readonly connection: Connection; readonly owner: Dispatchers }[];
}

const openConnections = new Map<string, OpenConnections>();

function openTo(origin: string): OpenConnections {
  let open = openConnections.get(origin);
  if (!open) {
    open = { count: 0, idle: [] };
    openConnections.set(origin, open);
  }
  return open;
}

/**
 * The connections of one session. How many are in use to a host is up to who sends; one that is idle, in another session
 * too, makes room for a new one.
 */
export class Dispatchers {
  readonly #tls: Tls;
  readonly #connector: buildConnector.connector;
  readonly #proxies = readProxies(process.env);
  readonly #all = new Set<Connection>();
  #closed = false;

  /** `caFile` holds certificate authorities to trust beside Node's own. */
  constructor(caFile: AuthorityFile | undefined) {
    this.#tls = {
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      allowH2: false,
      timeout: 0,
      ...(caFile ? { ca: [...getCACertificates("default"), readCertificates(caFile)] } : {}),
    };
    this.#connector = buildConnector(this.#tls);
    const { https, http } = this.#proxies;
    for (const proxy of [https, http]) {
      if (proxy?.problem !== undefined) {
        throw new VpcepError("VPCEP_CONFIG", `${proxy.from} ${proxy.problem}`);
      }
    }
  }

  /** A connection to an origin, for one exchange: one that is idle, else a new one. */
  take(origin: string): Connection {
    if (this.#closed) {
      throw new errors.ClientDestroyedError();
    }
    const open = openTo(origin);
    const own = open.idle.findLastIndex(({ owner }) => owner === this);
    const [reused] = own === -1 ? [] : open.idle.splice(own, 1);
    if (reused) {
      return reused.connection;
    }
    const [oldest] = open.idle;
    if (oldest && open.count >= httpBounds.connections) {
      void oldest.owner.end(oldest.connection);
    }
    const proxy = routeTo(origin, this.#proxies).proxy?.address;
    const connection = new Connection(origin, proxy, this.#tls, this.#connector);
    this.#all.add(connection);
    open.count++;
    return connection;
  }

  /** Takes back a connection whose exchange has had its whole answer. */
  giveBack(connection: Connection): void {
    connection.reuse();
    if (!this.#closed) {
      openTo(connection.origin).idle.push({ connection, owner: this });
    }
  }

  /** Ends a connection: one whose exchange was given up or has failed, or one that is idle. */
  async end(connection: Connection): Promise<void> {
    if (this.#all.delete(connection)) {
      const open = openTo(connection.origin);
      open.count--;
      const idle = open.idle.findIndex((each) => each.connection === connection);
      open.idle.splice(idle === -1 ? open.idle.length : idle, 1);
    }
    await connection.end();
  }

  /** Ends every connection at once, those that are being made included. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((connection) => this.end(connection)));
  }
}

function readCertificates({ value, from }: AuthorityFile): string {
  let text = "";
  try {
    text = readFileSync(value, "utf8");
  } catch {
    // Said below, with the same next step.
  }
  if (!text.includes("-----BEGIN CERTIFICATE-----")) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${from} must name a file of certificates in PEM form, but ${onOneLine(value)} is none`,
    );
  }
  return text;
}
