// The client: a lookup's arguments to its record. Composes settings, requests and schemas; used by read.ts in the
// provider process, and by users without Pulumi.
import { type SharedState, sendUntilAnswered } from "./attempts";
import type { Credential } from "./credentials";
import { Deadline } from "./deadline";
import { VpcepError } from "./errors";
import { HttpTransport, httpBounds } from "./http";
import { describeValue, idProblem } from "./lookupArguments";
import { RetryBudget } from "./retry";
import { type EndpointServiceRecord, endpointServiceSchema } from "./schema/endpointService";
import { describeIssues } from "./schema/fields";
import { type AskedPlace, resolveSettings, type Settings } from "./settings";
import {
  configurationFamily,
  environmentSource,
  type SettingKey,
  type SettingSources,
} from "./settingsTable";
import { Slots } from "./slots";

/** The settings of a client; whatever is left out comes from the environment. All values as in the README's table. */
export type VpcepClientOptions = { readonly [Key in SettingKey]?: string | number | undefined };

/** What identifies an endpoint service. */
export interface GetEndpointServiceRequest {
  /** The id of the endpoint service: 1 to 64 letters, digits, hyphens or underscores. */
  readonly id: string;
}

/** An endpoint service with the region it was read in. */
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
  return new VpcepClient(resolveSettings({}, [[given], environmentSource(process.env)]));
}

/** A client for where a lookup asks to read, with settings from the given sources. */
export function clientFor(asked: AskedPlace, sources: SettingSources): VpcepClient {
  return new VpcepClient(resolveSettings(asked, sources));
}

/** Reads VPCEP in one region and project. Made by {@link createVpcepClient}. */
export class VpcepClient {
  readonly #settings: Settings;
  readonly #shared: SharedState;

  /** @internal */
  constructor(settings: Settings) {
    this.#settings = settings;
    this.#shared = {
      transport: new HttpTransport(),
      slots: new Slots(httpBounds.connections),
      budget: new RetryBudget(),
      credential: settings.credential,
      secrets: secretsOf(settings.credential),
      attemptTimeoutMs: settings.attemptTimeoutMs,
      maxAttempts: settings.maxAttempts,
    };
  }

  /**
   * Reads one endpoint service.
   *
   * @throws {@link VpcepError} with every code of the README's table but `VPCEP_FAILED`, `VPCEP_AMBIGUOUS` and
   * `VPCEP_EXPECTATION`.
   * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
   */
  async getEndpointService({ id }: GetEndpointServiceRequest): Promise<EndpointServiceOutputs> {
    const { region, projectId, endpoint } = this.#settings;
    const problem = idProblem("id", id);
    if (problem) {
      throw new VpcepError("VPCEP_CONFIG", `Cannot read a VPC endpoint service: ${problem}`);
    }
    const context = {
      subject: `Cannot read VPC endpoint service ${id} (region ${region}, project ${projectId})`,
      host: new URL(endpoint).host,
      credentialFrom: this.#settings.credential.from,
      permission: "vpcep:endpointServices:get",
    };
    const body = await sendUntilAnswered(
      { origin: endpoint, path: `/v1/${projectId}/vpc-endpoint-services/${id}`, projectId },
      this.#shared,
      new Deadline(this.#settings.timeoutMs),
      context,
    );
    const record = endpointServiceSchema.safeParse(body);
    if (!record.success) {
      throw new VpcepError(
        "VPCEP_RESPONSE",
        `${context.subject}: the record that ${context.host} sent is not whole: ${describeIssues(record.error.issues)}. Nothing of it is used; check that ${context.host} is VPCEP's endpoint`,
      );
    }
    if (record.data.serviceId.toLowerCase() !== id.toLowerCase()) {
      throw new VpcepError(
        "VPCEP_RESPONSE",
        `${context.subject}: ${context.host} sent the record of another service, ${describeValue(record.data.serviceId)}. Nothing of it is used; check for a proxy that mixes answers up`,
      );
    }
    return { ...record.data, region, projectId: record.data.projectId ?? projectId };
  }

  /** Ends every connection. The client is of no use after. */
  async close(): Promise<void> {
    await this.#shared.transport.close();
  }
}

function secretsOf(credential: Credential): string[] {
  return credential.kind === "token"
    ? [credential.token]
    : [credential.secretKey, ...(credential.securityToken ? [credential.securityToken] : [])];
}
