// IAM's part: tokens by password, and the projects behind a region's name.
// This room knows who calls: what IAM, the metadata service and the gateway do. The routes alone may enter.
// Imports answers and the call. Called by routes.ts.
import type { Project, User } from "../options/options";
import { type Answer, identityRefusal, success } from "../replies/answers";
import type { Call } from "../state/call";

/** `POST /v3/auth/tokens`: the token travels in a header, its end and its project in the body. */
export function createToken({ request, data, credentials, now, tokenLifetimeMs }: Call): Answer {
  const { user, scope } = parseTokenRequest(request.body);
  const known = credentials.users.find(
    ({ userName, password, domainName }) =>
      userName === user.userName && password === user.password && domainName === user.domainName,
  );
  if (known === undefined) {
    throw identityRefusal(401, "The username or password is wrong.");
  }
  const project = data.projects.find(({ id, name }) => id === scope.id || name === scope.name);
  if (project === undefined) {
    throw identityRefusal(401, "The project does not exist or you have no access to it.");
  }
  const expiresAt = now + tokenLifetimeMs;
  const domain = { id: project.domain_id, name: known.domainName };
  const token = {
    expires_at: microseconds(expiresAt),
    issued_at: microseconds(now),
    methods: ["password"],
    catalog: [],
    roles: [],
    project: { id: project.id, name: project.name, domain },
    user: { name: known.userName, domain },
  };
  return success({ token }, 201, { "X-Subject-Token": credentials.issueToken(project.id, expiresAt) });
}

/** `GET /v3/projects`, filtered by name when one is given. */
export function listProjects({ query, data, url }: Call): Answer {
  const name = query.get("name");
  const projects = data.projects
    .filter((project) => name === null || project.name === name)
    .map((project) => projectRecord(project, url));
  const self = `${url}/v3/projects${query.size === 0 ? "" : `?${query}`}`;
  return success({ projects, links: { self, next: null, previous: null } });
}

/** A moment as IAM writes it: always with six digits of fraction. */
export function microseconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000Z");
}

function projectRecord(project: Project, url: string): object {
  return {
    id: project.id,
    name: project.name,
    domain_id: project.domain_id ?? "",
    parent_id: project.domain_id ?? "",
    is_domain: false,
    enabled: project.enabled ?? true,
    description: "",
    links: { self: `${url}/v3/projects/${project.id}` },
  };
}

interface TokenRequest {
  readonly user: User;
  readonly scope: { readonly id: string | undefined; readonly name: string | undefined };
}

function parseTokenRequest(body: string): TokenRequest {
  let root: unknown;
  try {
    root = JSON.parse(body);
  } catch {
    throw identityRefusal(400, "The request body is not valid JSON.");
  }
  const identity = ["auth", "identity"];
  const user = [...identity, "password", "user"];
  const methods = valueAt(root, [...identity, "methods"]);
  if (!Array.isArray(methods) || methods.length !== 1 || methods[0] !== "password") {
    throw identityRefusal(400, "The only supported method is password.");
  }
  const scope = {
    id: textAt(root, ["auth", "scope", "project", "id"]),
    name: textAt(root, ["auth", "scope", "project", "name"]),
  };
  if (scope.id === undefined && scope.name === undefined) {
    throw identityRefusal(400, "The scope must name a project.");
  }
  return {
    scope,
    user: {
      userName: textAt(root, [...user, "name"]) ?? "",
      password: textAt(root, [...user, "password"]) ?? "",
      domainName: textAt(root, [...user, "domain", "name"]) ?? "",
    },
  };
}

function textAt(root: unknown, path: readonly string[]): string | undefined {
  const value = valueAt(root, path);
  return typeof value === "string" ? value : undefined;
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (value instanceof Object ? (value as Record<string, unknown>)[name] : undefined),
    root,
  );
}
