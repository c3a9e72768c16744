// Decides who calls and whether the project in the path is theirs, before any handler runs.
// Imports credentials, the signature check and answers. Called by routes.ts, and by handlers that find a token elsewhere.
import { gatewayRefusal, vpcepRefusal } from "../replies/answers";
import type { RecordedRequest } from "../replies/requests";
import type { Credentials, Grant } from "../state/credentials";
import { checkSignature } from "./signatureCheck";

/** Who calls; throws the gateway's refusal when the request carries no valid token or signature. */
export function authenticate(request: RecordedRequest, credentials: Credentials, now: number): Grant {
  return request.authentication === "signature"
    ? checkSignature(request, credentials, now)
    : holderOf(request.headers["x-auth-token"], credentials, now);
}

/** Who calls, where STS takes a signature alone. */
export function authenticateSigned(request: RecordedRequest, credentials: Credentials, now: number): Grant {
  if (request.authentication !== "signature") {
    throw gatewayRefusal(
      401,
      "APIGW.0301",
      "Incorrect IAM authentication information: Authorization header missing",
    );
  }
  return checkSignature(request, credentials, now);
}

/** Whose a token is; throws the gateway's refusal when it is not valid. */
export function holderOf(token: unknown, credentials: Credentials, now: number): Grant {
  if (token === undefined) {
    throw gatewayRefusal(
      401,
      "APIGW.0301",
      "Incorrect IAM authentication information: x-auth-token not found",
    );
  }
  const grant = credentials.grantOf(String(token));
  if (grant === undefined) {
    throw gatewayRefusal(401, "APIGW.0301", "Incorrect IAM authentication information: decrypt token fail");
  }
  if (grant.expiresAt <= now) {
    throw gatewayRefusal(401, "APIGW.0307", "The token must be updated.");
  }
  return grant;
}

/** Returns when the caller may use the project; throws VPCEP's refusal otherwise. */
export function authorize({ account, scope }: Grant, projectId: string): void {
  if (!/^[\w-]{1,64}$/.test(projectId)) {
    throw vpcepRefusal(400, "EndPoint.0014", "Invalid project ID.");
  }
  const project = account.data.projects.find(({ id }) => id === projectId);
  const isReached = scope === "account" || (scope !== "none" && scope.id === projectId);
  if (project === undefined || !isReached) {
    throw vpcepRefusal(
      403,
      "EndPoint.0004",
      "Authentication information is incorrect or you have no permissions.",
    );
  }
  if (project.enabled === false) {
    throw gatewayRefusal(403, "APIGW.0310", "The project is unavailable.");
  }
}
