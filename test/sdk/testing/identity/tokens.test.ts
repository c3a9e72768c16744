import assert from "node:assert/strict";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../../sdk/testing";
import { get, type Received, sample, send, signed, withToken } from "../client";

const { user, projectId, temporaryKey } = emulatorDefaults;
const hourMs = 60 * 60_000;

describe("IAM", () => {
  let emulator: Emulator;
  let now: number;
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    emulator = await startEmulator({
      now: () => now,
      projects: [
        { id: projectId, name: "eu-de", domain_id: "d" },
        { id: "p2", name: "eu-de_team" },
      ],
    });
  });
  afterEach(() => emulator.close());

  function askToken(project: object, password = user.password): Promise<Received> {
    const { userName: name, domainName } = user;
    const body = JSON.stringify({
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name, password, domain: { name: domainName } } },
        },
        scope: { project },
      },
    });
    return send(emulator, "/v3/auth/tokens?nocatalog=true", {}, { method: "POST", body });
  }

  it("issues a token for a project by name", async () => {
    const { status, headers, text } = await askToken({ name: "eu-de" });
    const domain = { id: "d", name: "emulator-domain" };
    assert.equal(status, 201);
    assert.deepEqual(JSON.parse(text), {
      token: {
        expires_at: "2026-01-03T03:04:05.678000Z",
        issued_at: "2026-01-02T03:04:05.678000Z",
        methods: ["password"],
        catalog: [],
        roles: [],
        project: { id: projectId, name: "eu-de", domain },
        user: { name: "emulator-user", domain },
      },
    });
    const token = { "x-auth-token": String(headers["x-subject-token"]) };
    assert.equal((await send(emulator, sample, token)).status, 200);
  });

  it("issues a token for a project by id, which reaches that project only", async () => {
    const { status, headers } = await askToken({ id: "p2" });
    const token = { "x-auth-token": String(headers["x-subject-token"]) };
    assert.equal(status, 201);
    assert.equal((await send(emulator, "/v1/p2/vpc-endpoints", token)).status, 200);
    assert.deepEqual(await get(emulator, sample, token), [
      403,
      {
        error: {
          message: "Authentication information is incorrect or you have no permissions.",
          code: "EndPoint.0004",
        },
      },
    ]);
  });

  it("lets an issued token expire, but not those issued later", async () => {
    const first = { "x-auth-token": String((await askToken({ id: projectId })).headers["x-subject-token"]) };
    now += 24 * hourMs - 1;
    assert.equal((await send(emulator, sample, first)).status, 200);
    const second = { "x-auth-token": String((await askToken({ id: projectId })).headers["x-subject-token"]) };
    now += 1;
    assert.deepEqual(await get(emulator, sample, first), [
      401,
      {
        error_msg: "The token must be updated.",
        error_code: "APIGW.0307",
        request_id: emulator.requests.at(-1)?.requestId,
      },
    ]);
    assert.equal((await send(emulator, sample, second)).status, 200);
  });

  const refusals = [
    [401, "Unauthorized", "The username or password is wrong.", () => askToken({ id: "p2" }, "wrong")],
    [
      401,
      "Unauthorized",
      "The project does not exist or you have no access to it.",
      () => askToken({ id: "p3" }),
    ],
    [400, "Bad Request", "The scope must name a project or a domain.", () => askToken({})],
    [400, "Bad Request", "The request body is not valid JSON.", () => post("{")],
    [400, "Bad Request", "The only supported method is password.", () => post('{"auth":{"identity":null}}')],
  ] as const;
  const post = (body: string): Promise<Received> =>
    send(emulator, "/v3/auth/tokens", {}, { method: "POST", body });

  for (const [code, title, message, ask] of refusals) {
    it(`refuses with: ${message}`, async () => {
      const { status, headers, text } = await ask();
      assert.equal(status, code);
      assert.equal(headers["x-subject-token"], undefined);
      assert.deepEqual(JSON.parse(text), { error: { code, message, title } });
    });
  }

  it("finds projects by name, for a token or a signature", async () => {
    const target = "/v3/projects?name=eu-de";
    const self = `${emulator.url}${target}`;
    const expected = {
      projects: [
        {
          id: projectId,
          name: "eu-de",
          domain_id: "d",
          parent_id: "d",
          is_domain: false,
          enabled: true,
          description: "",
          links: { self: `${emulator.url}/v3/projects/${projectId}` },
        },
      ],
      links: { self, next: null, previous: null },
    };
    assert.deepEqual(await get(emulator, target), [200, expected]);
    assert.deepEqual(await get(emulator, target, signed(emulator, target, emulatorDefaults.key, now)), [
      200,
      expected,
    ]);
    assert.equal((await send(emulator, target, {})).status, 401);
  });

  it("lists all projects, or none for an unknown name", async () => {
    const [, all] = await get(emulator, "/v3/projects", withToken);
    const [, none] = await get(emulator, "/v3/projects?name=eu", withToken);
    assert.deepEqual(
      (all as { projects: { name: string }[] }).projects.map(({ name }) => name),
      ["eu-de", "eu-de_team"],
    );
    assert.deepEqual((none as { projects: unknown[] }).projects, []);
  });

  it("names its default project after the region", async () => {
    await using another = await startEmulator({ region: "eu-nl" });
    const [, body] = await get(another, "/v3/projects?name=eu-nl");
    assert.equal((body as { projects: { id: string }[] }).projects[0]?.id, projectId);
  });
});

describe("the ECS metadata service", () => {
  const path = "/openstack/latest/securitykey";
  const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

  it("hands out the temporary key, with and without a token", async () => {
    await using emulator = await startEmulator({ now: () => now, tokenLifetimeMs: hourMs });
    const ttl = { "x-metadata-token-ttl-seconds": "21600" };
    const { status, text } = await send(emulator, "/meta-data/latest/api/token", ttl, { method: "PUT" });
    assert.equal(status, 200);
    const expected = {
      credential: {
        access: temporaryKey.accessKey,
        secret: temporaryKey.secretKey,
        securitytoken: temporaryKey.securityToken,
        expires_at: "2026-01-02T04:04:05.678000Z",
      },
    };
    assert.deepEqual(await get(emulator, path, { "x-metadata-token": text }), [200, expected]);
    assert.deepEqual(await get(emulator, path, {}), [200, expected]);
  });

  it("refuses a wrong token or lifetime, and has no key for a server without an agency", async () => {
    await using emulator = await startEmulator({ keys: [emulatorDefaults.key] });
    assert.equal((await send(emulator, path, { "x-metadata-token": "wrong" })).status, 401);
    assert.equal((await send(emulator, path, {})).status, 404);
    assert.equal((await send(emulator, "/meta-data/latest/api/token", {}, { method: "PUT" })).status, 400);
  });
});
