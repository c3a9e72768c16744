// Services of several regions, projects and accounts in one program: where a lookup reads is an argument of it.
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";
import * as vpcep from "pulumi-vpcep/functions";

const config = new pulumi.Config();

interface Place {
  readonly serviceId: string;
  /** Default: what `vpcep:region` and `vpcep:projectId` say, or the account. */
  readonly region?: string;
  readonly projectId?: string;
  /** A name in `vpcep:accounts`. Default: the stack's own credential. */
  readonly account?: string;
}

const places = config.requireObject<Record<string, Place>>("places");

// A resource for each place: Pulumi reads them at the same time, and `pulumi refresh` asks each where it was found.
export const vpcIds = pulumi.all(
  Object.fromEntries(
    Object.entries(places).map(([name, { serviceId, ...place }]) => [
      name,
      getEndpointService(name, { id: serviceId, ...place }).vpcId,
    ]),
  ),
);

// The same by functions, where a program is to decide with what it finds.
export const availableIn = Promise.all(
  Object.entries(places).map(async ([name, { serviceId, ...place }]) => {
    const { status } = await vpcep.getEndpointService({ id: serviceId, ...place });
    return status === "available" ? [name] : [];
  }),
).then((names) => names.flat());
