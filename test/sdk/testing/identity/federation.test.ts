import assert from "node:assert/strict";
import { type Emulator, emulatorDefaults, type IdTokenClaims, startEmulator } from "../../../../sdk/testing";
import { get, post, sample, send, signed } from "../client";

const { accountId, agencyName, identityProvider, otherAccount, projectId, user } = emulatorDefaults;
const exchange = "/v3.0/OS-AUTH/id-token/tokens";
const assume = "/v5/agencies/assume-with-oidc";
const subject = "repo:octo-org/octo-repo:ref:refs/heads/main";

describe("identity providers", () => {
  let emulator: Emulator;
  let now: number;
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    emulator = await startEmulator({ now: () => now });
  });
  afterEach(() => emulator.close());

  const exchanged = (scope?: object, claims?: IdTokenClaims, headers = {}) =>
    post(
      emulator,
      exchange,
      { auth: { id_token: { id: emulator.issueIdToken(claims) }, scope } },
      { "x-idp-id": identityProvider.id, ...headers },
    );
  const assumed = (members: object = {}, claims?: IdTokenClaims, headers = {}) =>
    post(
      emulator,
      assume,
      {
        provider_urn: `iam::${accountId}:oidcProvider:${identityProvider.id}`,
        agency_urn: `iam::${accountId}:agency:${agencyName}`,
        agency_session_name: "pulumi-vpcep",
        id_token: emulator.issueIdToken(claims),
        ...members,
      },
      headers,
    );

  it("change an identity token into a token of one project", async () => {
    const { status, json, headers } = await exchanged({ project: { name: "eu-de" } });
    const domain = { id: accountId, name: user.domainName };
    assert.equal(status, 201);
    assert.deepEqual(json, {
      token: {
        expires_at: "2026-01-03T03:04:05.678000Z",
        issued_at: "2026-01-02T03:04:05.678000Z",
        methods: ["mapped"],
        catalog: [],
        roles: [],
        project: { id: projectId, name: "eu-de", domain },
        user: {
          name: subject,
          domain,
          "OS-FEDERATION": {
            identity_provider: { id: identityProvider.id },
            protocol: { id: "oidc" },
            groups: [],
          },
        },
      },
    });
    const token = { "x-auth-token": String(headers["x-subject-token"]) };
    assert.equal((await send(emulator, sample, token)).status, 200);
    now += 24 * 60 * 60_000;
    assert.equal((await send(emulator, sample, token)).status, 401);
  });

  it("change it into a token without a scope, which can only be changed into a key", async () => {
    for (const scope of [undefined, { domain: { id: accountId } }]) {
      const { status, json, headers } = await exchanged(scope);
      const id = String(headers["x-subject-token"]);
      assert.equal(status, 201);
      assert.equal((json["token"] as { project?: object }).project, undefined);
      assert.equal((await send(emulator, sample, { "x-auth-token": id })).status, 403);
      const key = await post(emulator, "/v3.0/OS-CREDENTIAL/securitytokens", {
        auth: { identity: { methods: ["token"], token: { id, duration_seconds: 21_600 } } },
      });
      const {
        access = "",
        secret = "",
        securitytoken = "",
      } = key.json["credential"] as Record<string, string>;
      const security = { "x-security-token": securitytoken };
      const headersOf = () =>
        signed(emulator, sample, { accessKey: access, secretKey: secret }, now, security);
      assert.equal((await send(emulator, sample, headersOf())).status, 200);
    }
  });

  for (const [status, code, message, ask] of [
    [401, "IAM.0001", "the ID token has expired", () => exchanged(undefined, { lifetimeMs: 0 })],
    [
      401,
      "IAM.0001",
      "the audience of the ID token is not the identity provider's: x",
      () => exchanged(undefined, { audience: "x" }),
    ],
    [
      401,
      "IAM.0001",
      "the issuer of the ID token is not the identity provider's: x",
      () => exchanged(undefined, { issuer: "x" }),
    ],
    [
      403,
      "IAM.0002",
      "The project does not exist or you have no access to it.",
      () => exchanged({ project: { id: "x" } }),
    ],
    [
      404,
      "IAM.0004",
      "The identity provider x could not be found.",
      () => exchanged({}, {}, { "x-idp-id": "x" }),
    ],
    [
      400,
      "IAM.0011",
      "The request must not be authenticated.",
      () => exchanged({}, {}, { authorization: "x" }),
    ],
    [400, "IAM.0011", "The header X-Idp-Id is missing.", () => post(emulator, exchange, {})],
    [
      400,
      "IAM.0011",
      "auth.id_token.id is missing.",
      () => post(emulator, exchange, {}, { "x-idp-id": identityProvider.id }),
    ],
  ] as const) {
    it(`refuse with: ${message}`, async () => {
      const { status: answered, json } = await ask();
      assert.deepEqual([answered, json], [status, { error_code: code, error_msg: message }]);
    });
  }

  it("believe their own tokens alone", async () => {
    await using another = await startEmulator({ now: () => now });
    const issued = another.issueIdToken();
    for (const id of [issued, "", "jwt", "a.b.c", `${issued}x`]) {
      const { status, json } = await post(
        emulator,
        exchange,
        { auth: { id_token: { id } } },
        { "x-idp-id": identityProvider.id },
      );
      assert.deepEqual([status, json["error_msg"]], [401, "the signature of the ID token is invalid"]);
    }
  });

  it("give a key through STS, for the agency that trusts them", async () => {
    const { status, json } = await assumed({ duration_seconds: 900 });
    assert.deepEqual(
      [status, json],
      [
        200,
        {
          assumed_agency: {
            urn: `sts::${accountId}:assumed-agency:${agencyName}/pulumi-vpcep`,
            id: `${agencyName}:pulumi-vpcep`,
          },
          credentials: {
            access_key_id: "ISSUEDKEY00000000001",
            secret_access_key: "issued-secret-key-0000000000000000000001",
            security_token: "issued-security-token-00000000001",
            expiration: "2026-01-02T03:19:05.678Z",
          },
          audience: identityProvider.audience,
          provider: `iam::${accountId}:oidcProvider:${identityProvider.id}`,
          subject_from_id_token: subject,
        },
      ],
    );
  });

  for (const [status, message, ask] of [
    [400, "The request must not be authenticated.", () => assumed({}, {}, { "x-auth-token": "x" })],
    [400, "id_token must have 4 to 20000 characters.", () => assumed({ id_token: "abc" })],
    [
      400,
      "provider_urn must be like iam::{account_id}:oidcProvider:{name}.",
      () => assumed({ provider_urn: identityProvider.id }),
    ],
    [
      404,
      `The identity provider iam::${accountId}:oidcProvider:x does not exist.`,
      () => assumed({ provider_urn: `iam::${accountId}:oidcProvider:x` }),
    ],
    [
      404,
      `The identity provider iam::${accountId}:oidcProvider:${identityProvider.id} does not exist.`,
      () => assumed({ agency_urn: `iam::${otherAccount.id}:agency:${agencyName}` }),
    ],
    [403, "the ID token has expired", () => assumed({}, { lifetimeMs: 0 })],
  ] as const) {
    it(`refuse at STS with: ${message}`, async () => {
      const { status: answered, json } = await ask();
      const { encoded_authorization_message: encoded, ...rest } = json as Record<string, string>;
      assert.deepEqual([answered, rest], [status, { error_code: "STS5.1001", error_msg: message }]);
      assert.equal(encoded !== undefined, status === 403);
    });
  }

  it("refuse at STS an agency that does not trust them", async () => {
    await using strict = await startEmulator({ agencies: [{ name: "a" }] });
    const provider = `iam::${accountId}:oidcProvider:${identityProvider.id}`;
    const { status, json } = await post(strict, assume, {
      provider_urn: provider,
      agency_urn: `iam::${accountId}:agency:a`,
      agency_session_name: "pulumi-vpcep",
      id_token: strict.issueIdToken(),
    });
    assert.deepEqual(
      [status, json["error_msg"]],
      [403, `The identity provider ${provider} may not assume iam::${accountId}:agency:a.`],
    );
  });
});

describe("GitHub Actions' identity tokens", () => {
  it("are for the audience asked for, and for whom the job's request token is", async () => {
    await using emulator = await startEmulator();
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url = "", ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } =
      emulator.gitHubEnvironment;
    const path = url.slice(emulator.url.length);
    const audience = encodeURIComponent("https://iam.example?a=b&c");
    const ask = (query: string, authorization = `bearer ${bearer}`) =>
      get(emulator, `${path}${query}`, { authorization });
    for (const [query, expected] of [
      [`&audience=${audience}`, "https://iam.example?a=b&c"],
      ["", "https://github.com/octo-org"],
    ] as const) {
      const [status, body] = await ask(query);
      const { value } = body as { value: string };
      const claims = JSON.parse(Buffer.from(value.split(".")[1] ?? "", "base64url").toString());
      assert.equal(status, 200);
      assert.deepEqual(
        [claims.aud, claims.iss, claims.sub, claims.exp - claims.iat],
        [expected, "https://token.actions.githubusercontent.com", subject, 300],
      );
    }
    assert.deepEqual(await ask("", `Bearer ${bearer}x`), [401, { message: "The request token is invalid." }]);
    assert.deepEqual(
      await get(emulator, "/actions/id-token?audience=a", { authorization: `bearer ${bearer}` }),
      [400, { message: "The query of the request URL is missing." }],
    );
  });
});
