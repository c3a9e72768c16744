// Writes down what this stack builds on, so that a change on the owner's side fails the preview, before any `up`.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";

const config = new pulumi.Config();

const orders = getEndpointService("orders", {
  id: config.require("serviceId"),
  // Only what is named here is compared; ports in any order, but all of them.
  expect: {
    status: "available",
    vpcId: config.require("vpcId"),
    ports: [
      { clientPort: 8080, serverPort: 80 },
      { clientPort: 8081, serverPort: 80 },
    ],
  },
});

export const vpcId = orders.vpcId;
export const ports = orders.ports;
