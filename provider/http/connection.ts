// A place for one exchange at a time, over undici, which is gone as soon as it is given up. Made by dispatchers.ts.
import type { Socket } from "node:net";
import { type buildConnector, Client, type Dispatcher, ProxyAgent } from "undici";
import { httpBounds } from "./bounds";
import { InterimFilter } from "./interim";

/** What undici's connectors are told of TLS. */
export type Tls = buildConnector.BuildOptions;

/** The way to an origin. */
export interface Way {
  readonly proxy: URL | undefined;
  /** The same text for the same way. */
  readonly key: string;
}

/** Where an exchange gets its connection. */
export interface Connections {
  /** A connection to an origin, for one exchange: one that is idle, else a new one. */
  take(origin: string): Connection;
  /** Takes back a connection whose exchange has had its whole answer. */
  giveBack(connection: Connection): void;
  /** Ends a connection: one whose exchange was given up or has failed, or one that is idle. */
  end(connection: Connection): Promise<void>;
  /** Ends every connection at once, those that are being made included. */
  close(): Promise<void>;
}

/** A place for one exchange at a time: a connection to one origin, which is made anew when it was idle for too long. */
export class Connection {
  readonly origin: string;
  /** How it gets there, and whom it trusts on the way: whoever would make the same connection may use it. */
  readonly way: Way;
  readonly dispatcher: Dispatcher;
  /** Whether it was made for the exchange that uses it now. */
  fresh = true;
  readonly #interim = new InterimFilter();
  readonly #sockets = new Set<Socket>();

  constructor(origin: string, way: Way, tls: Tls, connector: buildConnector.connector) {
    this.origin = origin;
    this.way = way;
    const { proxy } = way;
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
