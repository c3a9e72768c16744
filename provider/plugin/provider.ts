// One instance of the provider: what it is configured with, and its functions, which are the lookups.
// This room knows Pulumi's engine as a plugin sees it; nothing enters, since main.ts is built into a file of its own.
import { type Listeners, SharedClients } from "../client/sharedClients";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { lookups } from "../lookups";
import { given } from "../lookups/arguments";
import { type LookupDefinition, outputNames } from "../lookups/definition";
import { Semaphore } from "../requests/semaphore";
import { environmentSource } from "../settings/families";
import { settingsFamily, unknownSettings } from "./providerSettings";
import { type Received, secretValues, unknownValue, type Values, withoutNulls } from "./values";

/** Lookups at once, those that wait for a service too: the time of each begins when its turn comes. */
const mostAtOnce = 100;

const functions: ReadonlyMap<string, LookupDefinition> = new Map(
  Object.values(lookups).map((definition) => [`vpcep:index:${definition.getter}`, definition]),
);

/** A provider that the engine has started. */
export class Provider {
  readonly #cancellation = new AbortController();
  readonly #turns = new Semaphore(mostAtOnce);
  readonly #listeners: Listeners;
  #clients: SharedClients | undefined;
  #unknown = "";

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
  }

  /** Takes its settings: those of the provider of that name in the program, or of the stack's configuration. */
  configure({ values }: Received, name: string): void {
    const prefix = /^(default(_.*)?)?$/.test(name) ? "vpcep:" : `provider ${JSON.stringify(name)}: `;
    this.#unknown = unknownSettings(values)
      .map((key) => `${prefix}${key}`)
      .join(" and ");
    const sources = () => [
      [settingsFamily(values, prefix)],
      environmentSource(process.env, undefined, prefix),
    ];
    this.#clients = new SharedClients(sources, this.#listeners);
  }

  /** Calls a function: what it gives, without nulls, and secret where anything of what is asked is. */
  async invoke(token: string, { values, secret, unknown }: Received): Promise<Values> {
    const definition = functions.get(token);
    const clients = this.#clients;
    if (!definition || !clients) {
      const all = [...functions.keys()].join(", ");
      throw new VpcepError(
        "VPCEP_CONFIG",
        `There is no function ${describeValue(token)}. The functions are ${all}`,
      );
    }
    if (unknown.length > 0) {
      return Object.fromEntries(outputNames(definition).map((name) => [name, unknownValue]));
    }
    if (this.#unknown !== "") {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${definition.getter}: not known in this preview: ${this.#unknown}. Name what is still to be created, and decides it, in the dependsOn of the function too, so that its result is not known either`,
      );
    }
    const { signal } = this.#cancellation;
    using turn = this.#turns.acquire(this);
    await turn.granted;
    signal.throwIfAborted();
    const { outputs } = await clients.run(definition, given(values), { signal, secretArguments: secret });
    const answer = withoutNulls(outputs);
    return secret.length === 0 ? answer : secretValues(answer);
  }

  /** Ends every function at once, and each whose turn is still to come. */
  cancel(): void {
    const why = "The lookup was ended, since Pulumi cancels the run";
    this.#cancellation.abort(new VpcepError("VPCEP_CONNECTION", why));
  }
}
