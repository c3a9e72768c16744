// What IAM and STS issue, taken from their answers: checked, and known as a secret before anything else may print it.
// Used by the kinds that are exchanged, and by assumedRole.ts.
import { errorOfUnusable } from "../../errors/answerErrors";
import { describeValue } from "../../errors/describeValue";
import { type AnswerHeaders, headerOf } from "../../http/message";
import { describeIssues } from "../../schema/fields";
import {
  isHeaderValue,
  type TemporaryKey,
  type TokenScope,
  type temporaryKeySchema,
  tokenSchema,
} from "../../schema/identity";
import type { Expiring, UsableCredential } from "./credential";
import type { IdentityApi } from "./identityApi";

/** An answer of IAM or STS. */
interface Answer {
  readonly json: Record<string, unknown>;
  readonly headers: AnswerHeaders;
}

/** The token of an answer, which has it in a header; `scope` is what it was asked for. */
export function issuedToken(
  { json, headers }: Answer,
  origin: string,
  from: string,
  api: IdentityApi,
  scope: TokenScope | undefined,
): Expiring<UsableCredential & { readonly kind: "token" }> {
  const token = headerOf(headers, "x-subject-token");
  if (token !== undefined) {
    api.secrets.add(token);
  }
  const parsed = tokenSchema.safeParse(json);
  if (!parsed.success || !isHeaderValue(token)) {
    const what = parsed.success
      ? `its header x-subject-token is ${token === undefined ? "missing" : "no token"}`
      : describeIssues(parsed.error.issues);
    throw errorOfUnusable(new URL(origin).host, what);
  }
  const { expiresAt, projectId, projectName } = parsed.data;
  const asked: { readonly id?: string; readonly name?: string } =
    scope && "project" in scope ? scope.project : {};
  const [wanted, got] = asked.id === undefined ? [asked.name, projectName] : [asked.id, projectId];
  if (wanted !== undefined && got !== undefined && wanted !== got) {
    // Everything after it would be asked in that other project.
    const what = `its token is for the project ${describeValue(got)}, not for ${describeValue(wanted)}, which was asked for`;
    throw errorOfUnusable(new URL(origin).host, what);
  }
  return { value: { kind: "token", token, projectId, from }, expiresAt };
}

/** The temporary key of an answer in one of the shapes that it comes in. */
export function issuedKey(
  { json }: Pick<Answer, "json">,
  schema: typeof temporaryKeySchema,
  origin: string,
  from: string,
  api: IdentityApi,
): Expiring<UsableCredential & { readonly kind: "keys" }> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw errorOfUnusable(new URL(origin).host, describeIssues(parsed.error.issues));
  }
  return keyOf(parsed.data, from, api);
}

/** A temporary key as a credential, known as a secret from now on. */
export function keyOf(
  { expiresAt, ...key }: TemporaryKey,
  from: string,
  api: IdentityApi,
): Expiring<UsableCredential & { readonly kind: "keys" }> {
  api.secrets.add(key.secretKey);
  api.secrets.add(key.securityToken);
  return { value: { kind: "keys", ...key, from }, expiresAt };
}
