// The headers that authenticate a request, for a token or a key pair. Called by attempts.ts for every attempt:
// a signature is never sent twice.
import type { Credential } from "./credentials";
import type { HttpRequest } from "./http";
import { authorizationHeader, signingDate } from "./signature";

/** The headers to add to a request. `now` is the server's time in milliseconds as far as it is known. */
export function authenticationHeaders(
  request: Pick<HttpRequest, "method" | "origin" | "path" | "body">,
  credential: Credential,
  projectId: string | undefined,
  now: number,
): Record<string, string> {
  if (credential.kind === "token") {
    return { "x-auth-token": credential.token };
  }
  const [path = "", query = ""] = request.path.split("?");
  // A proxy may rewrite other headers, and would break a signature over them.
  const signed = {
    host: new URL(request.origin).host,
    "x-sdk-date": signingDate(now),
    ...(projectId ? { "x-project-id": projectId } : {}),
    ...(credential.securityToken ? { "x-security-token": credential.securityToken } : {}),
  };
  const authorization = authorizationHeader(
    { method: request.method, path, query, headers: signed, body: request.body ?? "" },
    credential.accessKey,
    credential.secretKey,
  );
  return { ...signed, authorization };
}
