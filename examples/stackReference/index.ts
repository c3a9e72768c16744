// The consumer's side: the id comes from the stack of the service's owner, everything else from the service itself.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";

// `organization/project/stack`; in a backend of files the organization is always called `organization`.
const owner = new pulumi.StackReference(new pulumi.Config().require("ownerStack"));

// `requireOutput` fails where the owner's stack has no such output, so a renamed one is noticed in the preview.
const orders = getEndpointService("orders", { id: owner.requireOutput("serviceId") });

export const serviceId = orders.serviceId;
export const vpcId = orders.vpcId;
export const ports = orders.ports;
