// Starts the emulator: a real HTTP server on 127.0.0.1 with everything in memory.
// Imports the rooms it joins, and first what refuses an old Node. Called by users' tests and command.ts.
import "../../provider/errors/nodeVersion";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { emulatorDefaults } from "./options/defaults";
import { type AccountConfiguration, configurationOf, environmentOf } from "./options/environment";
import type { EmulatorData, EmulatorOptions, WireRecord } from "./options/options";
import { inSequence, type Reply, type ReplyFunction, Script } from "./replies/reply";
import { type OpenRecord, type RecordedRequest, recordRequest } from "./replies/requests";
import { exchange } from "./server/exchange";
import { trackSockets } from "./server/sockets";
import { type Account, accountsOf } from "./state/account";
import type { Surroundings } from "./state/call";
import { Credentials } from "./state/credentials";
import { type IdTokenClaims, IdTokens } from "./state/idTokens";

const dayMs = 24 * 60 * 60_000;

/** One account of an emulator: how it is reached, and its data. */
export interface EmulatorAccount {
  /**
   * The environment variables with which a program reaches it: `VPCEP_ENDPOINT`, `HW_AUTH_URL`,
   * `HUAWEICLOUD_SDK_STS_ENDPOINT`, `HW_REGION_NAME`, `HW_PROJECT_ID`, and the first credentials accepted (by
   * default `HW_AUTH_TOKEN`).
   */
  readonly environment: Record<string, string>;
  /** The same as settings, to be an entry of `vpcep:accounts` in a stack's configuration. */
  readonly configuration: AccountConfiguration;
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
}

/** A running VPCEP with the IAM, STS and metadata calls around it, for tests; by itself it is its first account. */
export interface Emulator extends EmulatorAccount {
  /** Where it listens, such as `http://127.0.0.1:49152`: VPCEP, IAM, STS and the metadata service in one. */
  readonly url: string;
  /**
   * What a job of GitHub Actions with `id-token: write` finds in its environment: `ACTIONS_ID_TOKEN_REQUEST_URL`
   * and `ACTIONS_ID_TOKEN_REQUEST_TOKEN`.
   */
  readonly gitHubEnvironment: Record<string, string>;
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
   * One of its accounts, by name.
   *
   * @throws TypeError when there is none of that name.
   */
  account(name: string): EmulatorAccount;
  /** An identity token of a pipeline, as GitLab puts it into a job's environment. */
  issueIdToken(claims?: IdTokenClaims): string;
  /** Lets a token be refused from now on, as one that has expired. */
  revokeToken(token: string): void;
  /** Lets an access key, listed or issued, be refused from now on, as one that does not exist. */
  revokeKey(accessKey: string): void;
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
 * It answers all of VPCEP's queries, IAM's and STS's calls for tokens, projects and temporary keys, the ECS metadata
 * service's, and GitHub Actions' for identity tokens. Tokens and signatures are really checked, in two accounts. It serves the API reference's sample response unless told otherwise.
 *
 * @throws Error of `node:net`, such as `EADDRINUSE`, when it cannot listen on the port; TypeError for a service
 * that is no JSON object with an `id`, or for what two accounts may not share.
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
  const accounts = accountsOf(region, options);
  const credentials = new Credentials(accounts, now);
  const idTokens = new IdTokens(now);
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
  const surroundings: Surroundings = { url, accounts, credentials, idTokens, now, tokenLifetimeMs };

  const close = async (): Promise<void> => {
    const closed = server.listening ? once(server, "close") : undefined;
    server.close();
    sockets.destroyAll();
    await closed;
  };
  return {
    ...reached(accounts[0], url, region),
    url,
    gitHubEnvironment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/actions/id-token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: idTokens.requestToken,
    },
    requests,
    sockets: sockets.counts,
    reply(...replies) {
      const [first] = replies;
      script.add(typeof first === "function" ? first : inSequence("", replies as Reply[]));
    },
    replyTo: (path, ...replies) => script.add(inSequence(path, replies)),
    account(name) {
      const found = accounts.find((account) => account.name === name);
      if (found === undefined) {
        const known = accounts.map((account) => account.name).join(", ");
        throw new TypeError(`The emulator has no account "${name}"; it has ${known}.`);
      }
      return reached(found, url, region);
    },
    issueIdToken: (claims = {}) => idTokens.issue(claims),
    revokeToken: (token) => credentials.revokeToken(token),
    revokeKey: (accessKey) => credentials.revokeKey(accessKey),
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

function reached(account: Account, url: string, region: string): EmulatorAccount {
  const { data } = account;
  const configuration = configurationOf(url, region, { ...account, projects: data.projects });
  return {
    configuration,
    environment: environmentOf(configuration),
    putService: (service) => data.putService(service),
    deleteService: (id) => data.deleteService(id),
    set: (changes) => data.set(changes),
  };
}
