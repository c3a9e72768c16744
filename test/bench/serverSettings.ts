// What asks the server of the benchmarks, server.ts: settings of a client, variables of a process, the path of a record.

/** The project that is asked. */
export const projectId = "6e9dfd51d1124e8d8498dce894923a0d";

/** A client's settings. */
export function serverSettings(origin: string) {
  return { region: "eu-de", endpoint: origin, projectId, token: "benchmark-token" } as const;
}

/** The same as variables. */
export function serverEnvironment(origin: string): Record<string, string> {
  return {
    HW_REGION_NAME: "eu-de",
    VPCEP_ENDPOINT: origin,
    HW_PROJECT_ID: projectId,
    HW_AUTH_TOKEN: "benchmark-token",
  };
}

/** The path of a record. */
export function recordPath(id: string): string {
  return `/v1/${projectId}/vpc-endpoint-services/${id}`;
}
