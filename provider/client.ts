// The client: a lookup's arguments to its record. Composes settings, credentials, requests and schemas; used by read.ts
// in the provider process, and by users without Pulumi.
import { type RequestContext, sendUntilAnswered } from "./attempts";
import { Deadline } from "./deadline";
import { Dispatchers } from "./dispatchers";
import { VpcepError } from "./errors";
import { HttpTransport } from "./http";
import { findProjectId } from "./identity";
import { describeValue, idProblem } from "./lookupArguments";
import { Renewable } from "./renewable";
import { type EndpointServiceRecord, endpointServiceSchema } from "./schema/endpointService";
import { describeIssues } from "./schema/fields";
import { Session } from "./session";
import { resolveSettings, type Settings } from "./settings";
import { configurationFamily, environmentSource, type SettingKey } from "./settingsTable";
import { SingleFlight } from "./singleFlight";
import { type ProjectCredentialSupply, supplyFor } from "./supply";

/** The settings of a client; whatever is left out comes from the environment. All values as in the README's table. */
export type VpcepClientOptions = { readonly [Key in SettingKey]?: string | number | undefined };

/** What identifies an endpoint service. */
export interface GetEndpointServiceRequest {
  /** The id of the endpoint service: 1 to 64 letters, digits, hyphens or underscores. */
  readonly id: string;
}

/** An endpoint service with the place it was read in. */
export interface EndpointServiceOutputs extends EndpointServiceRecord {
  /** The region that was asked. */
  readonly region: string;
  /** The project that the service belongs to; the project that was asked where the API leaves it out. */
  readonly projectId: string;
}

/**
 * Makes a client that reads VPCEP without Pulumi. Settings that are not given come from the environment.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` when a setting is missing or malformed.
 * @example
 * ```ts
 * import { createVpcepClient } from "pulumi-vpcep/provider";
 *
 * async function main() {
 *   const client = createVpcepClient({ region: "eu-de" });
 *   const service = await client.getEndpointService({ id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 *   console.log(service.vpcId, service.ports);
 *   await client.close();
 * }
 * void main();
 * ```
 */
export function createVpcepClient(options: VpcepClientOptions = {}): VpcepClient {
  const given = configurationFamily("", (key) => options[key as SettingKey]?.toString());
  const settings = resolveSettings({}, [[given], environmentSource(process.env)]);
  return new VpcepClient(settings, new Session(new HttpTransport(new Dispatchers(settings.caFile))));
}

/** Reads VPCEP in one region and project. Made by {@link createVpcepClient}. */
export class VpcepClient {
  readonly #settings: Settings;
  readonly #session: Session;
  readonly #supply: ProjectCredentialSupply;
  readonly #endpointServices: SingleFlight<EndpointServiceOutputs>;

  /** @internal */
  constructor(settings: Settings, session: Session) {
    this.#settings = settings;
    this.#session = session;
    this.#supply = supplyFor(settings, session);
    this.#endpointServices = new SingleFlight(settings.timeoutMs);
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
    const problem = idProblem("id", id);
    if (problem) {
      throw new VpcepError("VPCEP_CONFIG", `Cannot read a VPC endpoint service: ${problem}`);
    }
    const read = (deadline: Deadline) => this.#readEndpointService(id, deadline);
    return { ...(await this.#endpointServices.run(id, read, options.signal)) };
  }

  /** Ends every connection. The client is of no use after. */
  async close(): Promise<void> {
    await this.#session.transport.close();
  }

  async #readEndpointService(id: string, deadline: Deadline): Promise<EndpointServiceOutputs> {
    const { region, endpoint } = this.#settings;
    let { projectId } = this.#settings;
    try {
      projectId ??= await this.#findProjectId(deadline);
      const { json } = await sendUntilAnswered(
        {
          method: "GET",
          origin: endpoint,
          path: `/v1/${projectId}/vpc-endpoint-services/${id}`,
          projectId,
          permission: "vpcep:endpointServices:get",
        },
        this.#context(deadline),
      );
      const record = checkRecord(json, id, new URL(endpoint).host);
      return { ...record, region, projectId: record.projectId ?? projectId };
    } catch (error) {
      const place = projectId ? `region ${region}, project ${projectId}` : `region ${region}`;
      throw error instanceof VpcepError
        ? error.about(`Cannot read VPC endpoint service ${id} (${place})`)
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

/** The record of the service that was asked for, whole, or an error: never a part, never another service's. */
function checkRecord(json: Record<string, unknown>, id: string, host: string): EndpointServiceRecord {
  const record = endpointServiceSchema.safeParse(json);
  if (!record.success) {
    throw new VpcepError(
      "VPCEP_RESPONSE",
      `the record that ${host} sent is not whole: ${describeIssues(record.error.issues)}. Nothing of it is used; check that ${host} is the cloud's own host`,
    );
  }
  if (record.data.serviceId.toLowerCase() !== id.toLowerCase()) {
    throw new VpcepError(
      "VPCEP_RESPONSE",
      `${host} sent the record of another service, ${describeValue(record.data.serviceId)}. Nothing of it is used; check for a proxy that mixes answers up`,
    );
  }
  return record.data;
}
