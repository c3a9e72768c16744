// Runs a lookup's definition: arguments to requests, answers to outputs. Called by client.ts, which sends the requests.
import type { Deadline } from "./deadline";
import { VpcepError } from "./errors";
import { checkExpectation, type Expectation } from "./expectation";
import { describeValue } from "./lookupArguments";
import type { LookupDefinition } from "./lookups/definition";
import { endpointService } from "./lookups/endpointService";
import { endpointServiceByName } from "./lookups/endpointServiceByName";
import { endpointServices } from "./lookups/endpointServices";
import { endpointServicesByTags } from "./lookups/endpointServicesByTags";
import { readAllPages } from "./pages";
import { schemas } from "./schema";
import type { EndpointServiceRecord } from "./schema/endpointService";
import { describeIssues } from "./schema/fields";
import { pageQuery, readPage, sortQuery, tagFilterBody, type WirePage } from "./schema/listing";
import { waitUntilAvailable } from "./waiting";

/** The arguments of a lookup, checked; those that are not given are left out. */
export type LookupArguments = Readonly<Record<string, unknown>>;

/** What a lookup gives, under the names of its definition. */
export type LookupOutputs = Record<string, unknown>;

/** A request of a lookup. */
export interface LookupRequest {
  /** The path with its query. */
  readonly path: string;
  readonly projectId: string;
  readonly permission: string;
  /** The body of a POST; absent for a GET. */
  readonly body?: string;
  /** Whether the answer is a page of a list, which may be large. */
  readonly isPage?: true;
}

/** Sends the requests of lookups to one place. */
export interface LookupApi {
  readonly host: string;
  readonly region: string;
  /** What a server wrote, fit for an error. */
  clean(text: string): string;
  /** Says how a wait goes. */
  log(line: string): void;
  projectId(deadline: Deadline): Promise<string>;
  send(request: LookupRequest, deadline: Deadline): Promise<Record<string, unknown>>;
}

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
    return readOne(definition, args, api, deadline);
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
      readOne(endpointService, args, api, part),
    )) as unknown as EndpointServiceRecord;
  try {
    const record =
      args["waitFor"] === undefined ? await read() : await waitUntilAvailable(read, args, api.log, deadline);
    if (args["expect"] !== undefined) {
      checkExpectation(record, args["expect"] as Expectation);
    }
    return { ...record, exists: true };
  } catch (error) {
    if (!(error instanceof VpcepError && error.code === "VPCEP_NOT_FOUND" && args["ifNotFound"] === "null")) {
      throw error;
    }
    const nothing = Object.fromEntries(endpointService.outputs.map((name) => [name, null]));
    return { ...nothing, region: api.region, projectId: await api.projectId(deadline), exists: false };
  }
}

/** One record, which must be of the id that was asked for. */
async function readOne(
  definition: LookupDefinition,
  args: LookupArguments,
  api: LookupApi,
  deadline: Deadline,
): Promise<LookupOutputs> {
  const projectId = await api.projectId(deadline);
  const path = pathOf(definition, args, projectId, queryOf(definition, args, api));
  const json = await api.send({ path, projectId, permission: definition.permission }, deadline);
  const record = checkedRecord(definition, json, api.host);
  const id = record[definition.identity ?? "serviceId"];
  const asked = args["id"] ?? args["serviceId"];
  if (asked !== undefined && String(id).toLowerCase() !== String(asked).toLowerCase()) {
    throw new VpcepError(
      "VPCEP_RESPONSE",
      `${api.host} sent another record than the one asked for, ${describeValue(api.clean(String(id)))}. Nothing of it is used; check for a proxy that mixes answers up`,
    );
  }
  return { ...record, region: api.region, projectId: record["projectId"] ?? projectId };
}

/** Every record of a list, all pages of it. */
async function readList(
  definition: LookupDefinition,
  args: LookupArguments,
  api: LookupApi,
  deadline: Deadline,
): Promise<LookupOutputs[]> {
  const { list } = definition;
  const projectId = definition.path.includes("{projectId}") ? await api.projectId(deadline) : "";
  const query = queryOf(definition, args, api);
  const page = (offset: number): Promise<WirePage> =>
    deadline.part(async (part) => {
      const limit = list?.pageSize;
      const byTags = definition.name === endpointServicesByTags.name;
      const paged = limit === undefined || byTags ? query : [...query, ...pageQuery(offset, limit)];
      const path = pathOf(definition, args, projectId, paged);
      const body = byTags ? { body: tagFilterBody(args, offset, limit ?? 0) } : {};
      const json = await api.send(
        { path, projectId, permission: definition.permission, isPage: true, ...body },
        part,
      );
      const read = readPage(json, list?.wire ?? "", limit !== undefined);
      if (!read.success) {
        throw notWhole(api.host, describeIssues(read.error.issues));
      }
      return read.data;
    });
  const records = list?.pageSize === undefined ? (await page(0)).records : await readAllPages(page);
  return records.map((record) => checkedRecord(definition, record, api.host));
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
        const record = await deadline.part((part) => readOne(endpointService, { id }, api, part));
        const { region: _, ...fields } = record;
        found.set(id, fields);
      } catch (error) {
        if (
          !(error instanceof VpcepError && error.code === "VPCEP_NOT_FOUND" && args["ifNotFound"] === "null")
        ) {
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

function pathOf(
  definition: LookupDefinition,
  args: LookupArguments,
  projectId: string,
  query: readonly (readonly [string, string])[],
): string {
  let path = "";
  for (const part of templateOf(definition).path) {
    const value = part.name === "projectId" ? projectId : args[part.name];
    path += part.name === "" ? part.text : part.text + encodeURIComponent(String(value));
  }
  const search = query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  return search === "" ? path : `${path}?${search}`;
}

function queryOf(definition: LookupDefinition, args: LookupArguments, api: LookupApi): [string, string][] {
  const query: [string, string][] = [];
  for (const [name, key] of templateOf(definition).query) {
    if (args[name] !== undefined) {
      query.push([key, String(args[name])]);
    }
  }
  return args["sortKey"] === undefined ? query : [...query, ...sortQuery(args["sortKey"], api.host)];
}

/** A definition's path and query, taken apart once. */
interface Template {
  /** Texts, each followed by the value of a name where it has one. */
  readonly path: readonly { readonly text: string; readonly name: string }[];
  /** The arguments that go into the query, and the names they have there. */
  readonly query: readonly (readonly [string, string])[];
}

const templates = new WeakMap<LookupDefinition, Template>();

function templateOf(definition: LookupDefinition): Template {
  let template = templates.get(definition);
  if (!template) {
    const path = [...definition.path.matchAll(/([^{]*)(?:\{(\w+)\})?/g)].map(([, text = "", name = ""]) => ({
      text,
      name,
    }));
    const query = Object.entries(definition.arguments).flatMap(([name, argument]): [string, string][] =>
      argument.query === undefined ? [] : [[name, argument.query]],
    );
    template = { path, query };
    templates.set(definition, template);
  }
  return template;
}

/** A record, whole, or an error that names what is wrong with it: never a part of it. */
function checkedRecord(definition: LookupDefinition, wire: unknown, host: string): LookupOutputs {
  const record = schemas[definition.record].safeParse(wire);
  if (!record.success) {
    throw notWhole(host, describeIssues(record.error.issues));
  }
  return record.data;
}

function notWhole(host: string, what: string): VpcepError {
  return new VpcepError(
    "VPCEP_RESPONSE",
    `the record that ${host} sent is not whole: ${what}. Nothing of it is used; check that ${host} is the cloud's own host`,
  );
}
