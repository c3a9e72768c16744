// An identity token of a pipeline, which no key is stored for: exchanged at IAM, on all clouds, for a token, or at STS, on
// Huawei Cloud, for the key of an agency. Listed in chain.ts.
// https://support.huaweicloud.com/intl/en-us/api-iam/iam_13_0606.html
import { anyOf } from "../../errors/describeValue";
import { VpcepError } from "../../errors/errors";
import { endOfIdToken, idTokenRequestBody, temporaryKeySchema } from "../../schema/identity";
import { assumeWithOidcBody, stsKeySchema, tokenKeyRequestBody } from "../../schema/roles";
import { originOf } from "../../settings/hosts";
import { asking } from "./asking";
import type { Expiring, UsableCredential } from "./credential";
import type { IdentityApi, IdentityRequest, SendIdentityRequest } from "./identityApi";
import { type IdTokenSource, idTokenSourceOf, readIdToken, secretsOfSource } from "./idToken";
import { issuedKey, issuedToken } from "./issued";
import type { CredentialKind, ExchangeSettings } from "./kind";

/** Who takes an identity token, and where it comes from. */
export interface OidcCredential {
  readonly kind: "oidc";
  /** A provider that IAM knows, or one and an agency of it that STS knows. */
  readonly takenBy: { readonly idpId: string } | { readonly providerUrn: string; readonly agencyUrn: string };
  readonly idToken: IdTokenSource;
  readonly from: string;
}

/** How long an issued key is asked to live. */
const seconds = 3_600;

const tokenKeys = ["oidc.idToken", "oidc.idTokenFile", "oidc.idTokenVariable", "oidc.audience"] as const;

export const oidcKind: CredentialKind<OidcCredential> = {
  label: "an identity token",
  begins: ["oidc.idpId", "oidc.providerUrn", "oidc.agencyUrn", ...tokenKeys],
  parts: ["oidc.idpId", "oidc.providerUrn", "oidc.agencyUrn", ...tokenKeys],
  missing: (has) =>
    has("oidc.providerUrn") || has("oidc.agencyUrn")
      ? (["oidc.providerUrn", "oidc.agencyUrn"] as const).find((key) => !has(key))
      : (["oidc.idpId"] as const).find((key) => !has(key)),
  build: (parts) => {
    const { get, nameOf, from } = parts;
    const [idpId, providerUrn = "", agencyUrn = ""] = [
      get("oidc.idpId"),
      get("oidc.providerUrn"),
      get("oidc.agencyUrn"),
    ];
    if (idpId !== undefined && providerUrn !== "") {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${nameOf("oidc.idpId")} and ${nameOf("oidc.providerUrn")} are set: one identity token is exchanged either at IAM or at STS. Unset one of them`,
      );
    }
    const chosen = tokenKeys.flatMap((key) => nameOf(key) ?? []);
    if (chosen.length > 1) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${chosen.join(" and ")} are set: an identity token comes from one place. Unset all but one`,
      );
    }
    const takenBy = idpId === undefined ? { providerUrn, agencyUrn } : { idpId };
    return { kind: "oidc", takenBy, idToken: idTokenSourceOf(parts), from };
  },
  underRole: () => "temporaryKeys",
  secrets: ({ idToken }) => secretsOfSource(idToken),
  exchange: (given, settings, underRole, api) => {
    const { takenBy, idToken } = given;
    const { projectId, projectName } = settings;
    const project = projectId === undefined ? { name: projectName } : { id: projectId };
    const exchanged = exchangeOf(given, settings, underRole ? undefined : { project }, api);
    const atSts = "providerUrn" in takenBy;
    return {
      key: [given, exchanged.origin, ...(atSts ? [] : [underRole ? "role" : project])],
      obtain: async (asks) => {
        if (idToken.kind === "request") {
          asks(
            asking(idToken.origin, "the identity token of the job", {
              check: "ACTIONS_ID_TOKEN_REQUEST_URL",
            }),
          );
        }
        const text = await readIdToken(idToken, api);
        const what = `what the identity token of ${idToken.from} is exchanged for`;
        asks(asking(exchanged.origin, what, atSts ? "STS" : "IAM"));
        const sent = { kind: "inBody", parts: [text], from: given.from } as const;
        const send = api.sendWith({ from: given.from, current: async () => sent });
        try {
          return await exchanged.obtain(text, send);
        } catch (error) {
          throw wordedFor(error, text, idToken);
        }
      },
    };
  },
};

/** Where an identity token is exchanged, and how. */
interface Exchanged {
  readonly origin: string;
  readonly obtain: (idToken: string, send: SendIdentityRequest) => Promise<Expiring<UsableCredential>>;
}

function exchangeOf(
  { takenBy, from }: OidcCredential,
  settings: ExchangeSettings,
  scope: { readonly project: { readonly id: string } | { readonly name: string } } | undefined,
  api: IdentityApi,
): Exchanged {
  if ("providerUrn" in takenBy) {
    const { providerUrn, agencyUrn } = takenBy;
    if (settings.stsUrl === undefined) {
      const names = settings.settingNames.stsUrl;
      const orName = names.length === 0 ? "" : `, or name an STS with ${anyOf(names)}`;
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${from} is set, but the cloud of ${settings.region} has no STS: set oidc.idpId in place of oidc.providerUrn and oidc.agencyUrn${orName}`,
        { fault: { settings: names, missing: "any" } },
      );
    }
    const stsUrl = originOf(settings.stsUrl);
    const wrong = `Check ${providerUrn} and ${agencyUrn}: there is no such provider or agency`;
    return {
      origin: stsUrl,
      obtain: async (idToken, send) => {
        const answer = await send({
          method: "POST",
          origin: stsUrl,
          path: "/v5/agencies/assume-with-oidc",
          api: "STS",
          body: assumeWithOidcBody(providerUrn, agencyUrn, idToken, seconds),
          permission: "sts:agencies:assumeWithOIDC",
          nextSteps: steps(
            `that the trust policy of ${agencyUrn} takes its issuer, audience and subject`,
            wrong,
          ),
        });
        return issuedKey(answer, stsKeySchema, stsUrl, from, api);
      },
    };
  }
  const { idpId } = takenBy;
  const authUrl = originOf(settings.authUrl);
  const request: IdentityRequest = {
    method: "POST",
    origin: authUrl,
    path: "/v3.0/OS-AUTH/id-token/tokens",
    headers: { "x-idp-id": idpId },
    expectedStatus: 201,
    permission: "programmatic access",
    nextSteps: steps(
      `that the identity provider ${idpId} takes its issuer and audience, and that its rules map its subject to a group with the permissions`,
      `Check the identity provider's id: there is no ${idpId}`,
    ),
  };
  return {
    origin: authUrl,
    obtain: async (idToken, send) => {
      const answer = await send({ ...request, body: idTokenRequestBody(idToken, scope) });
      const token = issuedToken(answer, authUrl, from, api, scope);
      return scope ? token : keyForToken(token.value, authUrl, from, api);
    },
  };
}

/** A token without a scope only buys a key, which may assume agencies. */
async function keyForToken(
  token: Extract<UsableCredential, { kind: "token" }>,
  origin: string,
  from: string,
  api: IdentityApi,
): Promise<Expiring<UsableCredential>> {
  const send = api.sendWith({ from, current: async () => token });
  const answer = await send({
    method: "POST",
    origin,
    path: "/v3.0/OS-CREDENTIAL/securitytokens",
    body: tokenKeyRequestBody(token.token, seconds),
    expectedStatus: 201,
    permission: "programmatic access",
  });
  return issuedKey(answer, temporaryKeySchema, origin, from, api);
}

function steps(check: string, missing: string) {
  const refused = `Check ${check}`;
  return { unauthorized: refused, forbidden: refused, missing };
}

/** A refusal, which an end that the token itself tells may explain. */
function wordedFor(error: unknown, idToken: string, { from }: IdTokenSource): unknown {
  const end = endOfIdToken(idToken);
  if (
    !(error instanceof VpcepError) ||
    error.status === undefined ||
    !(end !== undefined && end <= Date.now())
  ) {
    return error;
  }
  const at = new Date(end).toISOString();
  return error.reworded(
    (what) => `the identity token of ${from} ended at ${at}; let the pipeline issue another one: ${what}`,
  );
}
