// SDK-HMAC-SHA256 request signing. Pure: the clock, the credentials and the request are arguments.
// Called by authentication.ts to sign, and by the emulator to check. Imports nothing of the project.
import { createHmac, hash } from "node:crypto";

/** A request as it is signed. */
export interface SignableRequest {
  readonly method: string;
  /** The path as sent, percent-encoded. */
  readonly path: string;
  /** The query as sent, without the question mark; empty when there is none. */
  readonly query: string;
  /** Exactly the headers to sign, `x-sdk-date` among them; names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes of the body; empty when there is none. */
  readonly body: string | Uint8Array;
}

/** The `Authorization` header's value for a request. */
export function authorizationHeader(request: SignableRequest, accessKey: string, secretKey: string): string {
  const headers = signedHeaders(request.headers);
  const names = headers.map(([name]) => name).join(";");
  return `SDK-HMAC-SHA256 Access=${accessKey}, SignedHeaders=${names}, Signature=${sign(request, headers, names, secretKey)}`;
}

/** The signature of a request, as 64 hexadecimal digits. */
export function signature(request: SignableRequest, secretKey: string): string {
  const headers = signedHeaders(request.headers);
  return sign(request, headers, headers.map(([name]) => name).join(";"), secretKey);
}

function sign(
  request: SignableRequest,
  headers: readonly Header[],
  names: string,
  secretKey: string,
): string {
  const date = headers.find(([name]) => name === "x-sdk-date")?.[1] ?? "";
  const stringToSign = `SDK-HMAC-SHA256\n${date}\n${sha256(canonicalRequest(request, headers, names))}`;
  return createHmac("sha256", secretKey).update(stringToSign).digest("hex");
}

/** A moment as the `X-Sdk-Date` header has it, for example `20191115T033655Z`. */
export function signingDate(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** A query in canonical form: every key and value escaped, sorted by key, then by value. */
export function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(
    ([key, value]) => [percentEncode(key), percentEncode(value)] as const,
  );
  return pairs
    .sort(([a, x], [b, y]) => byCodeUnit(a, b) || byCodeUnit(x, y))
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
}

function canonicalRequest(request: SignableRequest, headers: readonly Header[], names: string): string {
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    ...headers.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    request.body.length === 0 ? hashOfNothing : sha256(request.body),
  ].join("\n");
}

/** The path with each segment escaped anew; the canonical form alone ends in a slash, the sent path does not. */
function canonicalPath(path: string): string {
  const escaped = /^[A-Za-z0-9\-._~/]*$/.test(path)
    ? path
    : path
        .split("/")
        .map((segment) => percentEncode(decodeURIComponent(segment)))
        .join("/");
  return escaped.endsWith("/") ? escaped : `${escaped}/`;
}

type Header = [name: string, value: string];

function signedHeaders(headers: Readonly<Record<string, string>>): Header[] {
  return Object.entries(headers)
    .map(([name, value]): Header => [name.toLowerCase(), value.trim()])
    .sort(([a], [b]) => byCodeUnit(a, b));
}

/** RFC 3986: everything but letters, digits, `-`, `.`, `_` and `~`. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The order of code units: a locale's order would sign differently on some machines. */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sha256(data: string | Uint8Array): string {
  return hash("sha256", data);
}

const hashOfNothing = sha256("");
