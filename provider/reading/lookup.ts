// Runs a lookup's definition, arguments to requests and answers to outputs, whatever place is read.
// This room knows the way from a definition and arguments to outputs; client/ alone may enter, and sends the requests.
import { VpcepError } from "../errors/errors";
import type { Deadline } from "../http/deadline";
import {
  type ArgumentValues,
  definitionFor,
  type LookupDefinition,
  type OutputValues,
} from "../lookups/definition";
import type { EndpointServiceRecord } from "../lookups/records";
import { withinBounds } from "./bounds";
import { checkExpectation, type Expectation } from "./expectation";
import { readList } from "./list";
import type { LookupApi } from "./lookupApi";
import { isNamed, readRecord } from "./record";
import { waitUntilAvailable } from "./waiter";

/** How many records of a list of ids are asked for at the same time. */
const parallelIds = 8;

/** Reads a lookup; fails with a {@link VpcepError} that does not name the lookup yet. */
export async function runLookup(
  definition: LookupDefinition,
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
): Promise<OutputValues> {
  const { list, selects, each, finds } = definition;
  if (finds) {
    return readOptional(definition, args, api, deadline);
  }
  if (selects) {
    const name = String(args[selects.argument]);
    const id = await findId(definition, name, args, api, deadline);
    return deadline.part((part) => readRecord(selects.reads, { id }, api, part, name));
  }
  if (!list && !each) {
    return readOne(definition, args, api, deadline);
  }
  const records = each
    ? await readEach(each.reads, args[each.argument] as string[], args, api, deadline)
    : (await readList(definition, args, api, deadline)).records;
  return { [definition.outputs[0] ?? ""]: records, totalCount: records.length };
}

/** A record and that it exists, or nulls and that it does not. */
async function readOptional(
  definition: LookupDefinition,
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
): Promise<OutputValues> {
  try {
    const record = await runLookup(definitionFor(definition, args), args, api, deadline);
    return Object.assign(record, { exists: true });
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
    const nothing = Object.fromEntries(definition.outputs.map((name) => [name, null]));
    return { ...nothing, region: api.region, projectId: await api.projectId(deadline), exists: false };
  }
}

/** One record: once it is available and as expected, where that is asked for. */
async function readOne(
  definition: LookupDefinition,
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
): Promise<OutputValues> {
  const read = (part: Deadline) => readRecord(definition, args, api, part);
  const record =
    args["waitFor"] === undefined
      ? await deadline.part(read)
      : await waitUntilAvailable(read, args, api, deadline);
  if (args["expect"] !== undefined) {
    const isSecret = api.secretArguments.includes("expect");
    checkExpectation(
      record as object as EndpointServiceRecord,
      args["expect"] as Expectation,
      api.clean,
      isSecret,
    );
  }
  return record;
}

/** Several records by their ids, in the order of the ids, each once: the API knows ids without case. */
async function readEach(
  definition: LookupDefinition,
  given: readonly string[],
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
): Promise<OutputValues[]> {
  const ids = [...new Map(given.map((id) => [id.toLowerCase(), id])).values()];
  const found = new Map<string, OutputValues>();
  const waiting = ids.values();
  await withinBounds(api, deadline, ids.length, async (bounded, progress) => {
    const work = async () => {
      for (const id of waiting) {
        try {
          const record = await deadline.part((part) => readRecord(definition, { id }, bounded, part));
          const { region: _, ...fields } = record;
          found.set(id, fields);
          progress.records++;
        } catch (error) {
          if (!(isMissing(error) && (api.refreshing || args["ifMissing"] === "omit"))) {
            throw error instanceof VpcepError ? error.reworded((what) => `service ${id}: ${what}`) : error;
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
  });
  return ids.map((id) => found.get(id)).filter((record) => record !== undefined);
}

function isMissing(error: unknown): boolean {
  return error instanceof VpcepError && error.code === "VPCEP_NOT_FOUND";
}

/** The id of the one service of a name: its full name, or the part of it that its owner chose. The API matches parts of names. */
async function findId(
  definition: LookupDefinition,
  name: string,
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
): Promise<string> {
  const { records, announced = 0 } = await readList(definition, args, api, deadline);
  const listed = records as object[] as EndpointServiceRecord[];
  const named = listed.filter(({ serviceName }) => isNamed(serviceName, name));
  const [service, ...others] = named;
  if (!service && announced > listed.length) {
    throw new VpcepError(
      "VPCEP_RESPONSE",
      `${api.host} announces ${announced} services that contain this name and shows ${listed.length}, none of exactly this name: whether there is one is not known. Look it up by its id, or with a credential that sees them all`,
    );
  }
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
  return service.serviceId;
}
