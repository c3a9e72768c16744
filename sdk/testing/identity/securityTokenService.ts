// STS: the fifth version of assuming an agency, by a signature or by an identity token, and who a key is.
// Imports answers, bodies and temporary keys. Called by routes.ts.
// No list of its error codes is public: all refusals have the one that its reference shows.
import type { Agency } from "../options/options";
import { type Answer, type Refusal, serviceRefusal, success } from "../replies/answers";
import type { Account } from "../state/account";
import type { Call, OpenCall } from "../state/call";
import { parseBody, secondsOf, textAt, valueAt } from "./body";
import { assumedIdentity, trusts } from "./temporaryKeys";

/** What a body asks for: an agency, for whom and for how long. */
interface AgencyRequest {
  readonly account: Account;
  readonly agency: Agency;
  readonly sessionName: string;
  readonly seconds: number;
}

/** `POST /v5/agencies/assume`: with a temporary key for an hour at most. */
export function assumeAgency(call: Call): Answer {
  const isTemporary = call.request.headers["x-security-token"] !== undefined;
  const body = parseBody(call.request.body, badRequest);
  const wanted = agencyRequest(call, body, isTemporary ? 3600 : 43_200);
  if (!trusts(wanted.agency, call.caller.account)) {
    throw forbidden(`The account ${call.caller.account.id} may not assume ${textAt(body, "agency_urn")}.`);
  }
  return success(issue(call, wanted));
}

/** `POST /v5/agencies/assume-with-oidc`: no other authentication than the identity token. */
export function assumeAgencyWithOidc(call: OpenCall): Answer {
  const { headers } = call.request;
  if (headers.authorization !== undefined || headers["x-auth-token"] !== undefined) {
    throw badRequest("The request must not be authenticated.");
  }
  const body = parseBody(call.request.body, badRequest);
  const token = textAt(body, "id_token") ?? "";
  if (token.length < 4 || token.length > 20_000) {
    throw badRequest("id_token must have 4 to 20000 characters.");
  }
  const urn = textAt(body, "provider_urn") ?? "";
  const [, accountId, providerId] = /^iam::([^:]+):oidcProvider:(.+)$/.exec(urn) ?? [];
  if (providerId === undefined) {
    throw badRequest("provider_urn must be like iam::{account_id}:oidcProvider:{name}.");
  }
  const wanted = agencyRequest(call, body, 43_200);
  const provider = wanted.account.identityProviders.find(({ id }) => id === providerId);
  if (provider === undefined || wanted.account.id !== accountId) {
    throw serviceRefusal(404, code, `The identity provider ${urn} does not exist.`);
  }
  const checked = call.idTokens.check(token, provider);
  if ("problem" in checked) {
    throw forbidden(checked.problem);
  }
  if (!wanted.agency.trustedIdentityProviders?.includes(providerId)) {
    throw forbidden(`The identity provider ${urn} may not assume ${textAt(body, "agency_urn")}.`);
  }
  return success({
    ...issue(call, wanted),
    audience: provider.audience,
    provider: urn,
    subject_from_id_token: checked.subject,
  });
}

/** `GET /v5/caller-identity`. */
export function showCallerIdentity({ caller: { account, principal } }: Call): Answer {
  return success({ account_id: account.id, principal_urn: principal.urn, principal_id: principal.id });
}

function agencyRequest(call: OpenCall, body: unknown, most: number): AgencyRequest {
  const urn = textAt(body, "agency_urn") ?? "";
  const [, accountId, agencyName] = /^iam::([^:]+):agency:(.+)$/.exec(urn) ?? [];
  if (agencyName === undefined) {
    throw badRequest("agency_urn must be like iam::{account_id}:agency:{agency_name}.");
  }
  const sessionName = textAt(body, "agency_session_name") ?? "";
  if (!/^[\w+=,.@-]{2,128}$/.test(sessionName)) {
    throw badRequest("agency_session_name must have 2 to 128 letters, digits or one of _+=,.@-.");
  }
  const seconds = secondsOf(valueAt(body, "duration_seconds"), { absent: 3600, most }, badRequest);
  const account = call.accounts.find(({ id }) => id === accountId);
  const agency = account?.agencies.find(({ name }) => name === agencyName);
  if (account === undefined || agency === undefined) {
    throw serviceRefusal(404, code, `The agency ${urn} does not exist.`);
  }
  const { maxSessionSeconds = 43_200 } = agency;
  if (seconds > maxSessionSeconds) {
    throw badRequest(`duration_seconds is above the agency's longest session, ${maxSessionSeconds}.`);
  }
  return { account, agency, sessionName, seconds };
}

function issue({ credentials, now }: OpenCall, { account, agency, sessionName, seconds }: AgencyRequest) {
  const grant = assumedIdentity(account, agency.name, sessionName, now, seconds);
  const { accessKey, secretKey, securityToken } = credentials.issueKey(grant);
  return {
    assumed_agency: grant.principal,
    credentials: {
      access_key_id: accessKey,
      secret_access_key: secretKey,
      security_token: securityToken,
      expiration: new Date(grant.expiresAt).toISOString(),
    },
  };
}

const code = "STS5.1001";

function badRequest(message: string): Refusal {
  return serviceRefusal(400, code, message);
}

function forbidden(message: string): Refusal {
  return serviceRefusal(403, code, message, { encoded_authorization_message: "emulator".repeat(64) });
}
