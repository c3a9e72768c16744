// One instance of the provider: what it is configured with, and its functions, which are the lookups.
// This room knows Pulumi's engine as a plugin sees it; nothing enters, since main.ts is built into a file of its own.
import { type Listeners, SharedClients } from "../client/sharedClients";
import { describeValue, meant } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { textsOf } from "../errors/redaction";
import { lookups } from "../lookups";
import { given } from "../lookups/arguments";
import { type LookupDefinition, outputNames } from "../lookups/definition";
import { environmentSource } from "../settings/families";
import { markedTexts, prefixOf, settingsFamily, unknownProblem, unknownSettings } from "./providerSettings";
import { mapped, type Received, secretValue, unknownValue, type Values, withoutNulls } from "./values";

const functions: ReadonlyMap<string, LookupDefinition> = new Map(
  Object.values(lookups).map((definition) => [`vpcep:index:${definition.getter}`, definition]),
);

/** A provider that the engine has started. */
export class Provider {
  readonly #cancellation = new AbortController();
  readonly #listeners: Listeners;
  #clients: SharedClients | undefined;
  #problem: string | undefined = "Pulumi's engine has not configured the provider";
  #hidden: readonly string[] = [];

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
  }

  /** Takes its settings: those of the provider of that name in the program, or of the stack's configuration. */
  configure(settings: Received, name: string): void {
    const { values } = settings;
    const prefix = prefixOf(name);
    this.#problem = unknownProblem(unknownSettings(values), prefix);
    const sources = () => [
      [settingsFamily(values, prefix)],
      environmentSource(process.env, undefined, prefix),
    ];
    this.#hidden = markedTexts(settings);
    this.#clients = new SharedClients(sources, this.#listeners, this.#hidden);
  }

  /**
   * Calls a function: what it gives, without nulls, and secret where anything of what is asked is, or a setting is that it
   * gives back. The signal is its caller's.
   */
  async invoke(token: string, { values, secret, unknown }: Received, caller: AbortSignal): Promise<Values> {
    const definition = functions.get(token);
    if (!definition) {
      const all = [...functions.keys()];
      throw new VpcepError(
        "VPCEP_CONFIG",
        `There is no function ${describeValue(token)}. The functions are ${all.join(", ")}${meant(token, all)}`,
      );
    }
    if (unknown.length > 0) {
      return Object.fromEntries(outputNames(definition).map((name) => [name, unknownValue]));
    }
    if (this.#problem !== undefined || !this.#clients) {
      throw new VpcepError("VPCEP_CONFIG", `${definition.getter}: ${this.#problem}`);
    }
    const signal = AbortSignal.any([this.#cancellation.signal, caller]);
    const options = { signal, secretArguments: secret };
    const { outputs } = await this.#clients.run(definition, given(values), options);
    const isSecret = (value: unknown) =>
      secret.length > 0 || textsOf([value]).some((text) => this.#hidden.includes(text));
    return mapped(withoutNulls(outputs), (value) => (isSecret(value) ? secretValue(value) : value));
  }

  /** Ends every function at once, and each that is still to come. */
  cancel(): void {
    const why = "The lookup was ended, since Pulumi cancels the run";
    this.#cancellation.abort(new VpcepError("VPCEP_CONNECTION", why));
  }
}
