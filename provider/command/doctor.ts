// `pulumi-vpcep doctor`: which settings would be used and why, and whether they work. Prints no secret.
// Called by index.ts.
import { styleText } from "node:util";
import { VpcepClient } from "../client/client";
import type { Credential } from "../credentials/chain";
import { VpcepError } from "../errors/errors";
import { openSession, type Session } from "../requests/session";
import { resolveSettings, type Settings } from "../settings/settings";
import type { CommandOptions } from "./index";
import { printTable } from "./table";

/** No service has this id: that the API says so proves host, credential, project and permission. */
const nobody = "00000000-0000-0000-0000-000000000000";

const credentialNames: Readonly<Record<Credential["kind"], string>> = {
  token: "a token",
  keys: "a key pair",
  password: "a password",
  metadata: "the temporary key of this server",
};

/** Explains the settings and tries a request, for a service or for one that does not exist; answers how that failed. */
export async function doctor(
  id: string | undefined,
  options: CommandOptions,
): Promise<VpcepError | undefined> {
  const settings = checkedSettings(options);
  const described = describe(settings);
  if (!options.json) {
    printTable(Object.entries(described).map(([name, line]) => [name, [line]]));
  }
  const start = performance.now();
  let session: Session | undefined;
  let failure: VpcepError | undefined;
  let projectId: unknown;
  try {
    session = openSession(settings.caFile);
    const client = new VpcepClient(settings, session);
    try {
      const nothing = id === undefined ? { ifNotFound: "null" } : {};
      ({ projectId } = await client.lookUp("endpointService", { id: id ?? nobody, ...nothing }));
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!(error instanceof VpcepError)) {
      throw error;
    }
    failure = error;
  }
  const milliseconds = Math.round(performance.now() - start);
  const clockSeconds = Math.round((session?.clockDifferenceMs ?? 0) / 1_000);
  const clock =
    clockSeconds === 0
      ? ""
      : `; this machine's clock is ${Math.abs(clockSeconds)} s ${clockSeconds > 0 ? "behind" : "ahead of"} the cloud's: set it`;
  const verdict = failure?.message ?? `VPCEP answered in ${milliseconds} ms, project ${projectId}${clock}`;
  if (options.json) {
    console.log(JSON.stringify({ ok: failure === undefined, ...described, verdict }));
  } else {
    const style = failure ? "red" : "green";
    console.log(`\n${styleText(style, failure ? "failed:" : "ok:", { stream: process.stdout })} ${verdict}`);
  }
  return failure;
}

/** The settings; a script hears what is wrong with them as it hears everything else. */
function checkedSettings({ sources, json }: CommandOptions): Settings {
  try {
    return resolveSettings({}, sources);
  } catch (error) {
    if (json && error instanceof VpcepError) {
      console.log(JSON.stringify({ ok: false, verdict: error.message }));
    }
    throw error;
  }
}

function describe(settings: Settings): Record<string, string> {
  const { origins, credential, caFile } = settings;
  return {
    region: `${settings.region} (${origins.region})`,
    project:
      settings.projectId === undefined
        ? `the one named ${settings.projectName}, found when it is needed (${origins.project})`
        : `${settings.projectId} (${origins.project})`,
    VPCEP: `${settings.endpoint} (${origins.endpoint})`,
    IAM: `${settings.authUrl} (${origins.authUrl})`,
    credential: `${credentialNames[credential.kind]} (${credential.kind === "metadata" ? settings.metadataEndpoint : credential.from})`,
    proxy: describeProxy(process.env),
    authorities: caFile ? `Node's own and those in ${caFile.value} (${caFile.from})` : "Node's own",
    limits: `${settings.timeoutMs / 1_000} s for a lookup, ${settings.attemptTimeoutMs / 1_000} s for an attempt, ${settings.maxAttempts} attempts`,
  };
}

/** The proxy's host alone, since its address may hold a password; looked for in undici's order. */
function describeProxy(environment: Readonly<Record<string, string | undefined>>): string {
  const names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];
  const name = names.find((candidate) => environment[candidate]);
  if (name === undefined) {
    return "none";
  }
  const address = environment[name] ?? "";
  const host = URL.canParse(address) ? new URL(address).host : "";
  const except = environment["no_proxy"] ?? environment["NO_PROXY"];
  return `${host === "" ? "not an address" : host} (${name})${except ? `, but for ${except}` : ""}`;
}
