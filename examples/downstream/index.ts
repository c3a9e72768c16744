// Lets clients out to an endpoint service, on the ports that it has today: the rule follows when its owner changes them.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";
import { FirewallRule } from "./firewallRule";

const config = new pulumi.Config();

const orders = getEndpointService("orders", { id: config.require("serviceId") });

// With the cloud's provider (`pulumi package add terraform-provider huaweicloud/huaweicloud`) this would be
//   new huaweicloud.NetworkingSecgroupRule("orders", { securityGroupId, direction: "egress", ethertype: "IPv4",
//     protocol: "tcp", ports: clientPorts.apply((ports) => ports.join(",")), remoteIpPrefix })
const clientPorts = orders.ports.apply((ports) => ports.map(({ clientPort }) => clientPort));
const rule = new FirewallRule("orders", { vpcId: orders.vpcId, ports: clientPorts });

export const ruleId = rule.id;
export const openPorts = rule.ports;
