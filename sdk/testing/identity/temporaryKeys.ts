// IAM's temporary keys: for an agency of another account that trusts the caller, or for a token.
// Imports answers, bodies and authentication. Called by routes.ts; STS has its own in securityTokenService.ts.
import type { Agency } from "../options/options";
import { type Answer, type Refusal, serviceRefusal, success } from "../replies/answers";
import type { Account } from "../state/account";
import type { OpenCall } from "../state/call";
import type { Grant } from "../state/credentials";
import { authenticate, holderOf } from "./authentication";
import { parseBody, secondsOf, textAt, valueAt } from "./body";
import { microseconds } from "./tokens";

const bounds = { absent: 900, most: 86_400 };

/** `POST /v3.0/OS-CREDENTIAL/securitytokens`. */
export function createTemporaryKey(call: OpenCall): Answer {
  const body = parseBody(call.request.body, badRequest);
  const identity = valueAt(body, "auth", "identity");
  const methods = valueAt(identity, "methods");
  const method = Array.isArray(methods) && methods.length === 1 ? methods[0] : undefined;
  switch (method) {
    case "assume_role":
      return assumeAgency(call, valueAt(identity, "assume_role"));
    case "token":
      return exchangeToken(call, valueAt(identity, "token"));
    default:
      throw badRequest("The method must be assume_role or token.");
  }
}

function assumeAgency(call: OpenCall, role: unknown): Answer {
  const caller = authenticate(call.request, call.credentials, call.now);
  const domainHeader = call.request.headers["x-domain-id"] ?? caller.account.id;
  if (domainHeader !== caller.account.id) {
    throw forbidden("The header X-Domain-Id is not the caller's account.");
  }
  const agencyName = textAt(role, "agency_name");
  const [id, name] = [textAt(role, "domain_id"), textAt(role, "domain_name")];
  if (agencyName === undefined || (id === undefined && name === undefined)) {
    throw badRequest("agency_name, and domain_name or domain_id, must be given.");
  }
  const seconds = secondsOf(valueAt(role, "duration_seconds"), bounds, badRequest);
  const account = call.accounts.find(
    (candidate) =>
      (id === undefined || candidate.id === id) && (name === undefined || candidate.name === name),
  );
  const agency = account?.agencies.find((candidate) => candidate.name === agencyName);
  if (account === undefined || agency === undefined || !trusts(agency, caller.account)) {
    throw forbidden(`The agency ${agencyName} of the account ${name ?? id} cannot be assumed.`);
  }
  return issue(call, assumedIdentity(account, agencyName, caller.principal.id, call.now, seconds));
}

/** The token may be in the header, which wins, or in the body. */
function exchangeToken(call: OpenCall, given: unknown): Answer {
  const token = call.request.headers["x-auth-token"] ?? textAt(given, "id");
  if (token === undefined) {
    throw badRequest("No token is given.");
  }
  const seconds = secondsOf(valueAt(given, "duration_seconds"), bounds, badRequest);
  const holder = holderOf(token, call.credentials, call.now);
  return issue(call, { ...holder, scope: "account", expiresAt: call.now + seconds * 1000 });
}

/** Whether an agency may be assumed by an account. */
export function trusts({ trustedAccounts = [] }: Agency, { id, name }: Account): boolean {
  return trustedAccounts.includes(id) || trustedAccounts.includes(name);
}

/** Who somebody is that has assumed an agency. */
export function assumedIdentity(
  account: Account,
  agencyName: string,
  sessionName: string,
  now: number,
  seconds: number,
): Grant {
  return {
    account,
    principal: {
      urn: `sts::${account.id}:assumed-agency:${agencyName}/${sessionName}`,
      id: `${agencyName}:${sessionName}`,
    },
    scope: "account",
    method: "assume_role",
    issuedAt: now,
    expiresAt: now + seconds * 1000,
  };
}

function issue({ credentials }: OpenCall, grant: Grant): Answer {
  const { accessKey, secretKey, securityToken } = credentials.issueKey(grant);
  const credential = {
    access: accessKey,
    secret: secretKey,
    securitytoken: securityToken,
    expires_at: microseconds(grant.expiresAt),
  };
  return success({ credential }, 201);
}

function badRequest(message: string): Refusal {
  return serviceRefusal(400, "IAM.0011", message);
}

function forbidden(message: string): Refusal {
  return serviceRefusal(403, "IAM.0002", message);
}
