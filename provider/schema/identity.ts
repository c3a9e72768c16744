// What IAM and the metadata of a server send: tokens, projects, temporary keys. Used by identity.ts and metadata.ts.
// https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html
import * as z from "zod";

const time = z.string().transform((text, context) => {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) {
    context.addIssue({ code: "custom", message: "expected a time" });
    return z.NEVER;
  }
  return moment;
});

/** A part of a credential as a header takes it, whoever gave it; tokens are this long at most. */
export const headerValue = z
  .string()
  .regex(/^[\x21-\x7e]{1,65536}$/, { error: "expected printable characters without a space" });

/** Whether a value is a {@link headerValue}. */
export function isHeaderValue(value: unknown): value is string {
  return headerValue.safeParse(value).success;
}

/** The body beside a new token. */
export const tokenSchema = z
  .looseObject({
    token: z.looseObject({ expires_at: time, project: z.looseObject({ id: z.string() }).nullish() }),
  })
  .transform(({ token }) => ({ expiresAt: token.expires_at, projectId: token.project?.id }));

/** The projects that a credential reaches. */
export const projectsSchema = z
  .looseObject({ projects: z.array(z.looseObject({ id: z.string(), name: z.string() })) })
  .transform(({ projects }) => projects.map(({ id, name }) => ({ id, name })));

/** The temporary key of a server. */
export const temporaryKeySchema = z
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

/** The body that asks for a token by password, for one project by its id or its name. */
export function tokenRequestBody(
  user: { readonly userName: string; readonly password: string; readonly domainName: string },
  project: { readonly id: string } | { readonly name: string },
): string {
  const { userName, password, domainName } = user;
  return JSON.stringify({
    auth: {
      identity: {
        methods: ["password"],
        password: { user: { name: userName, password, domain: { name: domainName } } },
      },
      scope: { project },
    },
  });
}
