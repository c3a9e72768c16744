// What IAM and STS are asked, and answer, where a role is assumed: by an agency's name, with or without an identity token.
// Used by credentials/.
// https://support.huaweicloud.com/intl/en-us/api-iam/iam_04_0101.html
import * as z from "zod";
import { idProblem } from "../lookups/arguments";
import { headerValue, type TemporaryKey, time } from "./identity";

/** What all sessions are called, where the cloud's own logs tell who has asked. */
const sessionName = "pulumi-vpcep";

/** The body that asks IAM for the key of an agency, which is another account's. */
export function agencyKeyRequestBody(
  agencyName: string,
  domain: { readonly name: string } | { readonly id: string },
  seconds: number,
): string {
  const account = "name" in domain ? { domain_name: domain.name } : { domain_id: domain.id };
  return JSON.stringify({
    auth: {
      identity: {
        methods: ["assume_role"],
        assume_role: { agency_name: agencyName, ...account, duration_seconds: seconds },
      },
    },
  });
}

/** The body that asks IAM for a key in place of a token, which newer ones take from the header alone. */
export function tokenKeyRequestBody(token: string, seconds: number): string {
  return JSON.stringify({
    auth: { identity: { methods: ["token"], token: { id: token, duration_seconds: seconds } } },
  });
}

/** The body that asks STS for the key of an agency. */
export function assumeAgencyBody(domainId: string, agencyName: string, seconds: number): string {
  return JSON.stringify({
    agency_urn: `iam::${domainId}:agency:${agencyName}`,
    agency_session_name: sessionName,
    duration_seconds: seconds,
  });
}

/** The body that asks STS for the key of an agency in place of an identity token. */
export function assumeWithOidcBody(
  providerUrn: string,
  agencyUrn: string,
  idToken: string,
  seconds: number,
): string {
  return JSON.stringify({
    provider_urn: providerUrn,
    agency_urn: agencyUrn,
    agency_session_name: sessionName,
    id_token: idToken,
    duration_seconds: seconds,
  });
}

/** The temporary key that STS issues. */
export const stsKeySchema: z.ZodType<TemporaryKey> = z
  .looseObject({
    credentials: z.looseObject({
      access_key_id: headerValue,
      secret_access_key: headerValue,
      security_token: headerValue,
      expiration: time,
    }),
  })
  .transform(({ credentials }) => ({
    accessKey: credentials.access_key_id,
    secretKey: credentials.secret_access_key,
    securityToken: credentials.security_token,
    expiresAt: credentials.expiration,
  }));

/** An account's id goes into a header. */
const domainId = z.string().refine((id) => idProblem("id", id) === undefined);

/** The accounts of a caller, as IAM lists them. */
export const domainsSchema = z
  .looseObject({ domains: z.array(z.looseObject({ id: domainId })) })
  .transform(({ domains }) => domains[0]?.id);

/** The account of a caller, as STS tells it. */
export const callerIdentitySchema = z
  .looseObject({ account_id: domainId })
  .transform(({ account_id }) => account_id);
