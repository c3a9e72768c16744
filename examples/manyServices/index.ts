// Many services cost what one lookup costs: one resource reads them all, by their ids or by a filter.
import * as pulumi from "@pulumi/pulumi";
import { type EndpointServiceRecord, getEndpointServices, getEndpointServicesByIds } from "pulumi-vpcep";

const config = new pulumi.Config();

// In the order of the ids. One that does not exist fails the preview; `ifMissing: "omit"` leaves it out instead.
const chosen = getEndpointServicesByIds("chosen", { ids: config.requireObject<string[]>("serviceIds") });

// Every page of the list; `[]` when nothing matches.
const available = getEndpointServices("available", { status: "available" });

const nameOf = ({ serviceName, serviceId }: EndpointServiceRecord) => serviceName ?? serviceId;

export const portsByService = chosen.services.apply((services) =>
  Object.fromEntries(
    services.map((service) => [nameOf(service), service.ports.map(({ clientPort }) => clientPort)]),
  ),
);
export const availableServices = available.services.apply((services) => services.map(nameOf).sort());
export const availableCount = available.totalCount;
