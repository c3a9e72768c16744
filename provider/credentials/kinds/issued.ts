// What IAM and STS issue, taken from their answers: checked, and known as a secret before anything else may print it.
// Used by the kinds that are exchanged, and by assumedRole.ts.
import { errorOfUnusable } from "../../errors/answerErrors";
import { describeValue } from "../../errors/describeValue";
import { type AnswerHeaders, dateOf, headerOf } from "../../http/message";
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
  const wanted = scope && "project" in scope && "name" in scope.project ? scope.project.name : undefined;
  if (wanted !== undefined && projectName !== undefined && wanted !== projectName) {
    // Everything after it would be asked in the project that the token names.
    const what = `its token is for the project ${describeValue(projectName)}, not for ${describeValue(wanted)}, which was asked for`;
    throw errorOfUnusable(new URL(origin).host, what);
  }
  return expiring({ kind: "token", token, projectId, from }, expiresAt, headers, origin, api);
}

/** The temporary key of an answer in one of the shapes that it comes in. */
export function issuedKey(
  { json, headers }: Answer,
  schema: typeof temporaryKeySchema,
  origin: string,
  from: string,
  api: IdentityApi,
): Expiring<UsableCredential & { readonly kind: "keys" }> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw errorOfUnusable(new URL(origin).host, describeIssues(parsed.error.issues));
  }
  return keyOf(parsed.data, headers, origin, from, api);
}

/** A temporary key as a credential, known as a secret from now on. */
export function keyOf(
  { expiresAt, ...key }: TemporaryKey,
  headers: AnswerHeaders,
  origin: string,
  from: string,
  api: IdentityApi,
): Expiring<UsableCredential & { readonly kind: "keys" }> {
  api.secrets.add(key.secretKey);
  api.secrets.add(key.securityToken);
  return expiring({ kind: "keys", ...key, from }, expiresAt, headers, origin, api);
}

/** Smaller differences of clocks are the network's, and nothing beside what an issued value lives. */
const smallestMs = 60_000;

/** A value that ends, with the time of its answer by the host's clock where this machine's is off; says so where it matters. */
function expiring<Value>(
  value: Value,
  expiresAt: number,
  headers: AnswerHeaders,
  origin: string,
  api: IdentityApi,
): Expiring<Value> {
  const { host } = new URL(origin);
  const now = Date.now();
  const told = dateOf(headers);
  const issuedAt = Math.abs(told - now) >= smallestMs ? told : now;
  if (expiresAt <= issuedAt) {
    const end = new Date(expiresAt).toISOString();
    api.warn(
      `ended at ${host}`,
      `What ${host} issues has ended when it is issued, at ${end}: it is used until it is refused. Check the clocks of ${host} and of this machine`,
    );
  } else if (expiresAt <= now) {
    api.warn(
      `clock of ${host}`,
      `Set this machine's clock: it is ${Math.round((now - issuedAt) / 60_000)} minutes ahead of that of ${host}, and what is issued there has ended already by it`,
    );
  }
  return { value, expiresAt, issuedAt };
}
