// A component of a library that many programs share: what a client of an endpoint service has to know of it.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";

export interface ServiceClientArgs {
  serviceId: pulumi.Input<string>;
}

export class ServiceClient extends pulumi.ComponentResource {
  readonly serviceName: pulumi.Output<string | null>;
  readonly clientPorts: pulumi.Output<number[]>;

  constructor(name: string, { serviceId }: ServiceClientArgs, opts?: pulumi.ComponentResourceOptions) {
    super("components:index:ServiceClient", name, {}, opts);
    // A child of the component: what the component depends on, the lookup depends on.
    const service = getEndpointService(name, { id: serviceId }, { parent: this });
    this.serviceName = service.serviceName;
    this.clientPorts = service.ports.apply((ports) => ports.map(({ clientPort }) => clientPort));
    this.registerOutputs({ serviceName: this.serviceName, clientPorts: this.clientPorts });
  }
}
