// Recomputes a request's SDK-HMAC-SHA256 signature and refuses as the gateway does, in its own words.
// Imports the provider's pure signer, the only thing the emulator takes from there. Called by authentication.ts.
import { createHash } from "node:crypto";
import { canonicalQuery, signature, signingDate } from "../../../provider/credentials/signature";
import type { Key } from "../options/options";
import { gatewayRefusal, type Refusal } from "../replies/answers";
import type { RecordedRequest } from "../replies/requests";
import type { Credentials, Grant } from "../state/credentials";

const windowMs = 15 * 60_000;
const locked = "AK access failed to reach the limit,forbidden";

/** Who has signed the request, with a known key and within the window; throws the refusal otherwise. */
export function checkSignature(request: RecordedRequest, credentials: Credentials, now: number): Grant {
  const { accessKey, names, given } = parseAuthorization(request.headers.authorization ?? "");
  if (credentials.isLocked(accessKey)) {
    throw refusal(locked);
  }
  const known = credentials.keyOf(accessKey);
  // A temporary key is only known together with its security token.
  if (known === undefined || (known.key.securityToken ?? "") !== headerOf(request, "x-security-token")) {
    throw refusal(`ak ${accessKey} not exist`);
  }
  const { key, grant } = known;
  if (grant.expiresAt <= now) {
    throw refusal("security token expired");
  }
  checkWindow(headerOf(request, "x-sdk-date"), now);
  if (
    given === signatureOf(request, names, key) &&
    mandatoryNames(key).every((name) => names.includes(name))
  ) {
    credentials.recordSuccess(accessKey);
    return grant;
  }
  credentials.recordFailure(accessKey);
  throw refusal(
    credentials.isLocked(accessKey)
      ? locked
      : `verify aksk signature fail, canonicalRequest:${canonicalRequest(request, names)}`,
  );
}

function parseAuthorization(header: string): { accessKey: string; names: string[]; given: string } {
  const parts = /^SDK-HMAC-SHA256 Access=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    header,
  );
  if (parts === null) {
    throw refusal("signature information is malformed");
  }
  return { accessKey: parts[1] ?? "", names: (parts[2] ?? "").split(";"), given: parts[3] ?? "" };
}

function mandatoryNames(key: Key): string[] {
  return key.securityToken === undefined ? ["x-sdk-date"] : ["x-sdk-date", "x-security-token"];
}

/** The window is closed at both ends: fifteen minutes early is as bad as fifteen minutes late. */
function checkWindow(date: string, now: number): void {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(signed)) {
    throw refusal("x-sdk-date is missing or malformed");
  }
  if (Math.abs(now - signed) > windowMs) {
    throw refusal(`signature expired, signature time:${date},server time:${signingDate(now)}`);
  }
}

function signatureOf(request: RecordedRequest, names: readonly string[], key: Key): string {
  const headers = Object.fromEntries(names.map((name) => [name, headerOf(request, name)]));
  return signature({ ...request, headers }, key.secretKey);
}

/** The canonical request with `|` for each line end, as the gateway echoes it: signed header values included. */
function canonicalRequest(request: RecordedRequest, names: readonly string[]): string {
  return [
    request.method,
    request.path.endsWith("/") ? request.path : `${request.path}/`,
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${headerOf(request, name)}`),
    "",
    names.join(";"),
    createHash("sha256").update(request.body).digest("hex"),
  ].join("|");
}

function headerOf(request: RecordedRequest, name: string): string {
  return String(request.headers[name] ?? "").trim();
}

function refusal(reason: string): Refusal {
  return gatewayRefusal(401, "APIGW.0301", `Incorrect IAM authentication information: ${reason}`);
}
