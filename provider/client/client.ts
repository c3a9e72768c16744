// The client: a lookup's arguments to its record. Composes credentials, requests and reading.
// This room knows one place (region, project, credential) and what its lookups share; the hosts and index.ts may enter.
import { credentialProviderFor } from "../credentials/credentialProvider";
import type { ChainLink } from "../credentials/kinds/credential";
import type { IdentityApi } from "../credentials/kinds/identityApi";
import { projectOf } from "../credentials/project";
import { errorOfTimeout } from "../errors/answerErrors";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { type Deadline, DeadlinePassed } from "../http/deadline";
import { definitionOf, type LookupName } from "../lookups";
import { argumentsProblem, given, signalProblem, withoutValue } from "../lookups/arguments";
import {
  type ArgumentValues,
  definitionFor,
  type LookupDefinition,
  placeArguments,
} from "../lookups/definition";
import { ownMembers } from "../lookups/ownMembers";
import { runLookup } from "../reading/lookup";
import type { LookupApi } from "../reading/lookupApi";
import { kindOf, subjectOf } from "../reading/path";
import type { ApiRequest } from "../requests/apiRequest";
import type { RequestContext } from "../requests/attempt";
import { sendUntilAnswered } from "../requests/attempts";
import { openWork } from "../requests/openRequest";
import type { Session } from "../requests/session";
import type { Configuration } from "./configurationTypes";
import { Diagnosis } from "./diagnosis";
import type {
  EndpointServiceOutputs,
  GetEndpointServiceRequest,
  LookupArguments,
  LookupOutputs,
  ReadLookup,
  RunOptions,
} from "./lookupTypes";
import { describePlace, type Place, placeApi, type RunState, warningsOf } from "./placeApi";
import { SingleFlight, textInOrder } from "./singleFlight";

/** Reads VPCEP in one region and project. Made by `createVpcepClient`. */
export class VpcepClient {
  readonly #place: Place;
  /** Where a setting names it. */
  readonly #projectId: string | undefined;
  readonly #flights: SingleFlight<ReadLookup>;
  /** @internal Who asks, from the credential that was given to the last role. */
  readonly credentialChain: () => readonly ChainLink[];
  /** @internal */
  readonly diagnosis: Diagnosis;

  /**
   * `log` is told how a wait goes, `warn` what could not be read.
   * @internal
   */
  constructor(
    configuration: Configuration,
    session: Session,
    log: (line: string) => void = () => {},
    warn: (line: string) => void = log,
  ) {
    const { account, region, endpoint, authentication, timeoutMs } = configuration;
    const { attemptTimeoutMs, maxAttempts, settingNames } = configuration;
    const shared = { session, attemptTimeoutMs, maxAttempts, settingNames };
    session.keepSecret(configuration.secrets);
    session.transport.check(endpoint);
    const sendWith = (provider: RequestContext["provider"], request: ApiRequest, deadline: Deadline) =>
      sendUntilAnswered(request, { ...shared, provider, deadline });
    const identity: IdentityApi = {
      secrets: session.secrets,
      once: (key, make) => session.once(key, make),
      warn: warningsOf(session, warn),
      sendWith: (provider) => (request) =>
        session.share(timeoutMs, (deadline) => sendWith(provider, request, deadline)),
      sendOpenly: (workMs, work) => openWork(session, maxAttempts, workMs, work),
    };
    const provider = credentialProviderFor(authentication, configuration, identity);
    const findProject = (deadline: Deadline) =>
      projectOf(authentication, configuration, provider, identity, deadline);
    this.credentialChain = () => provider.chain();
    this.diagnosis = new Diagnosis(configuration, { session, provider, identity, findProject });
    this.#projectId = configuration.projectId;
    const send: Place["send"] = (...request) => sendWith(provider, ...request);
    this.#place = { account, region, endpoint, settingNames, session, log, warn, findProject, send };
    this.#flights = new SingleFlight(timeoutMs);
  }

  /**
   * Reads one endpoint service. Identical lookups that run at the same time are one.
   *
   * @param options a signal that ends the lookup at once, with the signal's reason
   * @throws {@link VpcepError} with every code of docs/errors.md but `VPCEP_FAILED` and `VPCEP_EXPECTATION`.
   * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
   */
  async getEndpointService(
    request: GetEndpointServiceRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<EndpointServiceOutputs> {
    const other = Object.keys(Object(request)).find((name) => name !== "id");
    if (other !== undefined && typeof request === "object") {
      throw this.#refusal(
        `Cannot read VPC endpoint service: ${other} is no member of the request, which has an id alone. Call lookUp("endpointService", { id, ${other} })`,
      );
    }
    return this.lookUp("endpointService", request, options);
  }

  /**
   * Runs any lookup, with the arguments and outputs that docs/lookups.md gives it.
   *
   * @param name the name of the lookup, for example `endpointServiceConnections`
   * @param args its arguments, without `region`, `projectId` and `account`, which are the client's
   * @param options a signal that ends the lookup at once, with the signal's reason
   * @throws {@link VpcepError} with every code of docs/errors.md but `VPCEP_FAILED` and `VPCEP_EXPECTATION`.
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
    const place = Object.keys(placeArguments).find((own) => Object.hasOwn(Object(args), own));
    if (place !== undefined) {
      throw this.#refusal(
        `Cannot read ${kindOf(definition)}: ${place} is the client's own. Make another client for another ${place === "projectId" ? "project" : place}`,
      );
    }
    return (await this.run(definition, args, options)).outputs as LookupOutputs<Name>;
  }

  /** @internal Runs the lookup of a definition, with arguments that nobody has checked. */
  async run(definition: LookupDefinition, asked: ArgumentValues, options?: RunOptions): Promise<ReadLookup> {
    const { signal, refreshing = false, secretArguments = [], argumentNames = {} } = options ?? {};
    const shown = (problem: string) => (secretArguments.length > 0 ? withoutValue(problem) : problem);
    const refusal = (problem: string) =>
      this.#refusal(`Cannot read ${kindOf(definition)}: ${shown(problem)}`);
    // What is read is what was checked, whatever the caller does with its own objects meanwhile.
    const taken = ownMembers(asked, Object.keys(definition.arguments));
    if (taken.problem !== undefined) {
      throw refusal(taken.problem);
    }
    const { own } = taken;
    const problem = argumentsProblem(definition, own) ?? signalProblem(signal);
    if (problem !== undefined) {
      throw refusal(problem);
    }
    // An expectation is compared with what a server sends, and says nothing then.
    const secrets = secretArguments.filter((name) => definition.arguments[name]?.rule !== "expectation");
    using _kept = this.#place.session.keepSecret(secrets.map((name) => own[name]));
    const args = given(own);
    const told = { refreshing, secretArguments, argumentNames };
    const run = (deadline: Deadline) => this.#run(definition, args, told, deadline);
    const key = `${definition.name} ${textInOrder(args)} ${refreshing} ${secretArguments}`;
    return await this.#flights.run(key, run, signal);
  }

  /** Ends every lookup and every connection. The client is of no use after. */
  async close(): Promise<void> {
    this.#flights.close(new VpcepError("VPCEP_CONNECTION", "the client was closed"));
    await this.#place.session.close();
  }

  async #run(
    definition: LookupDefinition,
    args: ArgumentValues,
    told: Pick<LookupApi, "refreshing" | "secretArguments" | "argumentNames">,
    deadline: Deadline,
  ): Promise<ReadLookup> {
    const { region, session } = this.#place;
    using _running = session.lookup();
    const state: RunState = { projectId: this.#projectId, attempts: 0 };
    const subject = () => subjectOf(definitionFor(definition, args), args, told.secretArguments);
    const api = placeApi(this.#place, { subject, ...told }, state);
    try {
      const outputs = await runLookup(definition, args, api, deadline);
      outputs["region"] ??= region;
      if (Object.hasOwn(definition.arguments, "projectId")) {
        outputs["projectId"] ??= await api.projectId(deadline);
      }
      return { outputs, projectId: state.projectId };
    } catch (error) {
      const failure =
        error instanceof DeadlinePassed
          ? errorOfTimeout(error, this.#place.settingNames, state.attempts)
          : error;
      const worded = (what: string) =>
        session.secrets.ownLine(`Cannot read ${subject()} (${describePlace(this.#place, state)}): ${what}`);
      throw failure instanceof VpcepError ? failure.reworded(worded, state.attempts) : failure;
    }
  }

  /** The error for what cannot be asked, in which a secret in the wrong place is not shown. */
  #refusal(what: string): VpcepError {
    return new VpcepError("VPCEP_CONFIG", this.#place.session.secrets.ownLine(what));
  }
}
