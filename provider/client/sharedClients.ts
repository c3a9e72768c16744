// The lookups of one configuration, as the hosts that Pulumi runs ask for them: a client for each place, all on one session.
// Used by dynamic/read.ts and functions/run.ts.
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { Secrets, textsOf } from "../errors/redaction";
import type { ArgumentValues, LookupDefinition } from "../lookups/definition";
import { openSession, type Session } from "../requests/session";
import type { SettingSources } from "../settings/table";
import { VpcepClient } from "./client";
import { resolveConfiguration } from "./configuration";
import type { ReadLookup, RunOptions } from "./lookupTypes";

/** Where the lines of lookups go: `log` is told how a wait goes, `warn` what could not be read. */
export interface Listeners {
  log(line: string): unknown;
  warn(line: string): unknown;
}

/** Makes each client when it is first asked for. */
export class SharedClients {
  readonly #clients = new Map<string, VpcepClient>();
  readonly #sources: () => SettingSources;
  readonly #listeners: Listeners;
  #session: Session | undefined;

  constructor(sources: () => SettingSources, listeners: Listeners) {
    this.#sources = sources;
    this.#listeners = listeners;
  }

  /** Runs a lookup where its arguments say. No error shows the value of one that is secret. */
  async run(definition: LookupDefinition, asked: ArgumentValues, options: RunOptions): Promise<ReadLookup> {
    try {
      const { region, projectId, ...args } = asked;
      return await this.#clientFor(region, projectId).run(definition, args, options);
    } catch (error) {
      if (!(error instanceof VpcepError)) {
        throw error;
      }
      const values = (options.secretArguments ?? []).flatMap((name) => textsOf(asked[name]));
      throw error.reworded((what) => new Secrets(values).everywhere(what));
    }
  }

  #clientFor(region: unknown, projectId: unknown): VpcepClient {
    const key = JSON.stringify([region, projectId]);
    let client = this.#clients.get(key);
    if (!client) {
      const place = { region: placeText("region", region), projectId: placeText("projectId", projectId) };
      const configuration = resolveConfiguration(place, this.#sources());
      this.#session ??= openSession(configuration.caFile);
      const { log, warn } = this.#listeners;
      client = new VpcepClient(configuration, this.#session, log, warn);
      this.#clients.set(key, client);
    }
    return client;
  }
}

function placeText(name: string, value: unknown): string | undefined {
  if (value !== undefined && typeof value !== "string") {
    throw new VpcepError("VPCEP_CONFIG", `${name} must be a string, but is ${describeValue(value)}`);
  }
  return value;
}
