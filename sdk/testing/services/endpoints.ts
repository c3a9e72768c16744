// The queries about endpoints and quotas, and the versions of the API.
// Imports answers and paging. Called by routes.ts.
import { type Answer, success, unknownPath, vpcepRefusal } from "../replies/answers";
import type { Call, OpenCall } from "../state/call";
import { filterContaining, filterEqual, page } from "./page";

export function showEndpoint({ data, parameters }: Call): Answer {
  const found = data
    .endpointsOf(parameters.projectId)
    .find((record) => String(record["id"]).toLowerCase() === parameters.id.toLowerCase());
  if (found === undefined) {
    throw vpcepRefusal(404, "EndPoint.0005", "The requested resource is unavailable.");
  }
  return success(found);
}

export function listEndpoints({ data, query, parameters }: Call): Answer {
  const named = filterContaining(
    data.endpointsOf(parameters.projectId),
    "endpoint_service_name",
    query.get("endpoint_service_name"),
  );
  const found = filterEqual(named, query, ["id", "vpc_id", "public_border_group"]);
  return success(page("endpoints", found, query));
}

export function listQuotas({ data, query, parameters: { projectId } }: Call): Answer {
  const all = [
    { type: "endpoint", used: data.endpointsOf(projectId).length, quota: data.quotas.endpoint },
    { type: "endpoint_service", used: data.services(projectId).length, quota: data.quotas.endpoint_service },
  ];
  const wanted = query.get("type");
  const resources = all.filter(({ type }) => wanted === null || type === wanted);
  if (resources.length === 0) {
    throw vpcepRefusal(400, "EndPoint.0002", "Parameter error.");
  }
  return success({ quotas: { resources } });
}

export function listVersions({ url }: OpenCall): Answer {
  return success({ versions: [version(url)] });
}

export function showVersion({ url, parameters }: OpenCall): Answer {
  if (parameters.id !== "v1") {
    throw unknownPath();
  }
  return success({ version: version(url) });
}

function version(url: string): object {
  return {
    status: "CURRENT",
    id: "v1",
    updated: "2018-09-30T00:00:00Z",
    version: "1",
    min_version: "",
    links: [{ href: `${url}/v1`, type: "application/json", rel: "self" }],
  };
}
