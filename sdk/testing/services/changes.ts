// The two calls that change which services there are, for programs that make one before they look it up.
// Imports answers and the reading of bodies. Called by routes.ts.
import { randomUUID } from "node:crypto";
import { type Answer, success, vpcepRefusal } from "../replies/answers";
import type { Call } from "../state/call";
import { notFound } from "./endpointServices";
import { parseBody } from "./tags";

/** Makes a service of what is asked. The cloud takes a minute or two; here it is available at once. */
export function createEndpointService({ data, parameters, request, now }: Call): Answer {
  const body = parseBody(request.body);
  const { vpc_id, port_id, server_type, ports } = body;
  if (![vpc_id, port_id, server_type].every((value) => typeof value === "string") || !Array.isArray(ports)) {
    throw vpcepRefusal(400, "EndPoint.0002", "Parameter error.");
  }
  const id = randomUUID();
  const time = `${new Date(now).toISOString().slice(0, 19)}Z`;
  const record = {
    service_type: "interface",
    approval_enabled: true,
    ...body,
    id,
    service_name: `${body["service_name"] ?? "service"}.${id}`,
    status: "available",
    project_id: parameters.projectId,
    created_at: time,
    updated_at: time,
  };
  data.putService(record);
  return success(record);
}

export function deleteEndpointService({ data, parameters }: Call): Answer {
  if (data.service(parameters.id, parameters.projectId) === undefined) {
    throw notFound();
  }
  data.deleteService(parameters.id);
  return success("", 204);
}
