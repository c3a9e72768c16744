// A program with something to test: it makes addresses of a service's ports. Its test is index.test.ts.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";

const config = new pulumi.Config();

const orders = getEndpointService("orders", { id: config.require("serviceId") });

export const addresses = pulumi
  .all([orders.status, orders.ports])
  .apply(([status, ports]) =>
    status === "available"
      ? ports.map(({ clientPort }) => `https://${config.require("host")}:${clientPort}`)
      : [],
  );
