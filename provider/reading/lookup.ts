// Runs a lookup's definition: arguments to requests, answers to outputs. Called by client.ts, which sends the requests.

import { VpcepError } from "../errors/errors";
import type { Deadline } from "../http/deadline";
import type { LookupArguments, LookupDefinition, LookupOutputs } from "../lookups/definition";
import { endpointService } from "../lookups/endpointService";
import { endpointServiceByName } from "../lookups/endpointServiceByName";
import { endpointServices } from "../lookups/endpointServices";
import type { EndpointServiceRecord } from "../schema/endpointService";
import { checkExpectation, type Expectation } from "./expectation";
import { readList } from "./list";
import type { LookupApi } from "./lookupApi";
import { readRecord } from "./record";
import { waitUntilAvailable } from "./waiter";

/** How many services of a list of ids are asked for at the same time. */
const parallelIds = 8;

/** Reads a lookup; fails with a {@link VpcepError} that does not name the lookup yet. */
export async function runLookup(
  definition: LookupDefinition,
  args: LookupArguments,
  api: LookupApi,
  deadline: Deadline,
): Promise<LookupOutputs> {
  if (definition.name === endpointServiceByName.name) {
    return readByName(args, api, deadline);
  }
  if (definition.name === endpointService.name) {
    return readEndpointService(args, api, deadline);
  }
  if (!definition.list) {
    return readRecord(definition, args, api, deadline);
  }
  const records =
    definition.name === endpointServices.name && args["ids"] !== undefined
      ? await readByIds(args, api, deadline)
      : await readList(definition, args, api, deadline);
  return { [definition.outputs[0] ?? ""]: records, totalCount: records.length };
}

/** The record of one service: once it is available, as expected, and null where that is asked for. */
async function readEndpointService(
  args: LookupArguments,
  api: LookupApi,
  deadline: Deadline,
): Promise<LookupOutputs> {
  const read = async () =>
    (await deadline.part((part) =>
      readRecord(endpointService, args, api, part),
    )) as unknown as EndpointServiceRecord;
  try {
    const record =
      args["waitFor"] === undefined ? await read() : await waitUntilAvailable(read, args, api, deadline);
    if (args["expect"] !== undefined) {
      checkExpectation(record, args["expect"] as Expectation, api.clean);
    }
    return Object.assign(record, { exists: true });
  } catch (error) {
    if (!mayBeMissing(error, args)) {
      throw error;
    }
    const nothing = Object.fromEntries(endpointService.outputs.map((name) => [name, null]));
    return { ...nothing, region: api.region, projectId: await api.projectId(deadline), exists: false };
  }
}

/** Several services by their ids, in the order of the ids, each once. */
async function readByIds(
  args: LookupArguments,
  api: LookupApi,
  deadline: Deadline,
): Promise<LookupOutputs[]> {
  const ids = [...new Set(args["ids"] as string[])];
  const found = new Map<string, LookupOutputs>();
  const waiting = ids.values();
  const work = async () => {
    for (const id of waiting) {
      try {
        const record = await deadline.part((part) => readRecord(endpointService, { id }, api, part));
        const { region: _, ...fields } = record;
        found.set(id, fields);
      } catch (error) {
        if (!mayBeMissing(error, args)) {
          throw error instanceof VpcepError ? error.about(`service ${id}`) : error;
        }
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: parallelIds }, work));
  } catch (error) {
    deadline.cancel(error);
    throw error;
  }
  return ids.map((id) => found.get(id)).filter((record) => record !== undefined);
}

/** Whether something failed for want of a service that the arguments allow to be missing. */
function mayBeMissing(error: unknown, args: LookupArguments): boolean {
  return error instanceof VpcepError && error.code === "VPCEP_NOT_FOUND" && args["ifNotFound"] === "null";
}

/** The one service of a name: its full name, or the part of it that its owner chose. The API matches parts of names. */
async function readByName(args: LookupArguments, api: LookupApi, deadline: Deadline): Promise<LookupOutputs> {
  const name = String(args["serviceName"]);
  const listed = (await readList(endpointServiceByName, args, api, deadline)) as EndpointServiceRecord[];
  const named = listed.filter(({ serviceName }) => serviceName === name || chosenPart(serviceName) === name);
  const [service, ...others] = named;
  if (!service) {
    throw new VpcepError(
      "VPCEP_NOT_FOUND",
      `${api.host} knows no service of exactly this name among the ${listed.length} that contain it. Check the name, the region and the project`,
    );
  }
  if (others.length > 0) {
    const candidates = named.map(({ serviceId, serviceName, status, createdAt }) =>
      api.clean(`${serviceId} (${serviceName}, ${status}, created ${createdAt ?? "at an unknown time"})`),
    );
    throw new VpcepError(
      "VPCEP_AMBIGUOUS",
      `${named.length} services have this name: ${candidates.join("; ")}. Look one of them up by its id, or by its full name`,
    );
  }
  return readEndpointService({ id: service.serviceId }, api, deadline);
}

/** The part of `region.name.id` that the owner of a service has chosen. */
function chosenPart(serviceName: string | null): string | undefined {
  const parts = serviceName?.split(".") ?? [];
  return parts.length > 2 ? parts.slice(1, -1).join(".") : undefined;
}
