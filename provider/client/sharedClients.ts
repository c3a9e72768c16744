// The lookups of one configuration, as the hosts that Pulumi runs ask for them: a client for each place, those of one
// account on one session. Used by dynamic/read.ts, functions/run.ts and plugin/provider.ts.
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { Secrets, textsOf } from "../errors/redaction";
import type { ArgumentValues, LookupDefinition } from "../lookups/definition";
import { CredentialGates } from "../requests/credentialGates";
import { openSession, type Session } from "../requests/session";
import type { AskedPlace } from "../settings/settingsTypes";
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
  readonly #hidden: readonly string[];
  /** One for each account: what one has been issued, or has spent, is nothing to another. */
  readonly #sessions = new Map<string | undefined, Session>();
  /** Of all accounts, which may have one credential. */
  readonly #gates = new CredentialGates();

  /** `hidden` are texts that no error and no line shows, beside the settings that are secret whoever sets them. */
  constructor(sources: () => SettingSources, listeners: Listeners, hidden: readonly string[] = []) {
    this.#sources = sources;
    this.#listeners = listeners;
    this.#hidden = hidden;
  }

  /** Runs a lookup where its arguments say. No error shows the value of one that is secret, or what is hidden. */
  async run(definition: LookupDefinition, asked: ArgumentValues, options: RunOptions): Promise<ReadLookup> {
    try {
      const { region, projectId, account, ...args } = asked;
      const place = {
        region: placeText("region", region),
        projectId: placeText("projectId", projectId),
        account: placeText("account", account),
      };
      return await this.#clientFor(place).run(definition, args, options);
    } catch (error) {
      if (!(error instanceof VpcepError)) {
        throw error;
      }
      const values = (options.secretArguments ?? []).flatMap((name) => textsOf(asked[name]));
      throw error.reworded((what) => new Secrets([...values, ...this.#hidden]).whereAlone(what));
    }
  }

  #clientFor(place: AskedPlace): VpcepClient {
    const { region, projectId, account } = place;
    const key = JSON.stringify([region, projectId, account]);
    let client = this.#clients.get(key);
    if (!client) {
      const configuration = resolveConfiguration(place, this.#sources());
      const session = this.#sessions.get(place.account) ?? openSession(configuration.caFile, this.#gates);
      session.keepSecret(this.#hidden);
      this.#sessions.set(place.account, session);
      const { log, warn } = this.#listeners;
      client = new VpcepClient(configuration, session, log, warn);
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
