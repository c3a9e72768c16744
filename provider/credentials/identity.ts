// The two calls of IAM: a token for a password, and the id of a project by its name. Called by credentialProvider.ts and project.ts.

import { errorOfUnusable } from "../errors/answerErrors";
import { VpcepError } from "../errors/errors";
import { headerOf } from "../http/message";
import { describeIssues } from "../schema/fields";
import { isHeaderValue, projectsSchema, tokenRequestBody, tokenSchema } from "../schema/identity";
import type { Credential } from "./credential";
import type { SendIdentityRequest } from "./identityApi";

/** A token, scoped to one project. */
export interface IssuedToken {
  readonly token: string;
  readonly projectId: string | undefined;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Obtains a token for a password. */
export async function createToken(
  authUrl: string,
  credential: Extract<Credential, { kind: "password" }>,
  project: { readonly id: string } | { readonly name: string },
  send: SendIdentityRequest,
): Promise<IssuedToken> {
  const { json, headers } = await send({
    method: "POST",
    origin: authUrl,
    path: "/v3/auth/tokens?nocatalog=true",
    body: tokenRequestBody(credential, project),
    expectedStatus: 201,
    permission: "programmatic access",
    // IAM answers alike to a wrong password and to a project that the user does not reach.
    scope: JSON.stringify(project),
  });
  const token = headerOf(headers, "x-subject-token");
  const parsed = tokenSchema.safeParse(json);
  if (!parsed.success || !isHeaderValue(token)) {
    const what = parsed.success
      ? `its header x-subject-token is ${token === undefined ? "missing" : "no token"}`
      : describeIssues(parsed.error.issues);
    throw errorOfUnusable(new URL(authUrl).host, what);
  }
  return { token, ...parsed.data };
}

/** The id of the one project of that name. No project is ever created. */
export async function findProjectId(
  authUrl: string,
  name: string,
  from: string,
  send: SendIdentityRequest,
): Promise<string> {
  const { json } = await send({
    method: "GET",
    origin: authUrl,
    path: `/v3/projects?name=${encodeURIComponent(name)}`,
    permission: "iam:projects:listProjects",
  });
  const { host } = new URL(authUrl);
  const parsed = projectsSchema.safeParse(json);
  if (!parsed.success) {
    throw errorOfUnusable(host, describeIssues(parsed.error.issues));
  }
  const named = parsed.data.filter((candidate) => candidate.name === name);
  const [id, ...others] = new Set(named.map((project) => project.id));
  if (id === undefined) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${host} knows no project named ${JSON.stringify(name)} for the credential from ${from}. Set vpcep:projectId or HW_PROJECT_ID, or the project's name as vpcep:projectName`,
    );
  }
  if (others.length > 0) {
    const ids = [id, ...others].slice(0, 10).join(", ");
    throw new VpcepError(
      "VPCEP_AMBIGUOUS",
      `${host} knows ${others.length + 1} projects named ${JSON.stringify(name)}: ${ids}${others.length > 9 ? " and more" : ""}. Set vpcep:projectId or HW_PROJECT_ID to one of them`,
    );
  }
  return id;
}
