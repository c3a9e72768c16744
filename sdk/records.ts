// Small pure functions over a record that programs downstream of a lookup need. Imports types alone.
import type { EndpointServicePort } from "../provider/lookups/records";

/**
 * The port mappings that lead to a port of the backend; several client ports may lead to one.
 *
 * @example
 * ```ts
 * import { getEndpointService, portsToServer } from "pulumi-vpcep";
 *
 * const orders = getEndpointService("orders", { id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 * export const clientPorts = orders.ports.apply((ports) => portsToServer(ports, 80).map(({ clientPort }) => clientPort));
 * ```
 */
export function portsToServer(
  ports: readonly EndpointServicePort[],
  serverPort: number,
): EndpointServicePort[] {
  return ports.filter((port) => port.serverPort === serverPort);
}

/**
 * The port mapping of a port on the endpoint, or undefined where there is none.
 *
 * @param protocol the protocol of the mapping; default `TCP`
 * @example
 * ```ts
 * import { getEndpointService, portOfClient } from "pulumi-vpcep";
 *
 * const orders = getEndpointService("orders", { id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 * export const serverPort = orders.ports.apply((ports) => portOfClient(ports, 8080)?.serverPort ?? 0);
 * ```
 */
export function portOfClient(
  ports: readonly EndpointServicePort[],
  clientPort: number,
  protocol = "TCP",
): EndpointServicePort | undefined {
  return ports.find((port) => port.clientPort === clientPort && port.protocol === protocol);
}

/** The parts of a service's full name. */
export interface ServiceNameParts {
  /** The region of the service; `null` for a name that is not a full one. */
  region: string | null;
  /** What the owner has chosen; `null` where they have chosen nothing. */
  name: string | null;
  /** The id of the service; `null` for a name that is not a full one. */
  id: string | null;
}

/**
 * Splits a service's full name, `region.name.id` or `region.id`.
 *
 * @example
 * ```ts
 * import { parseServiceName } from "pulumi-vpcep";
 *
 * parseServiceName("eu-de.orders.4189d3c2-8882-4871-a3c2-d380272eed83").name; // "orders"
 * ```
 */
export function parseServiceName(serviceName: string): ServiceNameParts {
  const parts = serviceName.split(".");
  if (parts.length === 1) {
    return { region: null, name: serviceName, id: null };
  }
  return {
    region: parts[0] ?? null,
    name: parts.length > 2 ? parts.slice(1, -1).join(".") : null,
    id: parts.at(-1) ?? null,
  };
}
