// The data served for one account, which a test may change between two requests.
// Imports options and lossless JSON. Called by account.ts and emulator.ts; read by every handler.
import { parseLosslessly } from "../options/losslessJson";
import type { EmulatorData, Project, WireRecord } from "../options/options";

/** A service: the text that the detail query serves, and its fields for every other query. */
interface Service {
  readonly text: string;
  readonly record: WireRecord;
}

export class Data {
  projects: readonly Project[];
  publicServices: readonly WireRecord[];
  endpoints: readonly WireRecord[];
  quotas: Required<EmulatorData>["quotas"];
  #connections: Required<EmulatorData>["connections"];
  #permissions: Required<EmulatorData>["permissions"];
  #services: Map<string, Service>;

  constructor(data: Required<EmulatorData>) {
    this.projects = data.projects;
    this.publicServices = data.publicServices;
    this.endpoints = data.endpoints;
    this.quotas = data.quotas;
    this.#connections = data.connections;
    this.#permissions = data.permissions;
    this.#services = entriesOf(data.services);
  }

  /** Replaces the parts that are given; all or none, should one be refused. */
  set(data: EmulatorData): void {
    if (data.services !== undefined) {
      this.#services = entriesOf(data.services);
    }
    this.projects = data.projects ?? this.projects;
    this.publicServices = data.publicServices ?? this.publicServices;
    this.endpoints = data.endpoints ?? this.endpoints;
    this.quotas = data.quotas ?? this.quotas;
    this.#connections = data.connections ?? this.#connections;
    this.#permissions = data.permissions ?? this.#permissions;
  }

  putService(source: WireRecord | string): void {
    this.#services.set(...entryOf(source));
  }

  deleteService(id: string): void {
    this.#services.delete(id.toLowerCase());
  }

  /** The service of that id, if it is visible in the project. */
  service(id: string, projectId: string): Service | undefined {
    const service = this.#services.get(id.toLowerCase());
    return service !== undefined && isVisible(service.record, projectId) ? service : undefined;
  }

  /** Every project's services. */
  allServices(): WireRecord[] {
    return [...this.#services.values()].map(({ record }) => record);
  }

  services(projectId: string): WireRecord[] {
    return this.allServices().filter((record) => isVisible(record, projectId));
  }

  endpointsOf(projectId: string): WireRecord[] {
    return this.endpoints.filter((record) => isVisible(record, projectId));
  }

  connections(serviceId: string): readonly WireRecord[] {
    return byId(this.#connections, serviceId);
  }

  permissions(serviceId: string): readonly WireRecord[] {
    return byId(this.#permissions, serviceId);
  }
}

function entriesOf(services: readonly (WireRecord | string)[]): Map<string, Service> {
  return new Map(services.map((source) => entryOf(source)));
}

function entryOf(source: WireRecord | string): [string, Service] {
  const text = typeof source === "string" ? source : JSON.stringify(source);
  const record = parseLosslessly(text);
  const id = record instanceof Object && "id" in record ? record.id : undefined;
  if (typeof id !== "string" || id === "") {
    throw new TypeError('An endpoint service must be a JSON object with an "id".');
  }
  return [id.toLowerCase(), { text, record: record as WireRecord }];
}

function isVisible(record: WireRecord, projectId: string): boolean {
  return record["project_id"] === undefined || record["project_id"] === projectId;
}

function byId(records: Readonly<Record<string, readonly WireRecord[]>>, id: string): readonly WireRecord[] {
  return Object.entries(records).find(([key]) => key.toLowerCase() === id.toLowerCase())?.[1] ?? [];
}
