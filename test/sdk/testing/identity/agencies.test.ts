import assert from "node:assert/strict";
import { type Emulator, emulatorDefaults, type Key, startEmulator } from "../../../../sdk/testing";
import { get, post, postSigned, sample, securityOf, send, signed, withToken } from "../client";

const { key, token, accountId, agencyName, otherAccount, otherServiceId, user } = emulatorDefaults;
const [otherKey] = otherAccount.keys;
const securityTokens = "/v3.0/OS-CREDENTIAL/securitytokens";
const assume = "/v5/agencies/assume";
const otherUrn = `iam::${otherAccount.id}:agency:${agencyName}`;

function role(members: object = {}, methods: readonly string[] = ["assume_role"]): object {
  const named = { agency_name: agencyName, domain_name: otherAccount.name, ...members };
  return { auth: { identity: { methods, assume_role: named } } };
}

function session(members: object = {}): object {
  return { agency_urn: otherUrn, agency_session_name: "pulumi-vpcep", ...members };
}

describe("agencies", () => {
  let emulator: Emulator;
  let now: number;
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    emulator = await startEmulator({
      now: () => now,
      accounts: [
        otherAccount,
        {
          id: "third",
          name: "third-domain",
          agencies: [
            { name: "deep", trustedAccounts: [otherAccount.name] },
            { name: "short", trustedAccounts: [accountId], maxSessionSeconds: 1800 },
          ],
        },
      ],
    });
  });
  afterEach(() => emulator.close());

  const postRole = (body: unknown, by: Key = key, more = {}) =>
    postSigned(emulator, securityTokens, body, by, now, more);
  const postSession = (body: unknown, by: Key = key) => postSigned(emulator, assume, body, by, now);

  async function assumedByIam(members?: object, by?: Key): Promise<Required<Key>> {
    const { status, json } = await postRole(role(members), by);
    assert.equal(status, 201, JSON.stringify(json));
    const { access, secret, securitytoken } = json["credential"] as Record<string, string>;
    return { accessKey: access ?? "", secretKey: secret ?? "", securityToken: securitytoken ?? "" };
  }

  async function assumedBySts(members?: object, by?: Key): Promise<Required<Key>> {
    const { status, json } = await postSession(session(members), by);
    assert.equal(status, 200, JSON.stringify(json));
    const issued = json["credentials"] as Record<string, string>;
    return {
      accessKey: issued["access_key_id"] ?? "",
      secretKey: issued["secret_access_key"] ?? "",
      securityToken: issued["security_token"] ?? "",
    };
  }

  const otherProject = (): string => emulator.account(otherAccount.name).environment["HW_PROJECT_ID"] ?? "";
  const otherService = (): string => `/v1/${otherProject()}/vpc-endpoint-services/${otherServiceId}`;
  const read = async (by: Key, path = otherService()): Promise<number> =>
    (await send(emulator, path, signed(emulator, path, by, now, securityOf(by)))).status;

  it("gives a key of the other account, by a signature and by a token", async () => {
    const { status, json } = await post(
      emulator,
      securityTokens,
      role({ duration_seconds: 3600 }),
      withToken,
    );
    assert.equal(status, 201);
    assert.deepEqual(json, {
      credential: {
        access: "ISSUEDKEY00000000001",
        secret: "issued-secret-key-0000000000000000000001",
        securitytoken: "issued-security-token-00000000001",
        expires_at: "2026-01-02T04:04:05.678000Z",
      },
    });
    for (const members of [{}, { domain_id: otherAccount.id, domain_name: undefined }]) {
      const assumed = await assumedByIam(members);
      assert.deepEqual([await read(assumed), await read(assumed, sample)], [200, 403]);
    }
    assert.equal(await read(key), 403);
  });

  it("gives one through STS as well, and says who it is", async () => {
    const { status, json } = await postSession(session({ duration_seconds: 900 }));
    assert.equal(status, 200);
    assert.deepEqual(json, {
      assumed_agency: {
        urn: `sts::${otherAccount.id}:assumed-agency:${agencyName}/pulumi-vpcep`,
        id: `${agencyName}:pulumi-vpcep`,
      },
      credentials: {
        access_key_id: "ISSUEDKEY00000000001",
        secret_access_key: "issued-secret-key-0000000000000000000001",
        security_token: "issued-security-token-00000000001",
        expiration: "2026-01-02T03:19:05.678Z",
      },
    });
    const assumed = await assumedBySts();
    assert.deepEqual([await read(assumed), await read(assumed, sample)], [200, 403]);
    const path = "/v5/caller-identity";
    const identity = (by: Key) => get(emulator, path, signed(emulator, path, by, now, securityOf(by)));
    assert.deepEqual(await identity(assumed), [
      200,
      {
        account_id: otherAccount.id,
        principal_urn: `sts::${otherAccount.id}:assumed-agency:${agencyName}/pulumi-vpcep`,
        principal_id: `${agencyName}:pulumi-vpcep`,
      },
    ]);
    assert.deepEqual(await identity(key), [
      200,
      {
        account_id: accountId,
        principal_urn: `iam::${accountId}:user:${user.userName}`,
        principal_id: user.userName,
      },
    ]);
  });

  it("lets an issued key end: after 15 minutes by IAM, after an hour by STS, unless asked otherwise", async () => {
    const keys = [
      [900, await assumedByIam()],
      [86_400, await assumedByIam({ duration_seconds: 86_400 })],
      [3600, await assumedBySts()],
      [43_200, await assumedBySts({ duration_seconds: 43_200 })],
    ] as const;
    const start = now;
    for (const [seconds, assumed] of keys) {
      now = start + seconds * 1000 - 1;
      assert.equal(await read(assumed), 200);
      now += 1;
      const headers = signed(emulator, otherService(), assumed, now, securityOf(assumed));
      assert.deepEqual(await get(emulator, otherService(), headers), [
        401,
        {
          error_code: "APIGW.0301",
          error_msg: "Incorrect IAM authentication information: security token expired",
          request_id: emulator.requests.at(-1)?.requestId,
        },
      ]);
    }
  });

  it("lets a chain go on with an assumed key, for an hour at most in STS", async () => {
    const deep = { agency_name: "deep", domain_name: "third-domain" };
    const deepUrn = { agency_urn: "iam::third:agency:deep" };
    for (const assumed of [await assumedByIam(), await assumedBySts()]) {
      await assumedByIam(deep, assumed);
      await assumedBySts({ ...deepUrn, duration_seconds: 3600 }, assumed);
      const { status, json } = await postSession(session({ ...deepUrn, duration_seconds: 3601 }), assumed);
      assert.deepEqual(
        [status, json],
        [
          400,
          {
            error_code: "STS5.1001",
            error_msg: "duration_seconds must be an integer from 900 to 3600.",
          },
        ],
      );
    }
    assert.equal((await postRole(role(deep))).status, 403);
  });

  const notAssumable = `The agency ${agencyName} of the account x cannot be assumed.`;
  for (const [status, code, message, members] of [
    [400, "IAM.0011", "duration_seconds must be an integer from 900 to 86400.", { duration_seconds: 899 }],
    [400, "IAM.0011", "duration_seconds must be an integer from 900 to 86400.", { duration_seconds: 86_401 }],
    [400, "IAM.0011", "duration_seconds must be an integer from 900 to 86400.", { duration_seconds: "900" }],
    [
      400,
      "IAM.0011",
      "agency_name, and domain_name or domain_id, must be given.",
      { domain_name: undefined },
    ],
    [403, "IAM.0002", notAssumable, { domain_name: "x" }],
    [
      403,
      "IAM.0002",
      `The agency ${agencyName} of the account ${otherAccount.name} cannot be assumed.`,
      { domain_id: accountId },
    ],
    [
      403,
      "IAM.0002",
      `The agency deep of the account third-domain cannot be assumed.`,
      { agency_name: "deep", domain_name: "third-domain" },
    ],
    [
      403,
      "IAM.0002",
      `The agency x of the account ${otherAccount.name} cannot be assumed.`,
      { agency_name: "x" },
    ],
  ] as const) {
    it(`refuses by IAM ${JSON.stringify(members)}: ${message}`, async () => {
      const { status: answered, json } = await postRole(role(members));
      assert.deepEqual([answered, json], [status, { error_code: code, error_msg: message }]);
    });
  }

  for (const [status, message, members] of [
    [400, "duration_seconds must be an integer from 900 to 43200.", { duration_seconds: 43_201 }],
    [400, "duration_seconds must be an integer from 900 to 43200.", { duration_seconds: 900.5 }],
    [
      400,
      "duration_seconds is above the agency's longest session, 1800.",
      { agency_urn: "iam::third:agency:short" },
    ],
    [400, "agency_urn must be like iam::{account_id}:agency:{agency_name}.", { agency_urn: agencyName }],
    [
      400,
      "agency_session_name must have 2 to 128 letters, digits or one of _+=,.@-.",
      { agency_session_name: "a b" },
    ],
    [
      404,
      `The agency iam::${otherAccount.id}:agency:x does not exist.`,
      { agency_urn: `iam::${otherAccount.id}:agency:x` },
    ],
    [404, "The agency iam::x:agency:deep does not exist.", { agency_urn: "iam::x:agency:deep" }],
  ] as const) {
    it(`refuses by STS ${JSON.stringify(members)}: ${message}`, async () => {
      const { status: answered, json } = await postSession(session(members));
      assert.deepEqual([answered, json], [status, { error_code: "STS5.1001", error_msg: message }]);
    });
  }

  it("refuses by STS who is not trusted, with a message that only STS can decode", async () => {
    const { status, json } = await postSession(session({ agency_urn: "iam::third:agency:deep" }));
    const { encoded_authorization_message: encoded, ...rest } = json as Record<string, string>;
    assert.deepEqual(
      [status, rest],
      [
        403,
        {
          error_code: "STS5.1001",
          error_msg: `The account ${accountId} may not assume iam::third:agency:deep.`,
        },
      ],
    );
    assert.equal(encoded?.length, 512);
  });

  it("takes a signature alone at STS, and the right key for each", async () => {
    const unsigned = await post(emulator, assume, session(), { "x-auth-token": token });
    assert.deepEqual(
      [unsigned.status, (unsigned.json as Record<string, string>)["error_msg"]],
      [401, "Incorrect IAM authentication information: Authorization header missing"],
    );
    for (const answer of [
      await postSession(session(), { ...key, secretKey: "wrong" }),
      await postRole(role(), { ...key, secretKey: "wrong" }),
      await post(emulator, securityTokens, role()),
      await post(emulator, securityTokens, role(), { "x-auth-token": "wrong" }),
      await postSession(session(), { ...(await assumedBySts()), securityToken: "wrong" }),
    ]) {
      assert.deepEqual([answer.status, answer.json["error_code"]], [401, "APIGW.0301"]);
    }
  });

  it("takes the caller's own account id as X-Domain-Id, and no other", async () => {
    assert.equal((await postRole(role(), key, { "x-domain-id": accountId })).status, 201);
    const { status, json } = await postRole(role(), key, { "x-domain-id": otherAccount.id });
    assert.deepEqual(
      [status, json],
      [403, { error_code: "IAM.0002", error_msg: "The header X-Domain-Id is not the caller's account." }],
    );
  });

  it("refuses a key that is revoked, listed or issued", async () => {
    const assumed = await assumedBySts();
    emulator.revokeKey(assumed.accessKey);
    assert.equal(await read(assumed), 401);
    emulator.revokeKey(key.accessKey);
    assert.equal((await postSession(session())).status, 401);
  });

  it("changes a token into a key of its account, from the header or from the body", async () => {
    const body = (id?: string) => ({ auth: { identity: { methods: ["token"], token: id && { id } } } });
    for (const answer of [
      await post(emulator, securityTokens, body(token)),
      await post(emulator, securityTokens, body("overruled"), withToken),
    ]) {
      assert.equal(answer.status, 201);
      const { access, secret, securitytoken, expires_at } = answer.json["credential"] as Record<
        string,
        string
      >;
      const exchanged = {
        accessKey: access ?? "",
        secretKey: secret ?? "",
        securityToken: securitytoken ?? "",
      };
      assert.equal(expires_at, "2026-01-02T03:19:05.678000Z");
      assert.deepEqual([await read(exchanged, sample), await read(exchanged)], [200, 403]);
    }
    const refused = async (given: unknown): Promise<unknown[]> => {
      const { status, json } = await post(emulator, securityTokens, given);
      return [status, json["error_code"], json["error_msg"]];
    };
    assert.deepEqual(await refused(body()), [400, "IAM.0011", "No token is given."]);
    assert.deepEqual(await refused(role({}, [])), [
      400,
      "IAM.0011",
      "The method must be assume_role or token.",
    ]);
    assert.deepEqual(await refused("{"), [400, "IAM.0011", "The request body is not valid JSON."]);
    assert.deepEqual((await refused(body("unknown")))[0], 401);
  });

  it("tells each key its account", async () => {
    const path = "/v3/auth/domains";
    for (const [by, id, name] of [
      [key, accountId, user.domainName],
      [otherKey, otherAccount.id, otherAccount.name],
      [await assumedByIam(), otherAccount.id, otherAccount.name],
    ] as const) {
      const links = { self: `${emulator.url}/v3/domains/${id}` };
      assert.deepEqual(await get(emulator, path, signed(emulator, path, by, now, securityOf(by))), [
        200,
        {
          domains: [{ id, name, enabled: true, description: "", links }],
          links: { self: `${emulator.url}${path}`, next: null, previous: null },
        },
      ]);
    }
  });
});
