// The projects that IAM shows a credential, for whoever has to tell a wrong project from a missing permission.
// Called by client/diagnosis.ts.
import { errorOfUnusable } from "../errors/answerErrors";
import { describeIssues } from "../schema/fields";
import { projectsSchema } from "../schema/identity";
import type { SendIdentityRequest } from "./kinds/identityApi";

/** A project, as IAM knows it. */
export interface VisibleProject {
  readonly id: string;
  readonly name: string;
}

/** All projects that IAM shows. */
export async function visibleProjects(
  authUrl: string,
  send: SendIdentityRequest,
): Promise<readonly VisibleProject[]> {
  const { json } = await send({
    method: "GET",
    origin: authUrl,
    path: "/v3/projects",
    permission: "iam:projects:listProjects",
  });
  const parsed = projectsSchema.safeParse(json);
  if (!parsed.success) {
    throw errorOfUnusable(new URL(authUrl).host, describeIssues(parsed.error.issues));
  }
  return parsed.data;
}
