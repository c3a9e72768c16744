// The headers that authenticate a request. Called by attempt.ts for every attempt: a signature is never sent twice.

import type { HttpRequest } from "../http/message";
import type { SentCredential } from "./kinds/credential";
import { authorizationHeader, signingDate } from "./signature";

/** What a signature covers of a request. */
type AuthenticatedRequest = Pick<HttpRequest, "method" | "path" | "body"> & {
  readonly projectId?: string;
  readonly domainId?: string | undefined;
};

/**
 * The headers to add to a request; none for one that the request has in its body.
 * `host` is the host's name and port, `now` the server's time in milliseconds, as far as it is known.
 */
export function authenticationHeaders(
  request: AuthenticatedRequest,
  credential: SentCredential,
  host: string,
  now: number,
): Record<string, string> {
  if (credential.kind === "token") {
    return { "x-auth-token": credential.token };
  }
  if (credential.kind !== "keys") {
    return {};
  }
  const [path = "", query = ""] = request.path.split("?");
  // A proxy may rewrite other headers, and would break a signature over them.
  const signed = {
    host,
    "x-sdk-date": signingDate(now),
    ...(request.domainId ? { "x-domain-id": request.domainId } : {}),
    ...(request.projectId ? { "x-project-id": request.projectId } : {}),
    ...(credential.securityToken ? { "x-security-token": credential.securityToken } : {}),
  };
  const authorization = authorizationHeader(
    { method: request.method, path, query, headers: signed, body: request.body ?? "" },
    credential.accessKey,
    credential.secretKey,
  );
  return { ...signed, authorization };
}
