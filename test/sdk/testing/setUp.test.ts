// Proves that whoever asks can be tried against an emulator that is told nothing: accounts, roles and pipelines without a key.
import assert from "node:assert/strict";
import { VpcepClient } from "../../../provider/client/client";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { openSession } from "../../../provider/requests/session";
import { configurationSource, environmentSource } from "../../../provider/settings/families";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../sdk/testing";

const { agencyName, identityProvider, otherAccount, otherServiceId, accountId } = emulatorDefaults;
const sampleId = "4189d3c2-8882-4871-a3c2-d380272eed83";
const byName = { agencyName, domainName: otherAccount.name };
const byId = { agencyName, domainId: otherAccount.id };

describe("an emulator that is told nothing", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  /** Where it is, and nobody who asks. */
  const place = () => {
    const {
      VPCEP_ENDPOINT = "",
      HW_AUTH_URL = "",
      HUAWEICLOUD_SDK_STS_ENDPOINT = "",
      HW_REGION_NAME = "",
    } = emulator.environment;
    return { VPCEP_ENDPOINT, HW_AUTH_URL, HUAWEICLOUD_SDK_STS_ENDPOINT, HW_REGION_NAME };
  };
  const key = () => {
    const { accessKey, secretKey } = emulatorDefaults.key;
    return { ...place(), HW_ACCESS_KEY: accessKey, HW_SECRET_KEY: secretKey };
  };

  const setUps: readonly [
    what: string,
    service: string,
    environment: () => Record<string, string>,
    asked?: () => { accounts: object; account: string },
  ][] = [
    ["the first account", sampleId, () => emulator.environment],
    ["the other account", otherServiceId, () => emulator.account(otherAccount.name).environment],
    [
      "the other account by its name",
      otherServiceId,
      () => emulator.environment,
      () => ({ accounts: { other: emulator.account(otherAccount.name).configuration }, account: "other" }),
    ],
    [
      "a role by its account's name, assumed with a token",
      otherServiceId,
      () => ({}),
      () => {
        const { projectId: _, ...configuration } = emulator.configuration;
        return { accounts: { role: { ...configuration, assumeRole: byName } }, account: "role" };
      },
    ],
    [
      "a role by its account's name, assumed with a password",
      otherServiceId,
      () => {
        const { userName, password, domainName } = emulatorDefaults.user;
        return {
          ...place(),
          HW_USER_NAME: userName,
          HW_USER_PASSWORD: password,
          HW_DOMAIN_NAME: domainName,
          HW_ASSUME_ROLE_AGENCY_NAME: agencyName,
          HW_ASSUME_ROLE_DOMAIN_NAME: otherAccount.name,
        };
      },
    ],
    [
      "a role by its account's name, assumed with a key",
      otherServiceId,
      () => ({
        ...key(),
        HW_ASSUME_ROLE_AGENCY_NAME: agencyName,
        HW_ASSUME_ROLE_DOMAIN_NAME: otherAccount.name,
      }),
    ],
    [
      "a role by its account's id",
      otherServiceId,
      () => ({ ...key(), HW_ASSUME_ROLE_AGENCY_NAME: agencyName, HW_ASSUME_ROLE_DOMAIN_ID: byId.domainId }),
    ],
    ["a server's own key", sampleId, () => ({ ...place(), VPCEP_METADATA_ENDPOINT: emulator.url })],
    [
      "a role assumed with a server's own key",
      otherServiceId,
      () => ({
        ...place(),
        VPCEP_METADATA_ENDPOINT: emulator.url,
        HW_ASSUME_ROLE_AGENCY_NAME: agencyName,
        HW_ASSUME_ROLE_DOMAIN_ID: otherAccount.id,
      }),
    ],
    [
      "a job of GitHub Actions",
      sampleId,
      () => ({ ...place(), ...emulator.gitHubEnvironment, HW_ASSUME_ROLE_IDP_ID: identityProvider.id }),
    ],
    [
      "a job of GitHub Actions that enters the other account",
      otherServiceId,
      () => ({
        ...place(),
        ...emulator.gitHubEnvironment,
        HW_ASSUME_ROLE_IDP_ID: identityProvider.id,
        HW_ASSUME_ROLE_AGENCY_NAME: agencyName,
        HW_ASSUME_ROLE_DOMAIN_NAME: otherAccount.name,
      }),
    ],
    [
      "a job of GitLab",
      sampleId,
      () => ({
        ...place(),
        HW_ASSUME_ROLE_IDP_ID: identityProvider.id,
        HW_ASSUME_ROLE_ID_TOKEN: emulator.issueIdToken(),
      }),
    ],
    [
      "an identity token at STS",
      sampleId,
      () => ({}),
      () => {
        const { token: _, projectId: __, ...configuration } = emulator.configuration;
        const oidc = {
          providerUrn: `iam::${accountId}:oidcProvider:${identityProvider.id}`,
          agencyUrn: `iam::${accountId}:agency:${agencyName}`,
          idToken: emulator.issueIdToken(),
        };
        return { accounts: { sts: { ...configuration, oidc } }, account: "sts" };
      },
    ],
  ];

  for (const [what, id, environmentOf, askedOf] of setUps) {
    it(`answers ${what}`, async () => {
      const environment = environmentOf();
      const { accounts = {}, account } = askedOf?.() ?? {};
      const config: Record<string, string> = { "vpcep:accounts": JSON.stringify(accounts) };
      const sources = [configurationSource((name) => config[name]), environmentSource(environment)];
      const configuration = resolveConfiguration({ account }, sources, "/nonexistent", environment);
      const client = new VpcepClient(configuration, openSession(undefined));
      try {
        assert.equal((await client.getEndpointService({ id })).serviceId, id);
        assert.deepEqual(
          emulator.requests.filter(({ status = 0 }) => status >= 400),
          [],
        );
      } finally {
        await client.close();
      }
    });
  }
});
