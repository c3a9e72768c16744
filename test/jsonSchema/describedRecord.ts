// The checked record as a schema of its own: the one of the provider transforms the wire, and JSON Schema has no word
// for what a transform gives. The compiler holds the two to the same type, the test to the same values.
import { z } from "zod";
import type { EndpointServiceRecord } from "../../provider/lookups/records";
import { docstringsOf } from "./docstrings";

/** What every lookup says beside a record. */
const besideRecords = { region: "The region that was asked." };

const text = z.string();
const textOrNull = z.string().nullable();
const booleanOrNull = z.boolean().nullable();
const timeOrNull = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/)
  .nullable();
const portNumber = z.int().min(1).max(65535);

const port = described("EndpointServicePort", {
  clientPort: portNumber,
  serverPort: portNumber,
  protocol: text,
});

const problem = described("EndpointServiceError", { errorCode: textOrNull, errorMessage: textOrNull });

const fields = {
  serviceId: text,
  serviceName: textOrNull,
  status: text.min(1).meta({ examples: ["creating", "available", "failed", "deleting"] }),
  vpcId: text.min(1),
  ports: z.array(z.looseObject(port)),
  portId: textOrNull,
  vipPortId: textOrNull,
  serverType: textOrNull,
  serviceType: textOrNull,
  approvalEnabled: booleanOrNull,
  projectId: text,
  createdAt: timeOrNull,
  updatedAt: timeOrNull,
  error: z.array(z.looseObject(problem)),
  poolId: textOrNull,
  cidrType: textOrNull,
  tcpProxy: textOrNull,
  description: textOrNull,
  enablePolicy: booleanOrNull,
  ip: textOrNull,
  ipVersion: textOrNull,
  snatNetworkId: textOrNull,
  publicBorderGroup: textOrNull,
  connectionCount: z.int().min(0).nullable(),
  domainId: textOrNull,
  supportedEditions: z.array(z.string()).nullable(),
  tags: z.record(z.string(), z.string()).nullable(),
  markerId: textOrNull,
  region: text,
  extra: z.record(z.string(), z.unknown()),
};

/** The outputs of a service that exists, in the order of docs/lookups.md. */
export const existingService = described("EndpointServiceRecord", fields);

/** What findEndpointService says beside them. */
const exists = { description: "Whether the service exists, as findEndpointService says it." };

/** The outputs of a service that may be missing and exists: getEndpointService does not say so, which is no difference. */
export const foundService = { ...existingService, exists: z.literal(true).optional().meta(exists) };

/** Those of one that does not exist. */
export const missingService = {
  ...described("EndpointServiceRecord", {
    ...(Object.fromEntries(Object.keys(fields).map((name) => [name, z.null()])) as {
      [Name in keyof typeof fields]: z.ZodNull;
    }),
    projectId: text,
    region: text,
  }),
  exists: z.literal(false).meta(exists),
};

/** Every field with the docstring that it has in the SDK. */
function described<Fields extends Record<string, z.ZodType>>(declaration: string, fields: Fields): Fields {
  const docstrings = new Map([...docstringsOf(declaration), ...Object.entries(besideRecords)]);
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => {
      const description = docstrings.get(name);
      if (description === undefined) {
        throw new Error(
          `provider/lookups/records.ts says nothing about ${declaration}.${name}: write its docstring`,
        );
      }
      return [name, schema.meta({ ...schema.meta(), description })];
    }),
  ) as Fields;
}

type Same<One, Other> = [One, keyof Other] extends [Other, keyof One] ? true : false;
type Described = { [Name in keyof typeof fields]: z.output<(typeof fields)[Name]> };
/** What the client adds to a record, and the project it fills in. */
type Completed = EndpointServiceRecord & { readonly region: string };

// A line that does not compile when an output is added, or changes its type, in the provider alone.
true satisfies Same<Described, Completed>;
