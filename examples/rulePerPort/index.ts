// A firewall rule of its own for each port of a service: the number of resources follows from a value, which an output is not.
import * as pulumi from "@pulumi/pulumi";
import * as vpcep from "pulumi-vpcep/functions";
import { FirewallRule } from "./firewallRule";

const config = new pulumi.Config();

async function makeRules(id: string): Promise<pulumi.Output<string>[]> {
  const { ports, status } = await vpcep.getEndpointService({ id });
  if (status !== "available") {
    pulumi.log.warn(`The service is ${status}: it has no rules yet.`);
    return [];
  }
  return ports.map(({ clientPort }) => new FirewallRule(`orders-${clientPort}`, { port: clientPort }).id);
}

export const ruleIds = makeRules(config.require("serviceId"));
