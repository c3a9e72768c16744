// IAM's tokens: obtained by password, or shown to whom holds one.
// This room knows who calls: what IAM, STS, the metadata service and the gateway do. The routes alone may enter.
// Imports answers, bodies and the call. Called by routes.ts and federation.ts.
import type { Project } from "../options/options";
import { type Answer, identityRefusal, success } from "../replies/answers";
import type { Account } from "../state/account";
import type { Call, OpenCall } from "../state/call";
import type { Grant } from "../state/credentials";
import { holderOf } from "./authentication";
import { parseBody, textAt, valueAt } from "./body";

/** `POST /v3/auth/tokens`: the token travels in a header, its end and its project in the body. */
export function createToken(call: OpenCall): Answer {
  const { request, accounts, credentials, now, tokenLifetimeMs } = call;
  const body = parseBody(request.body, badRequest);
  const methods = valueAt(body, "auth", "identity", "methods");
  if (!Array.isArray(methods) || methods.length !== 1 || methods[0] !== "password") {
    throw badRequest("The only supported method is password.");
  }
  const wanted = projectOf(body);
  const domain = (key: string) => textAt(body, "auth", "scope", "domain", key);
  if (wanted === undefined && domain("id") === undefined && domain("name") === undefined) {
    throw badRequest("The scope must name a project or a domain.");
  }
  const found = accounts
    .flatMap((account) => account.users.map((user) => ({ account, user })))
    .find(({ account, user }) => isUser(body, user, account));
  if (found === undefined) {
    throw identityRefusal(401, "The username or password is wrong.");
  }
  const { account, user } = found;
  const isAccount = domain("id") === account.id || domain("name") === account.name;
  // A token of a whole account reaches none of its projects.
  const scope = wanted === undefined ? isAccount && "none" : account.data.projects.find(wanted);
  if (!scope) {
    throw identityRefusal(401, "The project does not exist or you have no access to it.");
  }
  const grant: Grant = {
    account,
    principal: { urn: `iam::${account.id}:user:${user.userName}`, id: user.userName },
    scope,
    method: "password",
    issuedAt: now,
    expiresAt: now + tokenLifetimeMs,
  };
  return success({ token: tokenRecord(grant) }, 201, { "X-Subject-Token": credentials.issueToken(grant) });
}

/** `GET /v3/auth/tokens`: what the token in `X-Subject-Token` is. */
export function showToken({ request, credentials, now, caller }: Call): Answer {
  const subject = request.headers["x-subject-token"];
  if (subject === undefined) {
    throw badRequest("The header X-Subject-Token is missing.");
  }
  if (credentials.grantOf(String(subject)) === undefined) {
    throw identityRefusal(404, "The token could not be found.");
  }
  const grant = holderOf(subject, credentials, now);
  if (grant.account !== caller.account) {
    throw identityRefusal(403, "You are not authorized to perform the requested action.");
  }
  return success({ token: tokenRecord(grant) }, 200, { "X-Subject-Token": String(subject) });
}

/** What IAM tells of a token; one without a scope has no project. */
export function tokenRecord({
  account,
  principal,
  scope,
  method,
  issuedAt,
  expiresAt,
  identityProvider,
}: Grant): object {
  const project = scope === "account" ? account.data.projects[0] : scope === "none" ? undefined : scope;
  const domain = { id: account.id, name: account.name };
  const federation = identityProvider && {
    "OS-FEDERATION": { identity_provider: { id: identityProvider }, protocol: { id: "oidc" }, groups: [] },
  };
  return {
    // A listed token has no end: the year 9999 is the last one that IAM can write.
    expires_at: microseconds(Math.min(expiresAt, Date.UTC(9999, 0))),
    issued_at: microseconds(issuedAt),
    methods: [method],
    catalog: [],
    roles: [],
    ...(project && {
      project: {
        id: project.id,
        name: project.name,
        domain: { ...domain, id: project.domain_id ?? account.id },
      },
    }),
    user: { name: principal.id, domain, ...federation },
  };
}

/** Whether a project is the one in the body's scope, which has its id or its name. */
export function projectOf(body: unknown): ((project: Project) => boolean) | undefined {
  const id = textAt(body, "auth", "scope", "project", "id");
  const name = textAt(body, "auth", "scope", "project", "name");
  return id === undefined && name === undefined
    ? undefined
    : (project) => project.id === id || project.name === name;
}

/** A moment as IAM writes it: always with six digits of fraction. */
export function microseconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000Z");
}

/** Whether the body signs a user in: by id, or by the name and the account's name or id. */
function isUser(body: unknown, user: Account["users"][number], account: Account): boolean {
  const given = (...path: string[]) => textAt(body, "auth", "identity", "password", "user", ...path);
  const isNamed =
    given("name") === user.userName &&
    (given("domain", "name") === user.domainName || given("domain", "id") === account.id);
  const isIdentified = user.userId !== undefined && given("id") === user.userId;
  return (isNamed || isIdentified) && given("password") === user.password;
}

function badRequest(message: string) {
  return identityRefusal(400, message);
}
