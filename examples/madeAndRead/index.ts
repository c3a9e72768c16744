// Makes a service and reads it in the same `up`, once it is available: what follows it has the service's own record.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";
import { OwnedService } from "./ownedService";

const config = new pulumi.Config();

// With the cloud's provider (`pulumi package add terraform-provider huaweicloud/huaweicloud`) this would be
//   new huaweicloud.VpcepService("orders", { serverType: "LB", vpcId, portId,
//     portMappings: [{ servicePort: 80, terminalPort: 8080 }] })
// which has not been run here.
const owned = new OwnedService("orders", {
  serverType: "LB",
  vpcId: config.require("vpcId"),
  portId: config.require("portId"),
  ports: [{ clientPort: 8080, serverPort: 80 }],
});

// The id is unknown until the service is there: a first preview sends nothing. `dependsOn` is for an id that is known
// before, from the configuration for instance; with `owned.id` it repeats what Pulumi knows.
const orders = getEndpointService(
  "orders",
  { id: owned.id, ...(pulumi.runtime.isDryRun() ? {} : { waitFor: "available" }) },
  { dependsOn: owned },
);

export const status = orders.status;
export const ports = orders.ports;
