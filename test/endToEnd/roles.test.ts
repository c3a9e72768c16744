// Proves in whole programs that a lookup enters another account: with a role of the stack's configuration, and without any
// stored key. What was issued on the way is in nothing that a stack remembers or shows.
import assert from "node:assert/strict";
import { type Emulator, emulatorDefaults, startEmulator } from "../../sdk/testing";
import { onEveryEngine, succeeds } from "../engine/everyEngine";
import type { ConfigValue } from "../engine/stack";

const { agencyName, identityProvider, key, otherAccount, otherServiceId } = emulatorDefaults;

const program = `
import { getEndpointService } from "pulumi-vpcep";
const orders = getEndpointService("orders", { id: "${otherServiceId}" });
export const name = orders.serviceName;
export const ports = orders.ports.apply((ports) => ports.length);
`;

onEveryEngine("a role", (bench) => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => emulator.reset());
  after(() => emulator?.close());

  const ways: Readonly<
    Record<
      string,
      {
        readonly config: Record<string, ConfigValue>;
        readonly calls: readonly string[];
        readonly env?: () => object;
      }
    >
  > = {
    "over a key": {
      config: {
        "vpcep:accessKey": key.accessKey,
        "vpcep:secretKey": { secret: key.secretKey },
        "vpcep:assumeRole.agencyName": agencyName,
        "vpcep:assumeRole.domainName": otherAccount.name,
      },
      calls: ["/v3/auth/domains", "/v3.0/OS-CREDENTIAL/securitytokens"],
    },
    "over nothing that is stored": {
      config: {
        "vpcep:oidc.idpId": identityProvider.id,
        "vpcep:oidc.audience": identityProvider.audience,
        "vpcep:assumeRole.agencyName": agencyName,
        "vpcep:assumeRole.domainId": otherAccount.id,
      },
      env: () => emulator.gitHubEnvironment,
      calls: [
        "/actions/id-token",
        "/v3.0/OS-AUTH/id-token/tokens",
        "/v3.0/OS-CREDENTIAL/securitytokens",
        "/v5/agencies/assume",
      ],
    },
  };

  for (const [way, { config, calls, env = () => ({}) }] of Object.entries(ways)) {
    it(`${way} reads another account's service, and leaves nothing behind`, async () => {
      const { url: address } = emulator;
      const stack = bench.engine.createStack({
        project: bench.workspace.project(program, `roles-${calls.length}`),
        backend: bench.workspace.backend(`roles-${calls.length}`),
        config: { ...config, "vpcep:region": "eu-de", "vpcep:authUrl": address, "vpcep:stsUrl": address },
        env: { VPCEP_ENDPOINT: address, ...env() },
      });
      const result = await stack.up();
      assert.deepEqual(succeeds(result), { name: "orders", ports: 1 });
      const paths = emulator.requests.map(({ path }) => path);
      assert.deepEqual(paths.slice(0, calls.length), calls);
      const stored = await stack.storedState();
      const secrets = [key.secretKey, ...emulator.requests.flatMap(secretsOf)];
      assert.ok(secrets.length > 2);
      for (const secret of secrets) {
        assert.ok(!stored.includes(secret) && !result.output.includes(secret));
      }
    });
  }
});

/** What a request was authenticated with, but for the access key. */
function secretsOf({ headers }: Emulator["requests"][number]): string[] {
  const names = ["x-security-token", "x-auth-token"] as const;
  const bearer = /^bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  return [...names.map((name) => String(headers[name] ?? "")), bearer ?? ""].filter(Boolean);
}
