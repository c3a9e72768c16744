// The project that is asked where no setting names its id. Called by client.ts.
import { errorOfUnusable } from "../errors/answerErrors";
import { anyOf } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import type { Deadline } from "../http/deadline";
import { describeIssues } from "../schema/fields";
import { projectsSchema, tokenSchema } from "../schema/identity";
import { originOf } from "../settings/hosts";
import type { Settings } from "../settings/settingsTypes";
import type { Authentication } from "./chosen";
import { asking } from "./kinds/asking";
import type { CredentialProvider } from "./kinds/credential";
import type { IdentityApi, SendIdentityRequest } from "./kinds/identityApi";
import type { GivenCredential } from "./kinds/kind";
import type { TokenCredential } from "./kinds/token";
import { Renewable } from "./renewable";

/** The project of the credential, else the one that IAM knows by the name; asked once. */
export async function projectOf(
  { credential, role }: Authentication,
  { authUrl: address, projectName, settingNames, origins, region }: Settings,
  provider: CredentialProvider,
  api: IdentityApi,
  deadline: Deadline,
): Promise<string> {
  const known = await provider.projectId?.(deadline);
  if (known) {
    return known;
  }
  const authUrl = originOf(address);
  const found = api.once(
    ["project", authUrl, projectName, credential, role],
    () =>
      new Renewable(async (asks) => {
        const whom = asking(authUrl, "the project's id", "IAM");
        asks(() => provider.asking?.() ?? whom());
        const send = api.sendWith(provider);
        const own =
          role || projectName !== region ? undefined : await projectOfToken(authUrl, credential, send);
        return {
          value:
            own ??
            (await findProjectId(authUrl, projectName, settingNames, origins.project, provider.from, send)),
          expiresAt: Number.POSITIVE_INFINITY,
        };
      }),
  );
  return found.current(deadline);
}

/** The project of a token whose source names none; IAM tells it. A token may be for none. */
async function projectOfToken(
  authUrl: string,
  credential: GivenCredential,
  send: SendIdentityRequest,
): Promise<string | undefined> {
  const { token, hasProject } = credential as Partial<TokenCredential>;
  if (token === undefined || !hasProject) {
    return undefined;
  }
  const { json } = await send({
    method: "GET",
    origin: authUrl,
    path: "/v3/auth/tokens?nocatalog=true",
    headers: { "x-subject-token": token },
    permission: "iam:tokens:validate",
  });
  const parsed = tokenSchema.safeParse(json);
  if (!parsed.success) {
    throw errorOfUnusable(new URL(authUrl).host, describeIssues(parsed.error.issues));
  }
  return parsed.data.projectId;
}

/** The id of the one project of that name. No project is ever created. */
async function findProjectId(
  authUrl: string,
  name: string,
  names: Settings["settingNames"],
  origin: string,
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
  const fault = { host, settings: [origin] };
  const named = parsed.data.filter((candidate) => candidate.name === name);
  const [id, ...others] = new Set(named.map((project) => project.id));
  if (id === undefined) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${host} knows no project named ${JSON.stringify(name)} for the credential from ${from}. Set ${anyOf(names.projectId)}${names.projectName.length > 0 ? `, or the project's name as ${anyOf(names.projectName)}` : ""}`,
      { fault },
    );
  }
  if (others.length > 0) {
    const ids = [id, ...others].slice(0, 10).join(", ");
    throw new VpcepError(
      "VPCEP_AMBIGUOUS",
      `${host} knows ${others.length + 1} projects named ${JSON.stringify(name)}: ${ids}${others.length > 9 ? " and more" : ""}. Set ${anyOf(names.projectId)} to one of them`,
      { fault },
    );
  }
  return id;
}
