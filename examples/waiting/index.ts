// Waits for a service that another team's pipeline is creating at the same time, and goes on once it is available.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";

const config = new pulumi.Config();

const wait = {
  waitFor: "available",
  waitTimeoutMs: config.getNumber("waitTimeoutMs"), // default: ten minutes
  pollIntervalMs: config.getNumber("pollIntervalMs"), // default: three seconds
} as const;

const orders = getEndpointService("orders", {
  id: config.require("serviceId"),
  // A preview, on a pull request for instance, shows what is there now: it need not hold a runner for minutes.
  ...(pulumi.runtime.isDryRun() ? {} : wait),
});

export const status = orders.status;
export const vpcId = orders.vpcId;
