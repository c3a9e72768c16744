// A user's password: exchanged at IAM for a token. Listed in chain.ts.
// https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html
import { type DomainName, type TokenScope, tokenRequestBody } from "../../schema/identity";
import { originOf } from "../../settings/hosts";
import { findSetting, type SettingFamily } from "../../settings/table";
import { asking } from "./asking";
import { issuedToken } from "./issued";
import type { CredentialKind } from "./kind";

/** A user and the password, as they were given. */
export interface PasswordCredential {
  readonly kind: "password";
  /** A name within the account `domain`, or an id. */
  readonly user: { readonly name: string } | { readonly id: string };
  readonly domain: DomainName | undefined;
  readonly password: string;
  readonly from: string;
}

export const passwordKind: CredentialKind<PasswordCredential> = {
  label: "a password",
  begins: ["userName", "userId", "password"],
  parts: ["userName", "userId", "password", "domainName", "domainId"],
  missing: (has) =>
    has("userId")
      ? (["password"] as const).find((key) => !has(key))
      : ((["userName", "password"] as const).find((key) => !has(key)) ??
        (has("domainId") ? undefined : (["domainName"] as const).find((key) => !has(key)))),
  build: ({ get, from, family }) => {
    const [id, name = ""] = [get("userId"), get("userName")];
    const user = id === undefined ? { name } : { id };
    return { kind: "password", user, domain: domainOf(family), password: get("password") ?? "", from };
  },
  underRole: () => "token",
  exchange: (given, settings, underRole, api) => {
    const { projectId, projectName, region } = settings;
    const authUrl = originOf(settings.authUrl);
    // Agencies are the account's own affair: a token for one project may not assume them.
    const accountScope = given.domain ? { domain: given.domain } : { project: { name: region } };
    const project = projectId === undefined ? { name: projectName } : { id: projectId };
    const scope: TokenScope = underRole ? accountScope : { project };
    const { user, domain, password, from } = given;
    const parts = [...Object.values(user), ...Object.values(domain ?? {}), password] as string[];
    const send = api.sendWith({ from, current: async () => ({ kind: "inBody", parts, from }) });
    return {
      key: [given, authUrl, scope],
      obtain: async (asks) => {
        asks(asking(authUrl, `the token for ${from}`, "IAM"));
        const answer = await send({
          method: "POST",
          origin: authUrl,
          path: "/v3/auth/tokens?nocatalog=true",
          body: tokenRequestBody(given, scope),
          expectedStatus: 201,
          permission: "programmatic access",
          // IAM answers alike to a wrong password and to a project that the user does not reach.
          scope: JSON.stringify("project" in scope ? scope.project : scope),
        });
        return issuedToken(answer, authUrl, from, api, scope);
      },
    };
  },
};

/** The user's account: of a name and an id the one that is told the more exactly, of two like ones the id. */
function domainOf(family: SettingFamily): DomainName | undefined {
  const [id, name] = (["domainId", "domainName"] as const).map((key) => {
    const found = findSetting(family, key);
    return found && { value: found.value, rank: family.namesOf(key, "").indexOf(found.from) };
  });
  if (name && (!id || name.rank < id.rank)) {
    return { name: name.value };
  }
  return id && { id: id.value };
}
