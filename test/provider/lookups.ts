// The few ways in which the provider's tests look a service up and catch an error. Called by the tests beside it.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { createVpcepClient, type VpcepClientOptions, VpcepError } from "../../provider/index";
import { type Emulator, emulatorDefaults } from "../../sdk/testing/index";

export const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
export const { projectId, region } = emulatorDefaults;
export const detailPath = `/v1/${projectId}/vpc-endpoint-services/${serviceId}`;

/** How every error of a lookup of the sample begins. */
export const subject = `Cannot read VPC endpoint service ${serviceId} (region ${region}, project ${projectId}): `;

/** The settings that reach an emulator with its token; `undefined` takes one away. */
export function settingsFor(emulator: Emulator, changes: VpcepClientOptions = {}): VpcepClientOptions {
  return { endpoint: emulator.url, region, projectId, token: emulatorDefaults.token, ...changes };
}

/** Looks one service up with a client of its own. */
export async function lookUp(emulator: Emulator, changes: VpcepClientOptions = {}, id: string = serviceId) {
  const client = createVpcepClient(settingsFor(emulator, changes));
  try {
    return await client.getEndpointService({ id });
  } finally {
    await client.close();
  }
}

/** The error that something fails with; nothing else will do. */
export async function errorOf(work: Promise<unknown> | (() => unknown)): Promise<VpcepError> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    assert.ok(error instanceof VpcepError, `not a VpcepError: ${inspect(error)}`);
    assert.ok(error.message.endsWith(` [${error.code}]`), error.message);
    return error;
  }
  assert.fail("nothing failed");
}

/** Everything that a log could show of an error. */
export function everythingOf(error: unknown): string {
  return [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    String(error),
    (error as Error).stack,
  ].join("\n");
}

/** Host and port of an emulator, as an error names it. */
export function hostOf({ url }: Emulator): string {
  return new URL(url).host;
}
