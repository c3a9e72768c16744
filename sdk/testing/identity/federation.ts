// IAM's federation: a token for an identity token of a provider that an account trusts; and GitHub Actions' part, where a
// job asks for its identity token. Imports answers, bodies and tokens. Called by routes.ts.
import { type Answer, Refusal, serviceRefusal, success } from "../replies/answers";
import type { Account } from "../state/account";
import type { OpenCall } from "../state/call";
import type { Grant } from "../state/credentials";
import { parseBody, textAt } from "./body";
import { projectOf, tokenRecord } from "./tokens";

/** `POST /v3.0/OS-AUTH/id-token/tokens`: a token of one project, or one that can only be exchanged for a key. */
export function exchangeIdToken(call: OpenCall): Answer {
  const { request, accounts, credentials, idTokens, now, tokenLifetimeMs } = call;
  const { authorization, "x-auth-token": token, "x-idp-id": providerId } = request.headers;
  if (authorization !== undefined || token !== undefined) {
    throw badRequest("The request must not be authenticated.");
  }
  if (providerId === undefined) {
    throw badRequest("The header X-Idp-Id is missing.");
  }
  const body = parseBody(request.body, badRequest);
  const idToken = textAt(body, "auth", "id_token", "id");
  if (idToken === undefined) {
    throw badRequest("auth.id_token.id is missing.");
  }
  const [account, provider] = accounts
    .flatMap((candidate) => candidate.identityProviders.map((provider) => [candidate, provider] as const))
    .find(([, { id }]) => id === providerId) ?? [undefined, undefined];
  if (provider === undefined) {
    throw serviceRefusal(404, "IAM.0004", `The identity provider ${providerId} could not be found.`);
  }
  const checked = idTokens.check(idToken, provider);
  if ("problem" in checked) {
    throw serviceRefusal(401, "IAM.0001", checked.problem);
  }
  const grant: Grant = {
    account,
    principal: {
      urn: `sts::${account.id}:external-user:${provider.id}/${checked.subject}`,
      id: checked.subject,
    },
    scope: scopeOf(body, account),
    method: "mapped",
    identityProvider: provider.id,
    issuedAt: now,
    expiresAt: now + tokenLifetimeMs,
  };
  return success({ token: tokenRecord(grant) }, 201, { "X-Subject-Token": credentials.issueToken(grant) });
}

/** `GET {ACTIONS_ID_TOKEN_REQUEST_URL}&audience=…`, as GitHub Actions and Forgejo have it. */
export function createIdToken({ request, query, idTokens }: OpenCall): Answer {
  const [, bearer] = /^bearer (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (bearer !== idTokens.requestToken) {
    throw new Refusal(() => success({ message: "The request token is invalid." }, 401));
  }
  if (!query.has("api-version")) {
    throw new Refusal(() => success({ message: "The query of the request URL is missing." }, 400));
  }
  const value = idTokens.issue({ audience: query.get("audience") ?? undefined });
  return success({ count: value.length, value });
}

/** A domain's scope reaches no project, and neither does none at all. */
function scopeOf(body: unknown, { data }: Account): Grant["scope"] {
  const isWanted = projectOf(body);
  if (isWanted === undefined) {
    return "none";
  }
  const project = data.projects.find(isWanted);
  if (project === undefined) {
    throw serviceRefusal(403, "IAM.0002", "The project does not exist or you have no access to it.");
  }
  return project;
}

function badRequest(message: string): Refusal {
  return serviceRefusal(400, "IAM.0011", message);
}
