// The client: a lookup's arguments to its record. Composes credentials, requests and reading.
// This room knows one place (region, project, credential) and what its lookups share; the hosts may enter: dynamic/,
// command/, and index.ts for users without Pulumi.
import type { CredentialProvider } from "../credentials/credential";
import { credentialProviderFor } from "../credentials/credentialProvider";
import type { IdentityApi } from "../credentials/identityApi";
import { projectOf } from "../credentials/project";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { Deadline } from "../http/deadline";
import { httpBounds } from "../http/dispatchers";
import { definitionOf, type LookupName } from "../lookups";
import { argumentsProblem } from "../lookups/arguments";
import type { ArgumentValues, LookupDefinition, OutputValues } from "../lookups/definition";
import { runLookup } from "../reading/lookup";
import type { LookupApi } from "../reading/lookupApi";
import { requestIdOf } from "../requests/answers";
import type { ApiRequest } from "../requests/apiRequest";
import type { RequestContext } from "../requests/attempt";
import { sendUntilAnswered } from "../requests/attempts";
import type { Session } from "../requests/session";
import type { Configuration } from "./configuration";
import type { LookupArguments, LookupOutputs } from "./lookupTypes";
import { SingleFlight, signalProblem, textInOrder } from "./singleFlight";

/** What identifies an endpoint service. */
export interface GetEndpointServiceRequest {
  /** The id of the endpoint service: 1 to 64 letters, digits, hyphens or underscores. */
  readonly id: string;
}

/** An endpoint service with the place it was read in. */
export type EndpointServiceOutputs = LookupOutputs<"endpointService">;

/** Reads VPCEP in one region and project. Made by `createVpcepClient`. */
export class VpcepClient {
  readonly #configuration: Configuration;
  readonly #session: Session;
  readonly #identity: IdentityApi;
  readonly #provider: CredentialProvider;
  readonly #flights: SingleFlight<OutputValues>;

  readonly #log: (line: string) => void;

  /** @internal */
  constructor(configuration: Configuration, session: Session, log: (line: string) => void = () => {}) {
    const { credential, timeoutMs } = configuration;
    this.#log = (line) => log(session.secrets.ownLine(line));
    this.#configuration = configuration;
    this.#session = session;
    for (const secret of configuration.secrets) {
      session.secrets.add(secret);
    }
    this.#identity = {
      transport: session.transport,
      secrets: session.secrets,
      once: (key, make) => session.once(key, make),
      sendWith: (provider) => (request) =>
        sendUntilAnswered(request, this.#context(new Deadline(timeoutMs), provider)),
    };
    this.#provider = credentialProviderFor(credential, configuration, this.#identity);
    this.#flights = new SingleFlight(timeoutMs);
  }

  /**
   * Reads one endpoint service. Identical lookups that run at the same time are one.
   *
   * @param options a signal that ends the lookup at once, with the signal's reason
   * @throws {@link VpcepError} with every code of the README's table but `VPCEP_FAILED` and `VPCEP_EXPECTATION`.
   * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
   */
  async getEndpointService(
    request: GetEndpointServiceRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<EndpointServiceOutputs> {
    return this.lookUp("endpointService", { id: request?.id }, options);
  }

  /**
   * Runs any lookup, with the arguments and outputs that the README's table of lookups gives it.
   *
   * @param name the name of the lookup, for example `endpointServiceConnections`
   * @param args its arguments, without `region` and `projectId`, which are the client's
   * @param options a signal that ends the lookup at once, with the signal's reason
   * @throws {@link VpcepError} with every code of the README's table but `VPCEP_FAILED` and `VPCEP_EXPECTATION`.
   */
  async lookUp<Name extends LookupName>(
    name: Name,
    args: LookupArguments<Name>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<LookupOutputs<Name>> {
    const definition = definitionOf(name);
    if (!definition) {
      throw this.#refusal(`There is no lookup ${describeValue(name)}`);
    }
    return (await this.run(definition, args, options)) as LookupOutputs<Name>;
  }

  /**
   * Runs the lookup of a definition, with arguments that nobody has checked.
   * @internal
   */
  async run(
    definition: LookupDefinition,
    args: ArgumentValues,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<OutputValues> {
    const problem = argumentsProblem(definition, args) ?? signalProblem(options?.signal);
    if (problem) {
      throw this.#refusal(`Cannot read ${definition.subject.replace(/ ?\{\w+\}/g, "")}: ${problem}`);
    }
    const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
    // What is read is what was asked for, whatever the caller does with its own objects meanwhile.
    const asked = JSON.parse(JSON.stringify(given)) as ArgumentValues;
    const run = (deadline: Deadline) => this.#run(definition, asked, deadline);
    return this.#flights.run(`${definition.name} ${textInOrder(asked)}`, run, options?.signal);
  }

  /** Ends every connection. The client is of no use after. */
  async close(): Promise<void> {
    await this.#session.transport.close();
  }

  async #run(definition: LookupDefinition, args: ArgumentValues, deadline: Deadline): Promise<OutputValues> {
    const configuration = this.#configuration;
    const { region, endpoint } = configuration;
    let { projectId } = configuration;
    let attempts = 0;
    const api: LookupApi = {
      host: this.#session.host(endpoint).host,
      region,
      clean: (text) => this.#session.secrets.quoted(text),
      log: this.#log,
      projectId: async (part) => {
        projectId ??= await projectOf(
          configuration.credential,
          configuration,
          this.#provider,
          this.#identity,
          part,
        );
        return projectId;
      },
      send: async ({ body, isPage, ...request }, part) => {
        const whole: ApiRequest = {
          ...request,
          method: body === undefined ? "GET" : "POST",
          origin: endpoint,
          ...(body === undefined ? {} : { body }),
          ...(isPage ? { answerBytes: httpBounds.listBytes } : {}),
        };
        const { json, headers, attempts: sent } = await sendUntilAnswered(whole, this.#context(part));
        attempts += sent;
        const { secrets } = this.#session;
        return {
          json,
          // An error alone asks for it.
          get requestId() {
            const requestId = requestIdOf(headers);
            return requestId && secrets.quoted(requestId);
          },
        };
      },
    };
    try {
      const outputs = await runLookup(definition, args, api, deadline);
      outputs["region"] ??= region;
      if (projectId !== undefined) {
        outputs["projectId"] ??= projectId;
      }
      return outputs;
    } catch (error) {
      const subject = definition.subject.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(args[name]));
      const place = projectId ? `region ${region}, project ${projectId}` : `region ${region}`;
      const { secrets } = this.#session;
      throw error instanceof VpcepError
        ? error.reworded((what) => secrets.ownLine(`Cannot read ${subject} (${place}): ${what}`), attempts)
        : error;
    }
  }

  /** The error for what cannot be asked, in which a secret in the wrong place is not shown. */
  #refusal(what: string): VpcepError {
    return new VpcepError("VPCEP_CONFIG", this.#session.secrets.ownLine(what));
  }

  #context(deadline: Deadline, provider: CredentialProvider = this.#provider): RequestContext {
    const { attemptTimeoutMs, maxAttempts } = this.#configuration;
    return { session: this.#session, provider, deadline, attemptTimeoutMs, maxAttempts };
  }
}
