// The published JSON Schemas, draft 2020-12, by the names of their files. Called by write.ts and by the test.
import { z } from "zod";
import { existingService, foundService, missingService } from "./describedRecord";

// Objects stay open: a later version may add an output, and a program may export more.
const record = z
  .union([
    z.looseObject(foundService).meta({ title: "A service that exists" }),
    z
      .looseObject(missingService)
      .meta({ title: "A service that does not exist, looked for with findEndpointService" }),
  ])
  .meta({
    title: "The record of a VPC endpoint service",
    description: "The outputs of getEndpointService and findEndpointService of the package pulumi-vpcep.",
  });

const { ports, vpcId, status } = existingService;

const quickstartOutputs = z.looseObject({ ports, vpc_id: vpcId, status }).meta({
  title: "The stack outputs of the quickstart",
  description:
    "What `pulumi stack output --json` prints for a program that exports ports, vpc_id and status.",
});

/** Every schema by the name of its file in sdk/schema. */
export const jsonSchemas: Readonly<Record<string, object>> = {
  "endpointService.schema.json": z.toJSONSchema(record, { io: "output", target: "draft-2020-12" }),
  "quickstartOutputs.schema.json": z.toJSONSchema(quickstartOutputs, {
    io: "output",
    target: "draft-2020-12",
  }),
};
