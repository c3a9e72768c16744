// The connections of one session: TLS, certificate authorities, proxies; each is one place, which is gone as soon as it is
// given up. Used by http.ts.
// Certificates are always checked, whatever NODE_TLS_REJECT_UNAUTHORIZED says.
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { buildConnector, Client } from "undici";
import { VpcepError } from "../errors/errors";
import { type AuthorityFile, secureContextWith } from "./authorities";
import { httpBounds } from "./bounds";
import { HttpProblem, type Progress, problemOf, TunnelRefused } from "./httpProblem";
import { InterimFilter } from "./interim";
import { proxyAuthorization, type Route, readProxies, routeTo } from "./proxy";

const clientOptions = {
  pipelining: 1,
  allowH2: false,
  maxHeaderSize: httpBounds.headerBytes,
  // The exchange's own timers bound all three, the proxy's answer included, and a body that drips.
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveMaxTimeout: 30_000,
} as const;

/** A place for one exchange at a time: a connection to one origin, which is made anew when it was idle for too long. */
export class Connection {
  readonly origin: string;
  readonly dispatcher: Client;
  readonly #route: Route;
  readonly #connector: buildConnector.connector;
  /** Who is asked for tunnels. */
  readonly #proxy: Client | undefined;
  readonly #interim = new InterimFilter();
  readonly #sockets = new Set<Socket>();
  #stage: Progress["stage"] = "host";
  #certificateAsked = false;
  #reused = false;

  constructor(origin: string, route: Route, connector: buildConnector.connector) {
    this.origin = origin;
    this.#route = route;
    this.#connector = connector;
    const address = route.proxy?.address;
    this.#proxy =
      address &&
      new Client(address.origin, {
        ...clientOptions,
        // undici would have the name in the certificate be that of the host that is asked for.
        connect: ({ servername: _, ...where }, callback) => this.#open(where, callback),
      });
    this.dispatcher = new Client(origin, {
      ...clientOptions,
      connect: (where, callback) => void this.#connect(where, callback),
    });
  }

  async #connect(where: buildConnector.Options, callback: buildConnector.Callback): Promise<void> {
    this.#reused = false;
    try {
      const tunnel = this.#proxy && { httpSocket: await this.#tunnel(this.#proxy, where) };
      this.#open({ ...where, ...tunnel }, (...made) => {
        const [error, socket] = made;
        if (socket) {
          this.#stage = "host";
          this.#interim.attach(socket);
          callback(null, socket);
        } else {
          callback(this.problemOf(error, true), null);
        }
      });
    } catch (error) {
      callback(this.problemOf(error, true), null);
    }
  }

  /** Has a proxy open a tunnel. */
  async #tunnel(proxy: Client, { host, port }: buildConnector.Options): Promise<Socket> {
    this.#stage = "proxy";
    const authority = port ? `${host}` : `${host}:443`;
    const { statusCode, socket } = await proxy.connect({
      path: authority,
      headers: {
        host: authority,
        "proxy-connection": "keep-alive",
        ...proxyAuthorization(this.#route.proxy),
      },
    });
    if (statusCode !== 200) {
      socket.on("error", () => {}).destroy();
      throw new TunnelRefused(statusCode);
    }
    this.#stage = "tunnel";
    return socket as Socket;
  }

  /** Makes a connection that is ended with this place, TCP alone or TLS. */
  #open(where: buildConnector.Options, callback: buildConnector.Callback): void {
    // undici's connector returns the socket it connects, which its types do not say.
    const socket = this.#connector(where, (...made) => {
      // A client has these from a server that asks for its certificate, and from no other.
      this.#certificateAsked = socket instanceof TLSSocket && !!socket.getSharedSigalgs()?.length;
      callback(...made);
    }) as unknown as Socket;
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  /** What an error of the exchange means; `unanswered` is whether nothing of an answer has come. */
  problemOf(error: unknown, unanswered: boolean): HttpProblem {
    const { proxy, exception, description } = this.#route;
    return problemOf(error, {
      host: new URL(this.origin).host,
      proxy: proxy?.address && { host: proxy.address.host, from: proxy.from },
      route: proxy || exception ? description : undefined,
      stage: this.#stage,
      certificateAsked: this.#certificateAsked,
      unanswered,
      reused: this.#reused,
    });
  }

  /** Makes the place ready for its next exchange. */
  reuse(): void {
    this.#reused = true;
    this.#interim.expectAnswer();
  }

  /** Ends it at once, and what is being made for it: undici itself waits for a connection that it makes. */
  async end(): Promise<void> {
    const ended = Promise.all([this.dispatcher.destroy(), this.#proxy?.destroy()]);
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    await ended;
  }
}

/** The connections of one session. How many there are to a host at most is up to who sends. */
export class Dispatchers {
  readonly #connector: buildConnector.connector;
  readonly #proxies = readProxies(process.env);
  readonly #all = new Set<Connection>();
  readonly #idle = new Map<string, Connection[]>();
  #closed = false;

  /** `caFile` holds certificate authorities to trust beside Node's own. */
  constructor(caFile: AuthorityFile | undefined) {
    this.#connector = buildConnector({
      rejectUnauthorized: true,
      secureContext: secureContextWith(caFile),
      allowH2: false,
      timeout: 0,
    });
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
      const host = new URL(origin).host;
      throw new HttpProblem("refused", `the request to ${host} could not be sent (UND_ERR_DESTROYED)`);
    }
    const idle = this.#idle.get(origin)?.pop();
    if (idle) {
      return idle;
    }
    const connection = new Connection(origin, routeTo(origin, this.#proxies), this.#connector);
    this.#all.add(connection);
    return connection;
  }

  /** Takes back a connection whose exchange has had its whole answer. */
  giveBack(connection: Connection): void {
    connection.reuse();
    const idle = this.#idle.get(connection.origin);
    if (idle) {
      idle.push(connection);
    } else {
      this.#idle.set(connection.origin, [connection]);
    }
  }

  /** Ends a connection whose exchange was given up or has failed. */
  async end(connection: Connection): Promise<void> {
    this.#all.delete(connection);
    await connection.end();
  }

  /** Ends every connection at once, those that are being made included. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((connection) => connection.end()));
  }
}
