import assert from "node:assert/strict";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { get, post, sample, send, services, signed, withToken } from "./client";

const { accountId, key, otherAccount, otherServiceId, projectId, token, user } = emulatorDefaults;
const [otherKey] = otherAccount.keys;

describe("accounts", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("have configurations and environments of their own", () => {
    const { configuration, environment } = emulator.account(otherAccount.name);
    assert.deepEqual(configuration, {
      endpoint: emulator.url,
      authUrl: emulator.url,
      stsUrl: emulator.url,
      region: "eu-de",
      projectId: configuration.projectId,
      ...otherKey,
    });
    assert.match(configuration.projectId ?? "", /^[0-9a-f]{32}$/);
    assert.deepEqual(environment, {
      VPCEP_ENDPOINT: emulator.url,
      HW_AUTH_URL: emulator.url,
      HUAWEICLOUD_SDK_STS_ENDPOINT: emulator.url,
      HW_REGION_NAME: "eu-de",
      HW_PROJECT_ID: configuration.projectId,
      HW_ACCESS_KEY: otherKey.accessKey,
      HW_SECRET_KEY: otherKey.secretKey,
    });
    assert.deepEqual(emulator.account(user.domainName).environment, emulator.environment);
    assert.equal(emulator.configuration.token, token);
    assert.throws(() => emulator.account("x"), {
      name: "TypeError",
      message: 'The emulator has no account "x"; it has emulator-domain, emulator-other-domain.',
    });
  });

  it("reach their own projects and data alone, but read any service's summary", async () => {
    const { projectId: otherProject = "" } = emulator.account(otherAccount.name).configuration;
    const own = `/v1/${otherProject}/vpc-endpoint-services`;
    const as = (path: string, by = otherKey) => get(emulator, path, signed(emulator, path, by));
    const ids = async (path: string, by = otherKey) => {
      const [, body] = await as(path, by);
      return (body as { endpoint_services: { id: string; domain_id: string }[] }).endpoint_services.map(
        ({ id, domain_id }) => [id, domain_id],
      );
    };
    assert.deepEqual(await ids(own), [[otherServiceId, otherAccount.id]]);
    assert.deepEqual(await ids(services, key), [[JSON.parse(sampleEndpointService).id, accountId]]);
    for (const [path, by] of [
      [own, key],
      [services, otherKey],
    ] as const) {
      assert.equal((await as(path, by))[0], 403);
    }
    assert.equal((await send(emulator, own, withToken)).status, 403);
    const [status, summary] = await as(`${services}/describe?endpoint_service_name=orders`, key);
    assert.deepEqual([status, (summary as { id: string }).id], [200, otherServiceId]);
    assert.deepEqual(
      ((await as("/v3/projects"))[1] as { projects: { id: string }[] }).projects.map(({ id }) => id),
      [otherProject],
    );
  });

  it("change apart from each other", async () => {
    const other = emulator.account(otherAccount.name);
    other.putService({ id: "new" });
    other.deleteService(otherServiceId);
    const own = `/v1/${other.configuration.projectId}/vpc-endpoint-services`;
    assert.equal((await send(emulator, `${own}/new`, signed(emulator, `${own}/new`, otherKey))).status, 200);
    assert.equal((await send(emulator, `${services}/new`)).status, 404);
    other.set({ services: [], projects: [{ id: "p", name: "eu-de" }] });
    const path = "/v1/p/vpc-endpoint-services";
    assert.deepEqual(await get(emulator, path, signed(emulator, path, otherKey)), [
      200,
      { endpoint_services: [], total_count: 0 },
    ]);
    assert.equal((await send(emulator, sample)).status, 200);
  });

  it("sign their own users in, by name or id", async () => {
    await using two = await startEmulator({
      accounts: [
        {
          id: "d2",
          name: "second",
          projects: [{ id: "p2", name: "eu-de" }],
          users: [{ userName: user.userName, userId: "u2", password: "p", domainName: "second" }],
        },
      ],
    });
    const ask = (who: object, password = "p") =>
      post(two, "/v3/auth/tokens", {
        auth: {
          identity: { methods: ["password"], password: { user: { ...who, password } } },
          scope: { project: { name: "eu-de" } },
        },
      });
    const name = user.userName;
    for (const who of [{ id: "u2" }, { name, domain: { name: "second" } }, { name, domain: { id: "d2" } }]) {
      const { status, json, headers } = await ask(who);
      const { token: issued } = json as unknown as { token: { project: { id: string; domain: object } } };
      assert.deepEqual(
        [status, issued.project.id, issued.project.domain],
        [201, "p2", { id: "d2", name: "second" }],
      );
      const shown = {
        "x-auth-token": String(headers["x-subject-token"]),
        "x-subject-token": String(headers["x-subject-token"]),
      };
      assert.deepEqual(await get(two, "/v3/auth/tokens", shown), [200, json]);
    }
    assert.equal((await ask({ name, domain: { name: "emulator-domain" } })).status, 401);
    assert.equal((await ask({ id: "u2" }, "wrong")).status, 401);
    assert.equal((await ask({ id: "u3" })).status, 401);
  });

  it("show a listed token with the first project, and nobody else's", async () => {
    const path = "/v3/auth/tokens";
    const [status, body] = await get(emulator, path, { ...withToken, "x-subject-token": token });
    const shown = (body as { token: { project: object; expires_at: string } }).token;
    assert.deepEqual(
      [status, shown.project, shown.expires_at],
      [
        200,
        { id: projectId, name: "eu-de", domain: { id: accountId, name: user.domainName } },
        "9999-01-01T00:00:00.000000Z",
      ],
    );
    const by = signed(emulator, path, otherKey);
    assert.equal((await send(emulator, path, { ...by, "x-subject-token": token })).status, 403);
    assert.deepEqual(await get(emulator, path, { ...withToken, "x-subject-token": "x" }), [
      404,
      { error: { code: 404, message: "The token could not be found.", title: "Not Found" } },
    ]);
    assert.equal((await get(emulator, path, withToken))[0], 400);
  });

  it("take their names from what is told of users and projects", async () => {
    await using named = await startEmulator({
      users: [{ ...user, domainName: "acme" }],
      projects: [{ id: "p", name: "eu-de", domain_id: "d" }],
    });
    const [, body] = await get(named, "/v3/auth/domains");
    const [domain] = (body as { domains: { id: string; name: string }[] }).domains;
    assert.deepEqual([domain?.id, domain?.name], ["d", "acme"]);
  });

  for (const [what, first, second] of [
    ["same", { accountId: "same" }, { id: "same", name: "b" }],
    ["same", { accountName: "same" }, { id: "b", name: "same" }],
    [key.accessKey, {}, { id: "b", name: "b", keys: [key] }],
    [token, {}, { id: "b", name: "b", tokens: [token] }],
    [projectId, {}, { id: "b", name: "b", projects: [{ id: projectId, name: "eu-de" }] }],
  ] as const) {
    it(`do not share ${JSON.stringify(second)}`, async () => {
      await assert.rejects(startEmulator({ ...first, accounts: [second] }), {
        name: "TypeError",
        message: `Two accounts have the same id, name, key, token or project: ${what}.`,
      });
    });
  }
});
