// What IAM and the metadata of a server send, and are sent: tokens, projects, temporary keys, identity tokens; roles.ts has
// what enters another account. Used by credentials/.
// https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html
import * as z from "zod";
import { idProblem } from "../lookups/arguments";
import { utcTime } from "./recordSchema";

export const time = z.string().transform((text, context) => {
  const moment = Date.parse(utcTime(text) ?? "");
  if (Number.isNaN(moment)) {
    context.addIssue({ code: "custom", message: "expected a time" });
    return z.NEVER;
  }
  return moment;
});

/** An id of a project becomes a part of a path, and of errors: it is as a user's own must be. */
const projectId = z.string().refine((id) => idProblem("id", id) === undefined, {
  error: "expected letters, digits, hyphens or underscores",
});

/** How many characters the longest tokens have. */
export const longestHeaderValue = 65_536;

/** A part of a credential as a header takes it, whoever gave it. */
export const headerValue = z
  .string()
  .max(longestHeaderValue, { error: `expected ${longestHeaderValue} characters at most`, abort: true })
  .regex(/^[\x21-\x7e]+$/, { error: "expected printable characters without a space" });

/** Whether a value is a {@link headerValue}. */
export function isHeaderValue(value: unknown): value is string {
  return headerValue.safeParse(value).success;
}

/** Why a text is no {@link headerValue}, as a clause; `none` is what has no such character. */
export function headerValueProblem(text: string, none = "no credential"): string | undefined {
  if (headerValue.safeParse(text).success) {
    return undefined;
  }
  return text.length > longestHeaderValue
    ? `is longer than ${longestHeaderValue} characters`
    : `holds a space, a line break or another character that ${none} has`;
}

/** The body beside a new token. */
export const tokenSchema = z
  .looseObject({
    token: z.looseObject({
      expires_at: time,
      project: z.looseObject({ id: projectId, name: z.string().nullish() }).nullish(),
    }),
  })
  .transform(({ token }) => ({
    expiresAt: token.expires_at,
    projectId: token.project?.id,
    projectName: token.project?.name ?? undefined,
  }));

/** The projects that a credential reaches. */
export const projectsSchema = z
  .looseObject({ projects: z.array(z.looseObject({ id: projectId, name: z.string() })) })
  .transform(({ projects }) => projects.map(({ id, name }) => ({ id, name })));

/** A key that ends. */
export interface TemporaryKey {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The temporary key of a server, or of an agency that IAM lets be assumed: both answer alike. */
export const temporaryKeySchema: z.ZodType<TemporaryKey> = z
  .looseObject({
    credential: z.looseObject({
      access: headerValue,
      secret: headerValue,
      securitytoken: headerValue,
      expires_at: time,
    }),
  })
  .transform(({ credential }) => ({
    accessKey: credential.access,
    secretKey: credential.secret,
    securityToken: credential.securitytoken,
    expiresAt: credential.expires_at,
  }));

/** An account, by its name or its id. */
export type DomainName = { readonly name: string } | { readonly id: string };

/** What a token is for. */
export type TokenScope = { readonly project: DomainName } | { readonly domain: DomainName };

/** The body that asks for a token by password: of a user with an id, or with a name within an account. */
export function tokenRequestBody(
  given: {
    readonly user: { readonly name: string } | { readonly id: string };
    readonly password: string;
    readonly domain: DomainName | undefined;
  },
  scope: TokenScope,
): string {
  const { user, password, domain } = given;
  const account = "name" in user ? { domain } : {};
  return JSON.stringify({
    auth: {
      identity: { methods: ["password"], password: { user: { ...user, password, ...account } } },
      scope,
    },
  });
}

/** The body that asks IAM for a token in place of an identity token; one without a scope only buys a key. */
export function idTokenRequestBody(idToken: string, scope: TokenScope | undefined): string {
  return JSON.stringify({ auth: { id_token: { id: idToken }, ...(scope ? { scope } : {}) } });
}

/** The identity token that GitHub Actions issues. */
export const issuedIdTokenSchema = z.looseObject({ value: headerValue }).transform(({ value }) => value);

const claimsSchema = z.looseObject({ exp: z.number() });

/** When an identity token says that it ends, in milliseconds since 1970: nobody has checked whether that is so. */
export function endOfIdToken(idToken: string): number | undefined {
  try {
    const claims = Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString();
    return claimsSchema.parse(JSON.parse(claims)).exp * 1_000;
  } catch {
    return undefined;
  }
}
