// The client: a lookup's arguments to its record. Composes credentials, requests and schemas; made by read.ts in the
// provider process, by createClient.ts for users without Pulumi, and by the command.

import { type ProjectCredentialSupply, supplyFor } from "../credentials/credentialProvider";
import { findProjectId } from "../credentials/identity";
import { Renewable } from "../credentials/renewable";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { redact, withoutLongSecrets } from "../errors/redaction";
import { Deadline } from "../http/deadline";
import { httpBounds } from "../http/dispatchers";
import { type LookupName, lookups } from "../lookups";
import { argumentsProblem } from "../lookups/arguments";
import type { LookupDefinition } from "../lookups/definition";
import { type LookupApi, type LookupArguments, type LookupOutputs, runLookup } from "../reading/lookup";
import { requestIdOf } from "../requests/answers";
import type { ApiRequest, RequestContext } from "../requests/apiRequest";
import { sendUntilAnswered } from "../requests/attempts";
import type { Session } from "../requests/session";
import type { EndpointServiceRecord } from "../schema/endpointService";
import type { Settings } from "../settings/settings";
import { SingleFlight } from "./singleFlight";

/** What identifies an endpoint service. */
export interface GetEndpointServiceRequest {
  /** The id of the endpoint service: 1 to 64 letters, digits, hyphens or underscores. */
  readonly id: string;
}

/** An endpoint service with the place it was read in. */
export interface EndpointServiceOutputs extends EndpointServiceRecord {
  /** Whether the service exists: always, since one that does not is an error here. */
  readonly exists: boolean;
  /** The region that was asked. */
  readonly region: string;
  /** The project that the service belongs to; the project that was asked where the API leaves it out. */
  readonly projectId: string;
}

/** Reads VPCEP in one region and project. Made by `createVpcepClient`. */
export class VpcepClient {
  readonly #settings: Settings;
  readonly #session: Session;
  readonly #supply: ProjectCredentialSupply;
  readonly #flights: SingleFlight<LookupOutputs>;

  readonly #log: (line: string) => void;

  /** @internal */
  constructor(settings: Settings, session: Session, log: (line: string) => void = () => {}) {
    this.#log = log;
    this.#settings = settings;
    this.#session = session;
    this.#supply = supplyFor(settings, session);
    this.#flights = new SingleFlight(settings.timeoutMs);
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
    return (await this.lookUp("endpointService", { id }, options)) as unknown as EndpointServiceOutputs;
  }

  /**
   * Runs any lookup, with the arguments and outputs that the README's table of lookups gives it.
   *
   * @param name the name of the lookup, for example `endpointServiceConnections`
   * @param args its arguments, without `region` and `projectId`, which are the client's
   * @param options a signal that ends the lookup at once, with the signal's reason
   * @throws {@link VpcepError} with every code of the README's table but `VPCEP_FAILED` and `VPCEP_EXPECTATION`.
   */
  async lookUp(
    name: LookupName,
    args: LookupArguments,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<LookupOutputs> {
    const definition: LookupDefinition | undefined = lookups[name];
    if (!definition) {
      throw new VpcepError("VPCEP_CONFIG", `There is no lookup ${describeValue(name)}`);
    }
    const problem = argumentsProblem(definition, args);
    if (problem) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `Cannot read ${definition.subject.replace(/ ?\{\w+\}/g, "")}: ${problem}`,
      );
    }
    const run = (deadline: Deadline) => this.#run(definition, args, deadline);
    return { ...(await this.#flights.run(JSON.stringify([name, args]), run, options.signal)) };
  }

  /** Ends every connection. The client is of no use after. */
  async close(): Promise<void> {
    await this.#session.transport.close();
  }

  async #run(
    definition: LookupDefinition,
    args: LookupArguments,
    deadline: Deadline,
  ): Promise<LookupOutputs> {
    const { region, endpoint } = this.#settings;
    let { projectId } = this.#settings;
    let attempts = 0;
    const api: LookupApi = {
      host: this.#session.host(endpoint).host,
      region,
      clean: (text) => redact(text, this.#session.secrets),
      log: this.#log,
      projectId: async (part) => {
        projectId ??= await this.#findProjectId(part);
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
      return outputs;
    } catch (error) {
      const subject = definition.subject.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(args[name]));
      const place = projectId ? `region ${region}, project ${projectId}` : `region ${region}`;
      const clean = (text: string) => withoutLongSecrets(text, this.#session.secrets);
      throw error instanceof VpcepError
        ? error.about(`Cannot read ${subject} (${place})`, attempts, clean)
        : error;
    }
  }

  #context(deadline: Deadline): RequestContext {
    const { attemptTimeoutMs, maxAttempts } = this.#settings;
    return { session: this.#session, supply: this.#supply, deadline, attemptTimeoutMs, maxAttempts };
  }

  /** The project of the credential, else the one that IAM knows by the name; asked once. */
  async #findProjectId(deadline: Deadline): Promise<string> {
    const known = await this.#supply.projectId?.(deadline);
    if (known) {
      return known;
    }
    const { authUrl, projectName, credential, timeoutMs } = this.#settings;
    const found = this.#session.once(
      ["project", authUrl, projectName, credential],
      () =>
        new Renewable(async () => ({
          value: await findProjectId(authUrl, projectName, this.#context(new Deadline(timeoutMs))),
          expiresAt: Number.POSITIVE_INFINITY,
        })),
    );
    return found.current(deadline);
  }
}
