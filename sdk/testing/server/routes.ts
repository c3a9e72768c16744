// The table of all paths, and the way of a request through it: find the route, authenticate, authorize, answer.
// Imports every handler. Called by exchange.ts for each request that no scripted reply answers by itself.
import { authenticate, authenticateSigned, authorize } from "../identity/authentication";
import { createIdToken, exchangeIdToken } from "../identity/federation";
import { createMetadataToken, showSecurityKey } from "../identity/metadata";
import { listDomains, listProjects } from "../identity/projects";
import { assumeAgency, assumeAgencyWithOidc, showCallerIdentity } from "../identity/securityTokenService";
import { createTemporaryKey } from "../identity/temporaryKeys";
import { createToken, showToken } from "../identity/tokens";
import { type Answer, Refusal, systemError, unknownPath } from "../replies/answers";
import type { RecordedRequest } from "../replies/requests";
import { createEndpointService, deleteEndpointService } from "../services/changes";
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
import type { Call, OpenCall, Surroundings } from "../state/call";

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly handler: (call: OpenCall) => Answer;
}

const services = "/v1/{projectId}/vpc-endpoint-services";

/** The first match counts: `describe` and `public` come before the service of any id. */
const routes: readonly Route[] = [
  open("POST /v3/auth/tokens", createToken),
  closed("GET /v3/auth/tokens", showToken),
  closed("GET /v3/auth/domains", listDomains),
  closed("GET /v3/projects", listProjects),
  open("POST /v3.0/OS-CREDENTIAL/securitytokens", createTemporaryKey),
  open("POST /v3.0/OS-AUTH/id-token/tokens", exchangeIdToken),
  closed("POST /v5/agencies/assume", assumeAgency, authenticateSigned),
  open("POST /v5/agencies/assume-with-oidc", assumeAgencyWithOidc),
  closed("GET /v5/caller-identity", showCallerIdentity, authenticateSigned),
  open("GET /actions/id-token", createIdToken),
  open("PUT /meta-data/latest/api/token", createMetadataToken),
  open("GET /openstack/latest/securitykey", showSecurityKey),
  open("GET /", listVersions),
  open("GET /{id}", showVersion),
  closed(`GET ${services}`, listEndpointServices),
  closed(`GET ${services}/describe`, describeEndpointService),
  closed(`GET ${services}/public`, listPublicEndpointServices),
  closed(`POST ${services}`, createEndpointService),
  closed(`GET ${services}/{id}`, showEndpointService),
  closed(`DELETE ${services}/{id}`, deleteEndpointService),
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
    return route.handler({
      ...surroundings,
      request,
      now,
      parameters: { projectId: "", id: "", resourceType: "", ...found },
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
  return { method, segments: path.split("/"), handler };
}

function closed(pattern: string, handler: (call: Call) => Answer, callerOf = authenticate): Route {
  return open(pattern, (call) => {
    const caller = callerOf(call.request, call.credentials, call.now);
    if (pattern.includes("{projectId}")) {
      authorize(caller, call.parameters.projectId);
    }
    return handler({ ...call, caller, data: caller.account.data });
  });
}
