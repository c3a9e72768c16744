// Reads one VPC endpoint service and exports what pipelines ask for.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";

const id = new pulumi.Config().get("serviceId") ?? "4189d3c2-8882-4871-a3c2-d380272eed83";

const orders = getEndpointService("orders", { id });

export const ports = orders.ports;
export const vpc_id = orders.vpcId;
export const status = orders.status;
