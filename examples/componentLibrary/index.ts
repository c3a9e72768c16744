// A program that looks nothing up itself: a component of the library beside it does.
import * as pulumi from "@pulumi/pulumi";
import { ServiceClient } from "components";

const config = new pulumi.Config();

const orders = new ServiceClient("orders", { serviceId: config.require("serviceId") });

export const serviceName = orders.serviceName;
export const clientPorts = orders.clientPorts;
