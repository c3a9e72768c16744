// The queries about endpoint services: detail, list, summary, public ones, connections and whitelist.
// This room knows VPCEP's queries, and not who asks. The routes alone may enter.
// Imports answers and paging. Called by routes.ts.
import type { WireRecord } from "../options/options";
import { type Answer, success, vpcepRefusal } from "../replies/answers";
import type { Call } from "../state/call";
import { checkStatus, filterContaining, filterEqual, page } from "./page";

const statuses = ["creating", "available", "failed", "deleting"];
const connectionStatuses = ["pendingAcceptance", "creating", "accepted", "rejected", "failed", "deleting"];
const networkTypes = ["vlan", "vxlan", "all"];

/** The detail query: the service's own text, byte for byte. */
export function showEndpointService(call: Call): Answer {
  return success(visibleService(call).text);
}

export function listEndpointServices(call: Call): Answer {
  const { data, query, parameters } = call;
  checkStatus(query, statuses);
  const networkType = query.get("net_type");
  if (networkType !== null && !networkTypes.includes(networkType)) {
    throw parameterError();
  }
  const named = filterContaining(
    data.services(parameters.projectId),
    "service_name",
    query.get("endpoint_service_name"),
  );
  const found = filterEqual(named, query, ["id", "status", "public_border_group", "server_type"]);
  return success(
    page(
      "endpoint_services",
      found.map((record) => listItem(record, call)),
      query,
    ),
  );
}

/** The summary by exact name or id, of any account's service: it is for those who connect, not for the owner alone. */
export function describeEndpointService({ accounts, data, query }: Call): Answer {
  const [name, id] = [query.get("endpoint_service_name"), query.get("id")];
  if ((name === null) === (id === null)) {
    throw parameterError();
  }
  const services = accounts.flatMap((account) => account.data.allServices());
  const found = [...services, ...data.publicServices].find((record) =>
    id === null ? record["service_name"] === name : String(record["id"]).toLowerCase() === id.toLowerCase(),
  );
  if (found === undefined) {
    throw notFound();
  }
  const names = ["id", "service_name", "service_type", "created_at", "is_charge"];
  return success(pick({ is_charge: true, ...found }, [...names, "public_border_group", "enable_policy"]));
}

export function listPublicEndpointServices({ data, query }: Call): Answer {
  const named = filterContaining(data.publicServices, "service_name", query.get("endpoint_service_name"));
  return success(page("endpoint_services", filterEqual(named, query, ["id"]), query));
}

export function listConnections(call: Call): Answer {
  const { data, query, parameters } = call;
  visibleService(call);
  checkStatus(query, connectionStatuses);
  if (!/^\d*$/.test(query.get("marker_id") ?? "")) {
    throw vpcepRefusal(400, "EndPoint.0021", "Invalid marker_id.");
  }
  const found = filterEqual(data.connections(parameters.id), query, ["id", "marker_id", "status"]);
  return success(page("connections", found, query));
}

export function listPermissions(call: Call): Answer {
  const { data, query, parameters } = call;
  visibleService(call);
  const found = filterContaining(data.permissions(parameters.id), "permission", query.get("permission"));
  return success(page("permissions", found, query, 500));
}

function visibleService({ data, parameters }: Call): { readonly text: string } {
  if (!/^[\w-]{1,64}$/.test(parameters.id)) {
    throw vpcepRefusal(400, "EndPoint.3062", "Invalid endpoint service ID.");
  }
  const service = data.service(parameters.id, parameters.projectId);
  if (service === undefined) {
    throw notFound();
  }
  return service;
}

/** A list's item has no `cidr_type` but tells the owner's account and the number of connected endpoints. */
function listItem({ cidr_type: _, ...record }: WireRecord, { caller, data, parameters }: Call): WireRecord {
  const connected = data
    .connections(String(record["id"]))
    .filter(({ status }) => status === "creating" || status === "accepted");
  const project = data.projects.find(({ id }) => id === parameters.projectId);
  return {
    domain_id: project?.domain_id ?? caller.account.id,
    connection_count: connected.length,
    ...record,
  };
}

function pick(record: WireRecord, names: readonly string[]): WireRecord {
  return Object.fromEntries(
    names.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])),
  );
}

export function notFound(): Error {
  return vpcepRefusal(404, "EndPoint.0005", "The requested resource is unavailable.");
}

function parameterError(): Error {
  return vpcepRefusal(400, "EndPoint.0002", "Parameter error.");
}
