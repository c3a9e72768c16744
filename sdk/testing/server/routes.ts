// The table of all paths, and the way of a request through it: find the route, authenticate, authorize, answer.
// Imports every handler. Called by exchange.ts for each request that no scripted reply answers by itself.
import { authenticate, authorize } from "../identity/authentication";
import { createToken, listProjects } from "../identity/identity";
import { createMetadataToken, showSecurityKey } from "../identity/metadata";
import { type Answer, Refusal, systemError, unknownPath } from "../replies/answers";
import type { RecordedRequest } from "../replies/requests";
import {
  describeEndpointService,
  listConnections,
  listEndpointServices,
  listPermissions,
  listPublicEndpointServices,
  showEndpointService,
} from "../services/endpointServices";
import { listEndpoints, listQuotas, listVersions, showEndpoint, showVersion } from "../services/endpoints";
import { listResourceInstances, listTags } from "../services/tags";
import type { Call, Surroundings } from "../state/call";

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly isOpen: boolean;
  readonly handler: (call: Call) => Answer;
}

const services = "/v1/{projectId}/vpc-endpoint-services";

/** The first match counts: `describe` and `public` come before the service of any id. */
const routes: readonly Route[] = [
  open("POST /v3/auth/tokens", createToken),
  closed("GET /v3/projects", listProjects),
  open("PUT /meta-data/latest/api/token", createMetadataToken),
  open("GET /openstack/latest/securitykey", showSecurityKey),
  open("GET /", listVersions),
  open("GET /{id}", showVersion),
  closed(`GET ${services}`, listEndpointServices),
  closed(`GET ${services}/describe`, describeEndpointService),
  closed(`GET ${services}/public`, listPublicEndpointServices),
  closed(`GET ${services}/{id}`, showEndpointService),
  closed(`GET ${services}/{id}/connections`, listConnections),
  closed(`GET ${services}/{id}/permissions`, listPermissions),
  closed("GET /v1/{projectId}/vpc-endpoints", listEndpoints),
  closed("GET /v1/{projectId}/vpc-endpoints/{id}", showEndpoint),
  closed("GET /v1/{projectId}/quotas", listQuotas),
  closed("GET /v1/{projectId}/{resourceType}/tags", listTags),
  closed("POST /v1/{projectId}/{resourceType}/resource_instances/action", listResourceInstances),
];

/** The emulator's own answer to a request; never throws. */
export function answer(request: RecordedRequest, now: number, surroundings: Surroundings): Answer {
  try {
    return answerOrRefuse(request, now, surroundings);
  } catch (error) {
    if (error instanceof Refusal) {
      return error.answer(request.requestId);
    }
    return systemError(error);
  }
}

function answerOrRefuse(request: RecordedRequest, now: number, surroundings: Surroundings): Answer {
  for (const route of routes) {
    const found = route.method === request.method ? parametersOf(route.segments, request.path) : undefined;
    if (found === undefined) {
      continue;
    }
    const parameters = { projectId: "", id: "", resourceType: "", ...found };
    if (!route.isOpen) {
      const grant = authenticate(request, surroundings.credentials, now);
      if ("projectId" in found) {
        authorize(grant, parameters.projectId, surroundings.data.projects);
      }
    }
    return route.handler({
      ...surroundings,
      request,
      now,
      parameters,
      query: new URLSearchParams(request.query),
    });
  }
  throw unknownPath();
}

function parametersOf(segments: readonly string[], path: string): Record<string, string> | undefined {
  const given = path.split("/");
  const found: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = decode(given[index]);
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name !== undefined && value !== undefined && value !== "") {
      found[name] = value;
    } else if (value !== segment) {
      return undefined;
    }
  }
  return given.length === segments.length ? found : undefined;
}

/** A segment that is not valid percent-encoding matches nothing. */
function decode(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function open(pattern: string, handler: Route["handler"]): Route {
  const [method = "", path = ""] = pattern.split(" ");
  return { method, segments: path.split("/"), isOpen: true, handler };
}

function closed(pattern: string, handler: Route["handler"]): Route {
  return { ...open(pattern, handler), isOpen: false };
}
