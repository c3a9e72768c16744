// One server that plays IAM, STS, a server's metadata, GitHub Actions and VPCEP, with the documented answers of
// fixtures/identityCalls.json: it knows who may ask, checks every signature with the right key, and notes who asked what.
// The package's own emulator is a product, and decides more than these tests want. Used by the tests beside it.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signature } from "../../../provider/credentials/signature";
import { sampleEndpointService } from "../../../sdk/testing";
import documented from "../../fixtures/identityCalls.json";

export { documented };

export type CallName = keyof typeof documented | "token" | "metadata" | "gitHub" | "projects" | "service";

export interface Key {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken?: string;
}

/** A request that came. */
export interface Call {
  readonly name: CallName;
  /** The access key whose signature was right, the token, or nobody. */
  readonly by: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Path and query as they came. */
  readonly path: string;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The key and the token that are known from the beginning, and what is never issued. */
export const sourceKey = { accessKey: "SOURCEKEY", secretKey: "source-secret-key" };
export const sourceToken = "a-token-of-the-user";
export const idToken = "eyJhbGciOi.JSUzI1NiIs.InR5cCI6Ik";
export const requestToken = "a-request-token-of-the-job";
export const targetProject = "project-of-the-target";

const refusedSignature = {
  status: 401,
  body: { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information: ak not exist" },
};

export class IdentityServer {
  readonly calls: Call[] = [];
  /** What is answered to the call of a name, in place of the documented answer. */
  readonly answers = new Map<CallName, Answer>();
  /** The call that is never answered. */
  silentAt: CallName | undefined;
  readonly #keys = new Map<string, Key>([[sourceKey.accessKey, sourceKey]]);
  readonly #tokens = new Set<string>([sourceToken]);
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #issued = 0;
  url = "";

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The names of the calls, those alone that issue something. */
  get issuing(): CallName[] {
    const others: readonly CallName[] = ["projects", "service", "domains", "callerIdentity"];
    return this.calls.map(({ name }) => name).filter((name) => !others.includes(name));
  }

  /** The call of a name, of which there is one. */
  only(name: CallName): Call {
    const [call, ...others] = this.calls.filter((each) => each.name === name);
    if (!call || others.length > 0) {
      throw new Error(`${others.length + (call ? 1 : 0)} calls ${name}`);
    }
    return call;
  }

  /** Takes a key from now on, or a token. */
  accept(key: Key): void {
    this.#keys.set(key.accessKey, key);
  }

  /** Takes a key no longer. */
  forget(accessKey: string): void {
    this.#keys.delete(accessKey);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString();
    const headers = request.headers as Record<string, string>;
    const [path = "", query = ""] = (request.url ?? "").split("?");
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const name = nameOf(`${request.method} ${path}`, text);
    const by = this.#callerOf(request.method ?? "", path, query, headers, text);
    if (name === undefined) {
      send(response, { status: 404, body: { error_code: "APIGW.0101", error_msg: "No such API" } });
      return;
    }
    this.calls.push({ name, by: by ?? "nobody", body, headers, path: request.url ?? "" });
    if (name === this.silentAt) {
      return;
    }
    send(response, by === undefined ? refusedSignature : this.#answerTo(name, body));
  }

  /** Who has signed a request, or whose token it has; undefined where the signature is wrong. */
  #callerOf(
    method: string,
    path: string,
    query: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): string | undefined {
    const [, accessKey = "", names = "", given] =
      /^SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
        headers["authorization"] ?? "",
      ) ?? [];
    const token = headers["x-auth-token"];
    if (accessKey === "") {
      return token === undefined ? "nobody" : this.#tokens.has(token) ? token : undefined;
    }
    const key = this.#keys.get(accessKey);
    const signed = Object.fromEntries(names.split(";").map((name) => [name, headers[name] ?? ""]));
    const isRight =
      key !== undefined &&
      headers["x-security-token"] === key.securityToken &&
      (key.securityToken === undefined || names.includes("x-security-token")) &&
      (headers["x-domain-id"] === undefined || names.includes("x-domain-id")) &&
      signature({ method, path, query, headers: signed, body }, key.secretKey) === given;
    return isRight ? accessKey : undefined;
  }

  #answerTo(name: CallName, body: unknown): Answer {
    const other = this.answers.get(name);
    if (other) {
      return other;
    }
    switch (name) {
      case "agencyKey":
      case "tokenKey":
        return this.#withKey(documented[name].answer, (key, seconds) => ({
          credential: {
            access: key.accessKey,
            secret: key.secretKey,
            securitytoken: key.securityToken,
            expires_at: inMicroseconds(seconds),
          },
        }))(body);
      case "assumeAgency":
      case "assumeWithOidc":
        return this.#withKey(documented[name].answer, (key, seconds) => ({
          ...documented[name].answer.body,
          credentials: {
            access_key_id: key.accessKey,
            secret_access_key: key.secretKey,
            security_token: key.securityToken,
            expiration: new Date(Date.now() + seconds * 1_000).toISOString(),
          },
        }))(body);
      case "token":
      case "idToken":
        return this.#token(body);
      case "metadata":
        return this.#withKey({ status: 200 }, (key, seconds) => ({
          credential: {
            access: key.accessKey,
            secret: key.secretKey,
            securitytoken: key.securityToken,
            expires_at: inMicroseconds(seconds),
          },
        }))(undefined);
      case "gitHub":
        return { status: 200, body: { count: idToken.length, value: idToken } };
      case "projects":
        return { status: 200, body: { projects: [{ id: targetProject, name: "eu-de" }], links: {} } };
      case "service":
        return { status: 200, body: JSON.parse(sampleEndpointService) as unknown };
      default:
        return documented[name].answer;
    }
  }

  /** Answers with another key each time, which lives as long as was asked. */
  #withKey({ status }: { readonly status: number }, bodyOf: (key: Key, seconds: number) => object) {
    return (asked: unknown): Answer => {
      this.#issued++;
      const number = `${this.#issued}`;
      const key = {
        accessKey: `ISSUED${number}`,
        secretKey: `issued-secret-key-${number}`,
        securityToken: `issued-security-token-${number}`,
      };
      this.#keys.set(key.accessKey, key);
      return { status, body: bodyOf(key, secondsIn(asked)) };
    };
  }

  #token(asked: unknown): Answer {
    this.#issued++;
    const token = `issued-token-${this.#issued}`;
    this.#tokens.add(token);
    const { scope } = (asked as { auth: { scope?: { project?: object } } }).auth;
    const { body } = documented.idToken.answer;
    const { project, ...rest } = body.token;
    return {
      status: 201,
      headers: { "X-Subject-Token": token },
      body: {
        token: {
          ...rest,
          expires_at: inMicroseconds(3_600),
          ...(scope?.project
            ? { project: { ...project, id: "project-of-the-token", ...scope.project } }
            : {}),
        },
      },
    };
  }
}

function nameOf(line: string, body: string): CallName | undefined {
  switch (line) {
    case "POST /v3.0/OS-CREDENTIAL/securitytokens":
      return body.includes('"assume_role"') ? "agencyKey" : "tokenKey";
    case "POST /v5/agencies/assume":
      return "assumeAgency";
    case "POST /v5/agencies/assume-with-oidc":
      return "assumeWithOidc";
    case "POST /v3.0/OS-AUTH/id-token/tokens":
      return "idToken";
    case "POST /v3/auth/tokens":
      return "token";
    case "GET /v3/auth/domains":
      return "domains";
    case "GET /v5/caller-identity":
      return "callerIdentity";
    case "GET /v3/projects":
      return "projects";
    case "GET /openstack/latest/securitykey":
      return "metadata";
    case "GET /id-token":
      return "gitHub";
    default:
      return line.startsWith("GET /v1/") ? "service" : undefined;
  }
}

/** How long a key is asked to live: the metadata's own lives an hour. */
function secondsIn(body: unknown): number {
  const found = /"duration_seconds":(\d+)/.exec(JSON.stringify(body ?? {}));
  return Number(found?.[1] ?? 3_600);
}

function inMicroseconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString().replace("Z", "000Z");
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
