// `pulumi-vpcep doctor`: which settings would be used and why, and whether they work. Prints no secret.
// Called by index.ts.
import { styleText } from "node:util";
import type { Configuration } from "../client/configurationTypes";
import { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { type Proxies, readProxies } from "../http/proxy";
import { printTable } from "./table";

/** What a request that was tried has shown. */
export interface Tried {
  readonly projectId: unknown;
  readonly clockDifferenceMs: number;
}

/** Explains the settings and tries a request; answers how that failed. */
export async function doctor(
  configuration: Configuration,
  json: boolean,
  tryRequest: () => Promise<Tried>,
): Promise<VpcepError | undefined> {
  const secrets = new Secrets(configuration.secrets);
  const lines = Object.entries(describe(configuration));
  const described = Object.fromEntries(lines.map(([name, line]) => [name, secrets.ownLine(line)]));
  if (!json) {
    printTable(Object.entries(described).map(([name, line]) => [name, [line]]));
  }
  const start = performance.now();
  let failure: VpcepError | undefined;
  let verdict: string;
  try {
    const { projectId, clockDifferenceMs } = await tryRequest();
    const milliseconds = Math.round(performance.now() - start);
    verdict = `VPCEP answered in ${milliseconds} ms, project ${projectId}${describeClock(clockDifferenceMs)}`;
  } catch (error) {
    if (!(error instanceof VpcepError)) {
      throw error;
    }
    failure = error;
    verdict = error.message;
  }
  if (json) {
    console.log(JSON.stringify({ ok: failure === undefined, ...described, verdict }));
  } else {
    const style = failure ? "red" : "green";
    console.log(`\n${styleText(style, failure ? "failed:" : "ok:", { stream: process.stdout })} ${verdict}`);
  }
  return failure;
}

function describeClock(differenceMs: number): string {
  const seconds = Math.round(differenceMs / 1_000);
  return seconds === 0
    ? ""
    : `; this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "behind" : "ahead of"} the cloud's: set it`;
}

function describe(settings: Configuration): Record<string, string> {
  const { origins, caFile } = settings;
  const { credential, kind } = settings.authentication;
  return {
    region: `${settings.region} (${origins.region})`,
    project:
      settings.projectId === undefined
        ? `the one named ${settings.projectName}, found when it is needed (${origins.project})`
        : `${settings.projectId} (${origins.project})`,
    VPCEP: `${settings.endpoint} (${origins.endpoint})`,
    IAM: `${settings.authUrl} (${origins.authUrl})`,
    credential: `${kind.label} (${credential.kind === "metadata" ? settings.metadataEndpoint : credential.from})`,
    proxy: describeProxy(readProxies(process.env)),
    authorities: caFile ? `Node's own and those in ${caFile.value} (${caFile.from})` : "Node's own",
    limits: `${settings.timeoutMs / 1_000} s for a lookup, ${settings.attemptTimeoutMs / 1_000} s for an attempt, ${settings.maxAttempts} attempts`,
  };
}

/** The proxy's host alone, since its address may hold a password. */
function describeProxy({ https, noProxy }: Proxies): string {
  if (!https) {
    return "none";
  }
  const { from, address } = https;
  return `${address?.host ?? "not an address"} (${from})${noProxy === "" ? "" : `, but for ${noProxy}`}`;
}
