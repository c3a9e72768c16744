// The connections of one session: TLS, certificate authorities, proxies. Used by http.ts.
import { hash } from "node:crypto";
import { VpcepError } from "../errors/errors";
import { secureContextWith } from "./authorities";
import { httpBounds } from "./bounds";
import { Connection, type Connections, type Connector, connectorWith, type Way } from "./connection";
import { HttpProblem } from "./httpProblem";
import { proxyAuthorization, readProxies, routeTo } from "./proxy";

/** A connection that nobody uses, and the session that has used it last. */
interface Idle {
  readonly connection: Connection;
  readonly owner: Dispatchers;
}

/** The connections to one origin, by all sessions of the process together: a host has eight, whoever asks. */
interface OpenConnections {
  count: number;
  /** In the order in which they became so. */
  readonly idle: Idle[];
}

const openByOrigin = new Map<string, OpenConnections>();

/**
 * The connections of one session. How many are in use to a host is up to who sends. One that is idle goes to whoever needs
 * the same next, in another session too, or makes room for another.
 */
export class Dispatchers implements Connections {
  readonly #connector: Connector;
  readonly #proxies = readProxies(process.env);
  readonly #trust: string;
  readonly #ways = new Map<string, Way>();
  readonly #all = new Set<Connection>();
  #closed = false;

  /** `authorities` are certificates to trust beside Node's own, in PEM form. */
  constructor(authorities: readonly string[]) {
    this.#trust = hash("sha256", authorities.join());
    this.#connector = connectorWith(secureContextWith(authorities));
  }

  check(origin: string): void {
    this.#wayTo(origin);
  }

  take(origin: string): Connection {
    if (this.#closed) {
      const { host } = new URL(origin);
      throw new HttpProblem("refused", `the request to ${host} could not be sent (UND_ERR_DESTROYED)`);
    }
    const open = openTo(origin);
    const way = this.#wayTo(origin);
    const same = open.idle.findLastIndex(({ connection }) => connection.way.key === way.key);
    const [reused] = same === -1 ? [] : open.idle.splice(same, 1);
    if (reused) {
      reused.owner.#all.delete(reused.connection);
      return this.#own(reused.connection);
    }
    const [oldest] = open.idle;
    if (oldest && open.count >= httpBounds.connections) {
      void oldest.owner.end(oldest.connection);
    }
    open.count++;
    return this.#own(new Connection(origin, way, this.#connector));
  }

  #own(connection: Connection): Connection {
    this.#all.add(connection);
    return connection;
  }

  #wayTo(origin: string): Way {
    let way = this.#ways.get(origin);
    if (!way) {
      const { proxy, exception, description } = routeTo(origin, this.#proxies);
      if (proxy?.problem !== undefined) {
        throw new VpcepError("VPCEP_CONFIG", `${proxy.from} ${proxy.problem}`);
      }
      const address = proxy?.address;
      way = {
        proxy: address && { address, from: proxy.from, headers: proxyAuthorization(address) },
        description: address || exception ? description : undefined,
        key: `${this.#trust} ${address?.href}`,
      };
      this.#ways.set(origin, way);
    }
    return way;
  }

  giveBack(connection: Connection): void {
    connection.reuse();
    if (!this.#closed) {
      openTo(connection.origin).idle.push({ connection, owner: this });
    }
  }

  async end(connection: Connection): Promise<void> {
    if (this.#all.delete(connection)) {
      const open = openTo(connection.origin);
      open.count--;
      const idle = open.idle.findIndex((each) => each.connection === connection);
      open.idle.splice(idle === -1 ? open.idle.length : idle, 1);
    }
    await connection.end();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((connection) => this.end(connection)));
  }
}

function openTo(origin: string): OpenConnections {
  let open = openByOrigin.get(origin);
  if (!open) {
    open = { count: 0, idle: [] };
    openByOrigin.set(origin, open);
  }
  return open;
}
