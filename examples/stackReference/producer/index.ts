// The owner's side: a stack that others build on exports the id of its endpoint service.
import * as pulumi from "@pulumi/pulumi";

// In the owner's real program this is the `id` of the service that it creates with the cloud's provider.
export const serviceId = new pulumi.Config().require("serviceId");
