// The fault matrix as data: what a server or a network does, and what a lookup makes of it. Run by matrix.test.ts.
import { gzipSync } from "node:zlib";
import { type Reply, sampleEndpointService } from "../../sdk/testing";

/** One fault. */
export interface Fault {
  /** The number in the catalogue of faults. */
  readonly row: number;
  readonly name: string;
  /** One reply for each request; the last one for all that follow. None of its own: the emulator's good answer. */
  readonly replies: readonly Reply[];
  /** The code of the error; absent where the lookup succeeds. */
  readonly code?: string;
  readonly message?: RegExp;
  /** How many requests the server sees. */
  readonly requests: number;
  readonly attemptTimeoutMs?: number;
  readonly timeoutMs?: number;
  readonly maxAttempts?: number;
}

const json = { "content-type": "application/json" };
const good: Reply = {};
const body = sampleEndpointService;
const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const record = (changes: object): Reply => ({ status: 200, headers: json, body: { ...sample, ...changes } });
const text = (value: string | Uint8Array, headers: Record<string, string> = json): Reply => ({
  status: 200,
  headers,
  body: value,
});
const error = (status: number, errorCode = "EndPoint.0001", headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { ...json, ...headers },
  body: { error: { code: errorCode, message: "as it is" } },
});
const gateway = (status: number, errorCode: string, words: string): Reply => ({
  status,
  headers: json,
  body: { error_code: errorCode, error_msg: words, request_id: "r" },
});

/** Pages beside a status that cannot be read whole: the status counts all the same. */
const pages: readonly (readonly [name: string, page: Omit<Reply, "status">])[] = [
  [
    "in another charset",
    { headers: { "content-type": "text/html; charset=latin1" }, body: Buffer.from("caf\xe9", "latin1") },
  ],
  ["in an unknown coding", { headers: { "content-encoding": "zstd2" }, body: "x" }],
  ["in a damaged coding", { headers: { "content-encoding": "gzip" }, body: "no gzip" }],
  ["that is a bomb", { headers: { "content-encoding": "gzip" }, body: gzipSync(Buffer.alloc(50_000_000)) }],
  ["larger than the bound", { headers: { "content-type": "text/html" }, body: "<p>".repeat(500_000) }],
  ["cut in the middle", { body: '{"error_msg":"what', breakOff: { by: "close", afterBytes: 10 } }],
  [
    "that is reset",
    { framing: "chunks", body: '{"error_msg":"what', breakOff: { by: "reset", afterBytes: 10 } },
  ],
  ["that drips", { body: "{".repeat(100), drip: { bytes: 1, intervalMs: 40 } }],
];

/** Statuses with such a page. */
const decorated: readonly Fault[] = pages.flatMap(([name, page]): Fault[] => [
  {
    row: 18,
    name: `503 with a page ${name}, then an answer`,
    replies: [{ ...page, status: 503 }, good],
    attemptTimeoutMs: 250,
    requests: 2,
  },
  {
    row: 20,
    name: `429 with a page ${name} and longer to wait than there is time`,
    replies: [{ ...page, status: 429, headers: { ...page.headers, "retry-after": "3600" } }],
    attemptTimeoutMs: 250,
    code: "VPCEP_THROTTLED",
    message: / answered 429 .*Run again in 3600 s, or look up fewer/,
    requests: 1,
  },
  {
    row: 26,
    name: `401 with a page ${name}`,
    replies: [{ ...page, status: 401 }],
    attemptTimeoutMs: 250,
    code: "VPCEP_AUTH",
    message: / answered 401 .*a token lives 24 hours/,
    requests: 1,
  },
]);

/** Faults of connections and of time. */
const connections: readonly Fault[] = [
  {
    row: 6,
    name: "no headers",
    replies: [{ breakOff: { by: "silence" } }],
    attemptTimeoutMs: 150,
    timeoutMs: 5_000,
    code: "VPCEP_TIMEOUT",
    message: /gave no whole answer within 0\.\d+ s, while waiting for the answer to begin/,
    requests: 2,
    maxAttempts: 2,
  },
  {
    row: 6,
    name: "no headers, until the lookup's own end cuts the last attempt: its whole time is said",
    replies: [{ breakOff: { by: "silence" } }],
    attemptTimeoutMs: 400,
    timeoutMs: 700,
    code: "VPCEP_TIMEOUT",
    message: /gave no whole answer within 0\.7 s, while waiting for the answer to begin \(2 attempts\)\. /,
    requests: 2,
  },
  {
    row: 7,
    name: "a body that drips",
    replies: [{ drip: { bytes: 1, intervalMs: 50 } }, good],
    attemptTimeoutMs: 300,
    requests: 2,
  },
  {
    row: 8,
    name: "a body that falls silent",
    replies: [{ breakOff: { by: "silence", afterBytes: 20 } }, good],
    attemptTimeoutMs: 200,
    requests: 2,
  },
  {
    row: 9,
    name: "a reset in the body",
    replies: [{ breakOff: { by: "reset", afterBytes: 20 } }, good],
    requests: 2,
  },
  {
    row: 10,
    name: "a body shorter than its length",
    replies: [{ breakOff: { by: "close", afterBytes: 20 } }, good],
    requests: 2,
  },
  {
    row: 11,
    name: "chunks cut off",
    replies: [{ framing: "chunks", breakOff: { by: "close", afterBytes: 20 } }, good],
    requests: 2,
  },
  {
    row: 12,
    name: "a body without an end, cut off",
    replies: [{ framing: "close", breakOff: { by: "close", afterBytes: 20 } }, good],
    requests: 2,
  },
  {
    row: 12,
    name: "a body without an end, cut off again",
    replies: [{ framing: "close", breakOff: { by: "close", afterBytes: 20 } }],
    code: "VPCEP_RESPONSE",
    message: /cannot be used: it is not whole JSON \(2 attempts\)/,
    requests: 2,
  },
  {
    row: 12,
    name: "an answer cut on a fresh connection, which is no idle one: no attempt more than there are",
    replies: [{ breakOff: { by: "close", afterBytes: 20 } }],
    code: "VPCEP_CONNECTION",
    message: /127\.0\.0\.1:\d+ closed the connection \(UND_ERR_SOCKET\)\. /,
    requests: 1,
    maxAttempts: 1,
  },
  {
    row: 13,
    name: "a connection closed before the headers",
    replies: [{ breakOff: { by: "close" } }, good],
    requests: 2,
  },
  {
    row: 14,
    name: "garbage",
    replies: [{ raw: "garbage\r\n\r\n" }],
    code: "VPCEP_RESPONSE",
    message: /cannot be used: it is not HTTP/,
    requests: 1,
  },
  {
    row: 15,
    name: "headers that never end",
    replies: [{ raw: `HTTP/1.1 200 OK\r\nx: ${"a".repeat(120_000)}\r\n\r\n` }],
    code: "VPCEP_RESPONSE",
    message: /its headers are too large/,
    requests: 1,
  },
  {
    row: 37,
    name: "interim answers before the real one",
    replies: [
      {
        raw: `${"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(20)}HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      },
    ],
    requests: 1,
  },
  {
    row: 37,
    name: "100 Continue before the answer",
    replies: [
      {
        raw: `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      },
    ],
    requests: 1,
  },
];

/** Statuses, every one of the API's own table among them. */
const statuses: readonly Fault[] = [
  ...[500, 502, 503, 504].map(
    (status): Fault => ({
      row: 17,
      name: `${status}, then an answer`,
      replies: [error(status), error(status), good],
      requests: 3,
    }),
  ),
  {
    row: 17,
    name: "503 and nothing else",
    replies: [error(503)],
    code: "VPCEP_API",
    message:
      /answered 503 EndPoint\.0001: as it is \(request id \w+, 4 attempts\)\. The fault is on the cloud's side/,
    requests: 4,
  },
  ...[501, 505].map(
    (status): Fault => ({
      row: 18,
      name: `${status}`,
      replies: [error(status)],
      code: "VPCEP_API",
      requests: 1,
    }),
  ),
  ...[408, 425].map(
    (status): Fault => ({
      row: 19,
      name: `${status}, then an answer`,
      replies: [error(status), good],
      requests: 2,
    }),
  ),
  {
    row: 20,
    name: "429 with a second to wait",
    replies: [error(429, "X.1", { "retry-after": "1" }), good],
    requests: 2,
  },
  {
    row: 20,
    name: "429 with longer to wait than there is time",
    replies: [error(429, "X.1", { "retry-after": "3600" })],
    code: "VPCEP_THROTTLED",
    message: /Run again in 3600 s, or look up fewer/,
    requests: 1,
  },
  ...["1000000", "9".repeat(40), "Fri, 31 Dec 9999 23:59:59 GMT"].map(
    (wait): Fault => ({
      row: 20,
      name: `429 with more than a day to wait, ${wait}`,
      replies: [error(429, "X.1", { "retry-after": wait })],
      code: "VPCEP_THROTTLED",
      message: /Run again in 86400 s, or look up fewer/,
      requests: 1,
    }),
  ),
  {
    row: 21,
    name: "429 with a date that is over",
    replies: [error(429, "X.1", { "retry-after": "Thu, 01 Jan 2015 00:00:00 GMT" }), good],
    requests: 2,
  },
  {
    row: 22,
    name: "429 with a wait that is none",
    replies: [error(429, "X.1", { "retry-after": "-5, 1e9" }), good],
    requests: 2,
  },
  {
    row: 23,
    name: "the gateway's window, told in words",
    replies: [gateway(429, "APIGW.0308", "policy user over ratelimit,limit:200,time:5 minute")],
    code: "VPCEP_THROTTLED",
    message: /Run again in 300 s/,
    requests: 1,
  },
  {
    row: 24,
    name: "throttling under another status",
    replies: [gateway(403, "APIGW.0308", "policy ip over ratelimit"), good],
    requests: 2,
  },
  {
    row: 24,
    name: "VPCEP's own throttling, as a 400",
    replies: [error(400, "EndPoint.0022"), good],
    requests: 2,
  },
  {
    row: 26,
    name: "401 of a token",
    replies: [gateway(401, "APIGW.0307", "The token must be updated.")],
    code: "VPCEP_AUTH",
    message: /a token lives 24 hours/,
    requests: 1,
  },
  {
    row: 31,
    name: "403",
    replies: [error(403, "EndPoint.0004")],
    code: "VPCEP_FORBIDDEN",
    message: /Check that the project is .*the permission vpcep:endpointServices:get in it/,
    requests: 1,
  },
  {
    row: 32,
    name: "404 of VPCEP",
    replies: [error(404, "EndPoint.0005")],
    code: "VPCEP_NOT_FOUND",
    requests: 1,
  },
  {
    row: 32,
    name: "404 of the gateway",
    replies: [gateway(404, "APIGW.0101", "The API does not exist")],
    code: "VPCEP_API",
    message: /does not serve this call of VPCEP: check the region and the endpoint/,
    requests: 1,
  },
  {
    row: 32,
    name: "404 of a page",
    replies: [{ status: 404, headers: { "content-type": "text/html" }, body: "<p>no</p>" }],
    code: "VPCEP_API",
    requests: 1,
  },
  {
    row: 33,
    name: "400",
    replies: [error(400, "EndPoint.0002")],
    code: "VPCEP_API",
    message: /Look up EndPoint\.0002 in VPCEP's table/,
    requests: 1,
  },
  {
    row: 33,
    name: "400 that means not found",
    replies: [error(400, "EndPoint.2003")],
    code: "VPCEP_NOT_FOUND",
    requests: 1,
  },
  ...[405, 406, 407, 409, 410, 415].map(
    (status): Fault => ({
      row: 34,
      name: `${status}`,
      replies: [error(status)],
      code: "VPCEP_API",
      requests: 1,
    }),
  ),
  ...[301, 302, 303, 307, 308].map(
    (status): Fault => ({
      row: 35,
      name: `${status} to another host`,
      replies: [{ status, headers: { location: "http://127.0.0.1:1/" }, body: "" }],
      code: "VPCEP_API",
      message: /Redirects are not followed/,
      requests: 1,
    }),
  ),
];

/** Bodies. */
const bodies: readonly Fault[] = [
  { row: 38, name: "204", replies: [{ status: 204, body: "" }], code: "VPCEP_RESPONSE", requests: 1 },
  {
    row: 38,
    name: "an empty body",
    replies: [text("")],
    code: "VPCEP_RESPONSE",
    message: /it is empty/,
    requests: 2,
  },
  {
    row: 39,
    name: "a page instead of a record",
    replies: [text("<html>", { "content-type": "text/html" })],
    code: "VPCEP_RESPONSE",
    message: /it is text\/html, not JSON/,
    requests: 1,
  },
  {
    row: 40,
    name: "a record of another JSON type",
    replies: [text(body, { "content-type": "application/problem+json; charset=utf-8" })],
    requests: 1,
  },
  { row: 41, name: "JSON that is broken", replies: [text('{"id": ')], code: "VPCEP_RESPONSE", requests: 2 },
  {
    row: 42,
    name: "bytes that are no text",
    replies: [text(Buffer.from([0x7b, 0xff]))],
    code: "VPCEP_RESPONSE",
    message: /not UTF-8/,
    requests: 1,
  },
  { row: 43, name: "a byte order mark", replies: [text(`\ufeff${body}`)], requests: 1 },
  {
    row: 44,
    name: "a coding nobody asked for",
    replies: [text(gzipSync(body), { ...json, "content-encoding": "gzip" })],
    requests: 1,
  },
  {
    row: 44,
    name: "two codings",
    replies: [text(gzipSync(gzipSync(body)), { ...json, "content-encoding": "gzip, gzip" })],
    code: "VPCEP_RESPONSE",
    message: /content coding is unknown/,
    requests: 1,
  },
  {
    row: 45,
    name: "a bomb",
    replies: [text(gzipSync(Buffer.alloc(50_000_000)), { ...json, "content-encoding": "gzip" })],
    code: "VPCEP_RESPONSE",
    message: /larger than 1 MiB/,
    requests: 1,
  },
  {
    row: 46,
    name: "a damaged coding",
    replies: [text(Buffer.from("no gzip"), { ...json, "content-encoding": "gzip" }), good],
    requests: 2,
  },
  {
    row: 47,
    name: "a body of two mebibytes",
    replies: [text("a".repeat(2 * 1024 * 1024))],
    code: "VPCEP_RESPONSE",
    message: /larger than 1 MiB/,
    requests: 1,
  },
  {
    row: 48,
    name: "a nest a million deep",
    replies: [text(`{"a":${"[".repeat(400_000)}${"]".repeat(400_000)}}`)],
    code: "VPCEP_RESPONSE",
    message: /nested deeper than 32 levels/,
    requests: 1,
  },
  {
    row: 50,
    name: "an error's body that is none",
    replies: [{ status: 400, headers: json, body: "[[[" }],
    code: "VPCEP_API",
    requests: 1,
  },
  {
    row: 51,
    name: "a key that is no property",
    replies: [text(body.replace("{", '{"__proto__": {"polluted": 1},'))],
    requests: 1,
  },
  {
    row: 52,
    name: "a status said twice",
    replies: [text(body.replace("{", '{"status": "failed",'))],
    code: "VPCEP_RESPONSE",
    message: /the key "status" stands in it twice/,
    requests: 1,
  },
  { row: 53, name: "a status nobody knows", replies: [record({ status: "upgrading" })], requests: 1 },
  {
    row: 54,
    name: "no VPC",
    replies: [record({ vpc_id: undefined })],
    code: "VPCEP_RESPONSE",
    message: /vpc_id \(expected string, received undefined\)/,
    requests: 1,
  },
  {
    row: 55,
    name: "a thousand fields more",
    replies: [
      record(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field_${index}`, index]))),
    ],
    requests: 1,
  },
  {
    row: 56,
    name: "a field of another type",
    replies: [record({ approval_enabled: "perhaps" })],
    code: "VPCEP_RESPONSE",
    message: /approval_enabled \(expected boolean, received string\)/,
    requests: 1,
  },
  {
    row: 57,
    name: "a large error, then an answer",
    replies: [{ status: 503, headers: json, body: "x".repeat(500_000) }, good],
    requests: 2,
  },
  {
    row: 58,
    name: "a port past the last",
    replies: [record({ ports: [{ client_port: 65_536, server_port: 80 }] })],
    code: "VPCEP_RESPONSE",
    message: /ports\[0\]\.client_port \(Too big: expected number to be <=65535\)/,
    requests: 1,
  },
  {
    row: 59,
    name: "another service's record",
    replies: [record({ id: "other" })],
    code: "VPCEP_RESPONSE",
    message: /another record than the one asked for, "other"/,
    requests: 1,
  },
  { row: 60, name: "another project in the record", replies: [record({ project_id: "other" })], requests: 1 },
  {
    row: 62,
    name: "a failed service",
    replies: [record({ status: "failed", error: { code: "X", message: "y" } })],
    requests: 1,
  },
];

export const faults: readonly Fault[] = [...connections, ...statuses, ...decorated, ...bodies];

/** Rows of the catalogue that have their tests elsewhere, or none, with the reason. */
export const elsewhere: Readonly<Record<string, string>> = {
  "1, 68": "matrix.test.ts: a dead listener; an idle connection that the server has closed",
  "2, 3":
    "names are resolved by the system: the reading of its errors is in provider/requests/retryStrategy.test.ts",
  "4, 5, 81":
    "matrix.test.ts and provider/http/connecting.test.ts: a connection that is never made, through a proxy too; HTTP/2 is never offered",
  "16": "Node's parser refuses a length beside chunks before undici sees it: read as garbage",
  "25, 27-30":
    "provider/credentials/standing.test.ts; a silent host, several projects and clocks: provider/credentials/twoHosts.test.ts; renewal: provider/credentials/renewal.test.ts; server metadata: provider/credentials/metadata.test.ts",
  "36": "no redirect is followed, to whatever host: row 35",
  "49": "provider/http/json.test.ts",
  "61, 63, 64": "lookups/single.test.ts: waiting",
  "65-67": "provider/http/transport.test.ts and provider/http/connecting.test.ts",
  "69, 70, 72, 80, 82": "load.test.ts",
  "74": "load.test.ts, processes.test.ts",
  "71": "left out: no circuit breaker, since the retry budget and the throttle window bound the load",
  "73": "a lookup adds one listener to a signal and removes it: load.test.ts",
  "75-78":
    "provider/settings/hosts.test.ts, provider/settings/settings.test.ts, provider/credentials/chain.test.ts",
  "79": "left out: a header limit is the server's, and answers 431, an answer as any other (row 34)",
  "83": "deadlines are on the steady clock, signatures on the wall clock; no test turns the machine's clock",
};
