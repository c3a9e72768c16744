// The client: a lookup's arguments to its record. Composes credentials, requests and reading.
// This room knows one place (region, project, credential) and what its lookups share; the hosts may enter: dynamic/,
// command/, and index.ts for users without Pulumi.
import type { CredentialProvider } from "../credentials/credential";
import { credentialProviderFor } from "../credentials/credentialProvider";
import type { IdentityApi } from "../credentials/identityApi";
import { projectOf } from "../credentials/project";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { redact, withoutLongSecrets } from "../errors/redaction";
import type { Deadline } from "../http/deadline";
import { httpBounds } from "../http/dispatchers";
import { definitionOf, type LookupName } from "../lookups";
import { argumentsProblem, withoutValue } from "../lookups/arguments";
import type { ArgumentValues, LookupDefinition } from "../lookups/definition";
import { runLookup } from "../reading/lookup";
import type { LookupApi } from "../reading/lookupApi";
import { requestIdOf } from "../requests/answers";
import type { ApiRequest } from "../requests/apiRequest";
import type { RequestContext } from "../requests/attempt";
import { sendUntilAnswered } from "../requests/attempts";
import { openWork } from "../requests/openRequest";
import type { Session } from "../requests/session";
import type { Configuration } from "./configuration";
import type { LookupArguments, LookupOutputs, ReadLookup, RunOptions } from "./lookupTypes";
import { SingleFlight } from "./singleFlight";

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
  readonly #flights: SingleFlight<ReadLookup>;

  readonly #log: (line: string) => void;

  /** @internal */
  constructor(configuration: Configuration, session: Session, log: (line: string) => void = () => {}) {
    const { credential, timeoutMs } = configuration;
    this.#log = log;
    this.#configuration = configuration;
    this.#session = session;
    this.#identity = {
      secrets: session.secrets,
      once: (key, make) => session.once(key, make),
      sendWith: (provider) => (request) =>
        session.share(timeoutMs, (deadline) => sendUntilAnswered(request, this.#context(deadline, provider))),
      sendOpenly: (workMs, work) => openWork(session, configuration.maxAttempts, workMs, work),
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
    { id }: GetEndpointServiceRequest,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<EndpointServiceOutputs> {
    return this.lookUp("endpointService", { id }, options);
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
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<LookupOutputs<Name>> {
    const definition = definitionOf(name);
    if (!definition) {
      throw new VpcepError("VPCEP_CONFIG", `There is no lookup ${describeValue(name)}`);
    }
    return (await this.run(definition, args, options)).outputs as LookupOutputs<Name>;
  }

  /**
   * Runs the lookup of a definition, with arguments that nobody has checked.
   * @internal
   */
  async run(
    definition: LookupDefinition,
    args: ArgumentValues,
    options: RunOptions = {},
  ): Promise<ReadLookup> {
    const { signal, refreshing = false, secretArguments = [] } = options;
    const problem = argumentsProblem(definition, args);
    if (problem) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `Cannot read ${definition.subject.replace(/ ?\{\w+\}/g, "")}: ${secretArguments.length > 0 ? withoutValue(problem) : problem}`,
      );
    }
    for (const name of secretArguments) {
      this.#session.keepSecret(args[name]);
    }
    const run = (deadline: Deadline) => this.#run(definition, args, refreshing, secretArguments, deadline);
    const key = JSON.stringify([definition.name, args, refreshing, secretArguments]);
    const { outputs, projectId } = await this.#flights.run(key, run, signal);
    return { outputs: { ...outputs }, projectId };
  }

  /** Ends every connection. The client is of no use after. */
  async close(): Promise<void> {
    await this.#session.close();
  }

  async #run(
    definition: LookupDefinition,
    args: ArgumentValues,
    refreshing: boolean,
    secretArguments: readonly string[],
    deadline: Deadline,
  ): Promise<ReadLookup> {
    using _running = this.#session.lookup();
    const configuration = this.#configuration;
    const { region, endpoint } = configuration;
    let { projectId } = configuration;
    let attempts = 0;
    const api: LookupApi = {
      host: this.#session.host(endpoint).host,
      region,
      refreshing,
      clean: (text) => redact(text, this.#session.secrets),
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
            return requestIdOf(headers, secrets);
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
      return { outputs, projectId };
    } catch (error) {
      const subject = definition.subject.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        secretArguments.includes(name) ? "[secret]" : String(args[name]),
      );
      const place = projectId ? `region ${region}, project ${projectId}` : `region ${region}`;
      const clean = (text: string) => withoutLongSecrets(text, this.#session.secrets);
      throw error instanceof VpcepError
        ? error.about(`Cannot read ${subject} (${place})`, attempts, clean)
        : error;
    }
  }

  #context(deadline: Deadline, provider: CredentialProvider = this.#provider): RequestContext {
    const { attemptTimeoutMs, maxAttempts } = this.#configuration;
    return { session: this.#session, provider, deadline, attemptTimeoutMs, maxAttempts };
  }
}
