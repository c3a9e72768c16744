// A place for one exchange at a time, over undici, which is gone as soon as it is given up. Made by dispatchers.ts.
// undici's ProxyAgent does not tell a proxy's fault from the host's, so that the tunnel is asked for here.
import type { Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import type * as Undici from "undici";
import { httpBounds } from "./bounds";
import { InterimFilter } from "./interim";
import { type Progress, TunnelRefused } from "./message";

type Client = Undici.Client;
type ConnectOptions = Undici.buildConnector.Options;
type Connected = Undici.buildConnector.Callback;

const wholeUndici = (): typeof Undici => require("undici");

/** Fetch, WebSocket, caches and mocks take twice as long to load as a client does, and set a dispatcher for the whole program. */
const Client = part(
  () => require("undici/lib/dispatcher/client"),
  () => wholeUndici().Client,
);
const buildConnector = part(
  () => require("undici/lib/core/connect"),
  () => wholeUndici().buildConnector,
);

/** A part by its file, whose name undici promises nobody, else out of the whole. */
function part<Part>(load: () => unknown, loadWhole: () => Part): Part {
  try {
    return load() as Part;
  } catch {
    return loadWhole();
  }
}

/** What makes connections that trust some certificates, TCP alone or TLS. */
export type Connector = Undici.buildConnector.connector;

/** A connector that always checks certificates, whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
export function connectorWith(secureContext: SecureContext): Connector {
  return buildConnector({ rejectUnauthorized: true, secureContext, allowH2: false, timeout: 0 });
}

/** The way to an origin. */
export interface Way {
  /** The proxy that opens it, the variable that names it, and what it is told of who asks. */
  readonly proxy:
    | { readonly address: URL; readonly from: string; readonly headers: Readonly<Record<string, string>> }
    | undefined;
  /** Which proxy is asked and why, as a clause, where one is set. */
  readonly description: string | undefined;
  /** The same text for the same way. */
  readonly key: string;
}

/** Where an exchange gets its connection. */
export interface Connections {
  /** Fails with a {@link VpcepError} where the proxy that an origin is asked through cannot be used. */
  check(origin: string): void;
  /** A connection to an origin, for one exchange: one that is idle, else a new one. */
  take(origin: string): Connection;
  /** Takes back a connection whose exchange has had its whole answer. */
  giveBack(connection: Connection): void;
  /** Ends a connection: one whose exchange was given up or has failed, or one that is idle. */
  end(connection: Connection): Promise<void>;
  /** Ends every connection at once, those that are being made included. */
  close(): Promise<void>;
}

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
  /** How it gets there, and whom it trusts on the way: whoever would make the same connection may use it. */
  readonly way: Way;
  readonly dispatcher: Client;
  readonly #connector: Connector;
  /** Who is asked for tunnels. */
  readonly #proxy: Client | undefined;
  readonly #interim = new InterimFilter();
  readonly #sockets = new Set<Socket>();
  #stage: Progress["stage"] = "host";
  #certificateAsked = false;
  #reused = false;

  constructor(origin: string, way: Way, connector: Connector) {
    this.origin = origin;
    this.way = way;
    this.#connector = connector;
    this.#proxy =
      way.proxy &&
      // A client has its way to open tunnels from the whole alone.
      new (wholeUndici().Client)(way.proxy.address.origin, {
        ...clientOptions,
        // undici would have the name in the certificate be that of the host that is asked for.
        connect: ({ servername: _, ...where }, callback) => this.#open(where, callback),
      });
    this.dispatcher = new Client(origin, {
      ...clientOptions,
      connect: (where, callback) => void this.#connect(where, callback),
    });
  }

  async #connect(where: ConnectOptions, callback: Connected): Promise<void> {
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
          callback(notConnected(error), null);
        }
      });
    } catch (error) {
      callback(notConnected(error), null);
    }
  }

  /** Has a proxy open a tunnel. */
  async #tunnel(proxy: Client, { host, port }: ConnectOptions): Promise<Socket> {
    this.#stage = "proxy";
    const authority = port ? `${host}` : `${host}:443`;
    const { statusCode, socket } = await proxy.connect({
      path: authority,
      headers: {
        host: authority,
        "proxy-connection": "keep-alive",
        ...this.way.proxy?.headers,
      },
    });
    if (statusCode < 200 || statusCode > 299) {
      socket.on("error", () => {}).destroy();
      throw new TunnelRefused(statusCode);
    }
    this.#stage = "tunnel";
    return socket as Socket;
  }

  /** Makes a connection that is ended with this place, TCP alone or TLS. */
  #open(where: ConnectOptions, callback: Connected): void {
    // undici's connector returns the socket it connects, which its types do not say.
    const socket = this.#connector(where, (...made) => {
      // A client has these from a server that asks for its certificate, and from no other.
      this.#certificateAsked = socket instanceof TLSSocket && !!socket.getSharedSigalgs()?.length;
      callback(...made);
    }) as unknown as Socket;
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  /** How far the exchange has come; `unanswered` is whether nothing of an answer has. */
  progress(unanswered: boolean): Progress {
    const { proxy, description } = this.way;
    return {
      host: new URL(this.origin).host,
      proxy: proxy && {
        host: proxy.address.host,
        from: proxy.from,
        isSecure: proxy.address.protocol === "https:",
      },
      route: description,
      stage: this.#stage,
      certificateAsked: this.#certificateAsked,
      unanswered,
      reused: this.#reused,
    };
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

/** What undici is told in place of the error, since it takes a closed connection for one that it has made itself. */
function notConnected(cause: unknown): Error {
  return cause instanceof TunnelRefused ? cause : new Error("not connected", { cause });
}
