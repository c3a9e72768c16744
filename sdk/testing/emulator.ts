// Starts the emulator: a real HTTP server on 127.0.0.1 with everything in memory.
// Imports the rooms it joins, and first what refuses an old Node. Called by users' tests and command.ts.
import "../../provider/errors/nodeVersion";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { emulatorDefaults } from "./options/defaults";
import { environmentOf } from "./options/environment";
import type { EmulatorData, EmulatorOptions, WireRecord } from "./options/options";
import { inSequence, type Reply, type ReplyFunction, Script } from "./replies/reply";
import { type OpenRecord, type RecordedRequest, recordRequest } from "./replies/requests";
import { exchange } from "./server/exchange";
import { trackSockets } from "./server/sockets";
import type { Surroundings } from "./state/call";
import { Credentials } from "./state/credentials";
import { Data } from "./state/data";

const dayMs = 24 * 60 * 60_000;

/** A running VPCEP with the IAM and metadata calls around it, for tests. */
export interface Emulator {
  /** Where it listens, such as `http://127.0.0.1:49152`: VPCEP, IAM and the metadata service in one. */
  readonly url: string;
  /**
   * The environment variables with which a program reaches it: `VPCEP_ENDPOINT`, `HW_AUTH_URL`,
   * `HW_REGION_NAME`, `HW_PROJECT_ID`, and the first credentials accepted (by default `HW_AUTH_TOKEN`).
   */
  readonly environment: Record<string, string>;
  /** Every request since the start or the last `reset`, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** How many TCP connections are open now, were open at most at once, and were ever opened. */
  readonly sockets: { readonly open: number; readonly peak: number; readonly total: number };
  /**
   * Scripts the replies to the next requests, whatever their paths: one each, in this order. A function is
   * asked about every request instead, until `reset`.
   *
   * @example
   * ```ts
   * import { startEmulator } from "pulumi-vpcep/testing";
   *
   * export async function script(): Promise<void> {
   *   await using emulator = await startEmulator();
   *   emulator.reply({ status: 503 }, { breakOff: { by: "reset" } }, { delayMs: 100 });
   *   emulator.reply(({ method }) => (method === "POST" ? { status: 500 } : undefined));
   * }
   * ```
   */
  reply(...replies: Reply[] | [ReplyFunction]): void;
  /** Scripts the replies to the next requests whose path contains the text or matches the expression. */
  replyTo(path: string | RegExp, ...replies: Reply[]): void;
  /**
   * Adds an endpoint service, or replaces the one with its id: a record, or JSON text to be served as it is.
   *
   * @throws TypeError when it is no JSON object with an `id`.
   */
  putService(service: WireRecord | string): void;
  /** Removes an endpoint service; nothing happens when there is none of that id. */
  deleteService(id: string): void;
  /** Replaces whole parts of the data: those that are given. */
  set(data: EmulatorData): void;
  /** Lets a token be refused from now on, as one that has expired. */
  revokeToken(token: string): void;
  /** Forgets the requests, the scripted replies, the failures of keys and the peak; the data stays. */
  reset(): void;
  /** Ends every connection at once, answered or not, and stops listening. */
  close(): Promise<void>;
  /** The same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts an emulator of VPCEP on 127.0.0.1 and resolves when it listens.
 *
 * It answers all of VPCEP's queries, IAM's token and project calls and the ECS metadata service's. Tokens and
 * signatures are really checked. It serves the API reference's sample response unless told otherwise.
 *
 * @throws Error of `node:net`, such as `EADDRINUSE`, when it cannot listen on the port; TypeError for a service
 * that is no JSON object with an `id`.
 *
 * @example
 * ```ts
 * import { startEmulator } from "pulumi-vpcep/testing";
 *
 * export async function readSomething(): Promise<void> {
 *   await using emulator = await startEmulator({ region: "eu-nl" });
 *   Object.assign(process.env, emulator.environment);
 *   // Here the program under test reads something.
 *   console.log(emulator.requests.map(({ method, path, status }) => `${method} ${path} ${status}`));
 * }
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { now = Date.now, region = emulatorDefaults.region, tokenLifetimeMs = dayMs } = options;
  const data = new Data(region, options);
  const credentials = new Credentials(options, now);
  const script = new Script();
  const requests: OpenRecord[] = [];

  // A request and an answer carry a token of 64 KiB.
  const server = createServer({ maxHeaderSize: 96 * 1024 }, (message, response) => {
    const record = recordRequest(message, now());
    requests.push(record);
    void exchange(message, response, record, script, surroundings);
  });
  const sockets = trackSockets(server);
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const surroundings: Surroundings = { url, data, credentials, now, tokenLifetimeMs };

  const close = async (): Promise<void> => {
    const closed = server.listening ? once(server, "close") : undefined;
    server.close();
    sockets.destroyAll();
    await closed;
  };
  return {
    url,
    environment: environmentOf(url, region, data.projects, options),
    requests,
    sockets: sockets.counts,
    reply(...replies) {
      const [first] = replies;
      script.add(typeof first === "function" ? first : inSequence("", replies as Reply[]));
    },
    replyTo: (path, ...replies) => script.add(inSequence(path, replies)),
    putService: (service) => data.putService(service),
    deleteService: (id) => data.deleteService(id),
    set: (changes) => data.set(changes),
    revokeToken: (token) => credentials.revokeToken(token),
    reset() {
      requests.length = 0;
      script.clear();
      credentials.forgetFailures();
      sockets.forgetPeak();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
