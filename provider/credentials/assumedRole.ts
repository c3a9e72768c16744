// A role over a credential: its agencies are assumed one after the other, and all of them again when the key of the last
// one ends. Called by credentialProvider.ts.

import { VpcepError } from "../errors/errors";
import { minutesOf } from "../errors/nextSteps";
import { temporaryKeySchema } from "../schema/identity";
import {
  agencyKeyRequestBody,
  assumeAgencyBody,
  callerIdentitySchema,
  domainsSchema,
  stsKeySchema,
} from "../schema/roles";
import { originOf } from "../settings/hosts";
import type { FoundSetting } from "../settings/table";
import { type Asks, asking } from "./kinds/asking";
import type { CredentialProvider, Expiring, UsableCredential } from "./kinds/credential";
import type { IdentityApi, IdentityRequest } from "./kinds/identityApi";
import { issuedKey } from "./kinds/issued";
import type { ExchangeSettings, Usable } from "./kinds/kind";
import type { Hop, Role } from "./role";

/** Who asks for an agency. */
interface Caller {
  readonly provider: Pick<CredentialProvider, "from" | "current" | "renew" | "asking">;
  readonly usable: Usable;
  /** The id of the caller's account, and where it is set; undefined where it is not known yet. */
  readonly accountId: FoundSetting | undefined;
}

/** An agency, as an error calls it: of the account that is asked for, which is by its id where there is one. */
export function agencyOf({ agencyName, domainName, domainId }: Hop): string {
  return `the agency ${JSON.stringify(agencyName)} of the account ${JSON.stringify(domainId ?? domainName)}`;
}

/** How long a role that was refused is not asked for again: as long as a key is not sent that was refused. */
const heldBackMs = 300_000;

/** The refusal of a role, to those who come after. */
function heldBack(error: VpcepError, leftMs: number): VpcepError {
  return error.reworded(
    (what) =>
      `${what}. This was answered to an earlier lookup; the role is not asked for again for ${minutesOf(leftMs)}`,
  );
}

/** What assumes all agencies of a role and gives the key of the last one. `usable` is what the source authenticates as. */
export function roleKeys(
  source: CredentialProvider,
  usable: Usable,
  { hops, callerId }: Role,
  settings: ExchangeSettings,
  api: IdentityApi,
): (asks: Asks) => Promise<Expiring<UsableCredential>> {
  // An account is asked for once: no renewal enters another one.
  const accountIds = new Map<Hop, string | undefined>();
  let refusal: { readonly error: VpcepError; readonly until: number } | undefined;
  return async (asks) => {
    const leftMs = (refusal?.until ?? 0) - performance.now();
    if (refusal && leftMs > 0) {
      throw heldBack(refusal.error, leftMs);
    }
    let caller: Caller = { provider: source, usable, accountId: callerId };
    let key: Expiring<UsableCredential> | undefined;
    for (const [at, hop] of hops.entries()) {
      const call = callOf(hop, caller, settings);
      const { provider } = caller;
      const { from } = provider;
      const step = `hop ${at + 1} of ${hops.length}`;
      const asksFor: AsksFor = (what, origin, api = "IAM") => {
        const whom = asking(origin, `${what}, with the credential from ${from} (${step})`, api);
        asks(() => provider.asking?.() ?? whom());
      };
      try {
        if (call.namesCaller && !accountIds.has(hop)) {
          const known = caller.accountId?.value ?? (await findAccountId(provider, settings, api, asksFor));
          accountIds.set(hop, known);
        }
        asksFor(`the key of ${agencyOf(hop)}`, call.origin, call.request.api);
        const send = api.sendWith(provider);
        const answer = await send({ ...call.request, domainId: accountIds.get(hop) });
        key = issuedKey(answer, call.schema, call.origin, `${agencyOf(hop)}, assumed by ${from}`, api);
      } catch (error) {
        if (!(error instanceof VpcepError)) {
          throw error;
        }
        const failure = error.reworded(
          (what) => `${agencyOf(hop)} cannot be assumed by the credential from ${from} (${step}): ${what}`,
        );
        // Whoever sends the credential of the user's own holds it back itself.
        if (isForGood(error) || (error.code === "VPCEP_AUTH" && at > 0)) {
          refusal = { error: failure, until: performance.now() + heldBackMs };
        }
        throw failure;
      }
      const { value } = key;
      caller = {
        provider: { from: value.from, current: async () => value },
        usable: "temporaryKeys",
        accountId: hop.domainId === undefined ? undefined : { value: hop.domainId, from: hop.from },
      };
    }
    return key as Expiring<UsableCredential>;
  };
}

/** Tells what a hop asks for, and whom. */
type AsksFor = (what: string, origin: string, api?: "IAM" | "STS") => void;

/** How one agency is assumed. */
interface Call {
  readonly request: IdentityRequest;
  readonly origin: string;
  readonly schema: typeof temporaryKeySchema;
  /** Whether its signature names the account of the caller. */
  readonly namesCaller: boolean;
}

/** How long a key is asked to live where nobody says so, and at most at STS, also over one that ends itself. */
const [usualSeconds, mostAtSts, mostOfTemporary] = [3_600, 43_200, 3_600];

/** STS takes an account's id and a signature alone; whatever else there is, IAM takes. */
function callOf(
  hop: Hop,
  { provider, usable, accountId }: Caller,
  { authUrl, stsUrl }: ExchangeSettings,
): Call {
  const { agencyName, domainName = "", domainId, duration = usualSeconds } = hop;
  const missing = "Check the names of the agency and of its account: there is no such agency";
  const grant = (permission: string, where: string) => ({
    permission,
    nextSteps: {
      forbidden: `Give the user of the credential from ${provider.from} the permission ${permission}, and name its account in ${where}`,
      missing,
    },
  });
  if (stsUrl !== undefined && domainId !== undefined && usable !== "token") {
    const most = usable === "temporaryKeys" ? mostOfTemporary : mostAtSts;
    const body = assumeAgencyBody(domainId, agencyName, Math.min(duration, most));
    const path = "/v5/agencies/assume";
    const permission = grant("sts:agencies:assume", "the trust policy of the agency");
    const origin = originOf(stsUrl);
    const request = { method: "POST", origin, path, api: "STS", body, ...permission } as const;
    return { request, origin, schema: stsKeySchema, namesCaller: false };
  }
  const domain = domainId === undefined ? { name: domainName } : { id: domainId };
  const origin = originOf(authUrl);
  const request = {
    method: "POST",
    origin,
    path: "/v3.0/OS-CREDENTIAL/securitytokens",
    body: agencyKeyRequestBody(agencyName, domain, duration),
    expectedStatus: 201,
    ...grant("Agent Operator", usable === "token" ? "the agency" : `the agency${whoseAccount(accountId)}`),
  } as const;
  return { request, origin, schema: temporaryKeySchema, namesCaller: usable !== "token" };
}

/** Where the account is set that the signature names: it may be another's. */
function whoseAccount(accountId: FoundSetting | undefined): string {
  return accountId ? `; its account is ${JSON.stringify(accountId.value)}, by ${accountId.from}` : "";
}

/** Statuses below 500 that pass. */
const passing: readonly number[] = [408, 425];

/**
 * Whether a call was refused for good: whoever may not be told its account, or asks a cloud that has no such call, may still
 * assume an agency. A failure that passes says nothing, and an unnamed account could cost the key its standing.
 */
function isForGood({ code, status = 500 }: VpcepError): boolean {
  return code === "VPCEP_FORBIDDEN" || (code === "VPCEP_API" && status < 500 && !passing.includes(status));
}

/** The id of a key's own account as IAM lists it, else as STS tells it; undefined where neither does. */
async function findAccountId(
  caller: Caller["provider"],
  { authUrl, stsUrl }: ExchangeSettings,
  api: IdentityApi,
  asksFor: AsksFor,
): Promise<string | undefined> {
  const ask = async (request: Omit<IdentityRequest, "method" | "permission">) => {
    try {
      asksFor("the id of the account that asks", request.origin, request.api);
      const { json } = await api.sendWith(caller)({ method: "GET", permission: request.path, ...request });
      return json;
    } catch (error) {
      if (error instanceof VpcepError && isForGood(error)) {
        return undefined;
      }
      throw error;
    }
  };
  const listed = domainsSchema.safeParse(await ask({ origin: originOf(authUrl), path: "/v3/auth/domains" }));
  if (!(listed.success && listed.data === undefined) || !stsUrl || "problem" in stsUrl) {
    return listed.data;
  }
  const told = await ask({ origin: stsUrl.origin, path: "/v5/caller-identity", api: "STS" });
  return callerIdentitySchema.safeParse(told).data;
}
