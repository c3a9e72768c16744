// IAM's lists: the projects behind a region's name, and the account of a credential.
// Imports answers and the call. Called by routes.ts.
import { type Answer, success } from "../replies/answers";
import type { Call } from "../state/call";

/** `GET /v3/projects`, filtered by name when one is given. */
export function listProjects(call: Call): Answer {
  const name = call.query.get("name");
  const projects = call.data.projects
    .filter((project) => name === null || project.name === name)
    .map((project) => ({
      id: project.id,
      name: project.name,
      domain_id: project.domain_id ?? call.caller.account.id,
      parent_id: project.domain_id ?? call.caller.account.id,
      is_domain: false,
      enabled: project.enabled ?? true,
      description: "",
      links: { self: `${call.url}/v3/projects/${project.id}` },
    }));
  return success({ projects, links: linksOf(call) });
}

/** `GET /v3/auth/domains`: the one account that the credential is of. */
export function listDomains(call: Call): Answer {
  const { id, name } = call.caller.account;
  const links = { self: `${call.url}/v3/domains/${id}` };
  return success({
    domains: [{ id, name, enabled: true, description: "", links }],
    links: linksOf(call),
  });
}

function linksOf({ url, request, query }: Call): object {
  return {
    self: `${url}${request.path}${query.size === 0 ? "" : `?${query}`}`,
    next: null,
    previous: null,
  };
}
