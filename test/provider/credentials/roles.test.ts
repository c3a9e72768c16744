// Proves over real sockets how a role is assumed: over every kind of credential, hop by hop, each signed with the key of
// the one before, and all of them again when the last key ends.
import assert from "node:assert/strict";
import { mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { VpcepClient } from "../../../provider/client/client";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { openSession } from "../../../provider/requests/session";
import { environmentSource } from "../../../provider/settings/families";
import { clientOf, errorOf, type Values } from "./clients";
import {
  documented,
  IdentityServer,
  idToken,
  requestToken,
  sourceKey,
  sourceToken,
  targetProject,
} from "./identityServer";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const callerId = documented.domains.answer.body.domains[0]?.id;
const ownerId = "d78cbac186b744899480f25bd02d0000";
const hour = 3_600_000;

const keys: Values = { HW_ACCESS_KEY: sourceKey.accessKey, HW_SECRET_KEY: sourceKey.secretKey };
const password: Values = {
  HW_USER_NAME: "u",
  HW_USER_PASSWORD: "a-password-of-a-user",
  HW_DOMAIN_NAME: "caller",
};
const byName: Values = { HW_ASSUME_ROLE_AGENCY_NAME: "reader", HW_ASSUME_ROLE_DOMAIN_NAME: "owner" };
const byId: Values = { HW_ASSUME_ROLE_AGENCY_NAME: "reader", HW_ASSUME_ROLE_DOMAIN_ID: ownerId };

describe("a role", () => {
  let server: IdentityServer;
  const clients: ReturnType<typeof clientOf>[] = [];

  beforeEach(async () => {
    server = await new IdentityServer().start();
  });

  afterEach(async () => {
    mock.restoreAll();
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await server.close();
  });

  /** A client whose clouds are all this server. */
  function client(environment: Values, config: Values = {}) {
    const place: Values = {
      HW_REGION_NAME: "eu-de",
      VPCEP_ENDPOINT: server.url,
      VPCEP_METADATA_ENDPOINT: server.url,
    };
    const addresses = { "vpcep:authUrl": server.url, "vpcep:stsUrl": server.url };
    const made = clientOf({ ...addresses, ...config }, { ...place, ...environment });
    clients.push(made);
    return made;
  }

  const lookUp = (environment: Values, config?: Values) =>
    client(environment, config).getEndpointService({ id });

  /** What came, by whom. */
  const said = () => server.calls.map(({ name, by }) => `${name} by ${by}`);

  it("is assumed at IAM by the account's name, with the caller's account in the signature", async () => {
    await lookUp({ ...keys, ...byName, HW_PROJECT_ID: "project-of-the-caller" });
    assert.deepEqual(said(), [
      "domains by SOURCEKEY",
      "agencyKey by SOURCEKEY",
      "projects by ISSUED1",
      "service by ISSUED1",
    ]);
    const { body, headers, path } = server.only("agencyKey");
    assert.deepEqual(body, documented.agencyKey.request.body);
    assert.equal(path, documented.agencyKey.request.path);
    assert.equal(headers["x-domain-id"], callerId);
    assert.equal(server.only("service").path, `/v1/${targetProject}/vpc-endpoint-services/${id}`);
    assert.equal(server.only("service").headers["x-security-token"], "issued-security-token-1");
  });

  it("is assumed at STS by the account's id, which needs no other", async () => {
    await lookUp({ ...keys, ...byId });
    assert.deepEqual(said(), ["assumeAgency by SOURCEKEY", "projects by ISSUED1", "service by ISSUED1"]);
    const { body, headers, path } = server.only("assumeAgency");
    assert.deepEqual(body, documented.assumeAgency.request.body);
    assert.equal(path, documented.assumeAgency.request.path);
    assert.equal(headers["x-domain-id"], undefined);
  });

  it("is assumed at IAM by the account's id where the cloud has no STS", async () => {
    await lookUp({ ...keys, ...byId }, { "vpcep:stsUrl": "" });
    assert.deepEqual(server.only("agencyKey").body, {
      auth: {
        identity: {
          methods: ["assume_role"],
          assume_role: { agency_name: "reader", domain_id: ownerId, duration_seconds: 3600 },
        },
      },
    });
  });

  for (const [over, source] of [
    ["a key", keys],
    ["a token", { HW_AUTH_TOKEN: sourceToken }],
  ] as const) {
    it(`is of the account with the id where it has a name too, over ${over}, and says so`, async () => {
      const call = over === "a key" ? "assumeAgency" : "agencyKey";
      server.answers.set(call, { status: 404, body: { error_code: "IAM.0004", error_msg: "None." } });
      const error = await errorOf(lookUp({ ...source, ...byName, HW_ASSUME_ROLE_DOMAIN_ID: ownerId }));
      assert.match(error.message, new RegExp(`the agency "reader" of the account "${ownerId}" cannot be`));
      const sent = JSON.stringify(server.only(call).body);
      assert.ok(sent.includes(ownerId) && !sent.includes("owner"), sent);
    });
  }

  it("is several in turn, each with the key of the one before, and names no account that it knows", async () => {
    const hops = [
      { agencyName: "first", domainId: "account-1", duration: 7200 },
      { agencyName: "second", domainName: "two", domainId: "account-2", duration: 7200 },
      { agencyName: "third", domainName: "three", duration: 7200 },
    ];
    const config = {
      "vpcep:accessKey": sourceKey.accessKey,
      "vpcep:secretKey": sourceKey.secretKey,
      "vpcep:assumeRole": JSON.stringify(hops),
    };
    await lookUp({}, config);
    assert.deepEqual(said(), [
      "assumeAgency by SOURCEKEY",
      "assumeAgency by ISSUED1",
      "agencyKey by ISSUED2",
      "projects by ISSUED3",
      "service by ISSUED3",
    ]);
    const asked = server.calls.map(
      ({ body }) => /"duration_seconds":\d+/.exec(JSON.stringify(body) ?? "")?.[0],
    );
    // STS gives a temporary key an hour at most.
    assert.deepEqual(asked.slice(0, 3), [
      '"duration_seconds":7200',
      '"duration_seconds":3600',
      '"duration_seconds":7200',
    ]);
    assert.equal(server.only("agencyKey").headers["x-domain-id"], "account-2");
  });

  for (const [role, source, duration, asked] of [
    [byName, keys, "900", 900],
    [byName, keys, "86400", 86_400],
    [byId, keys, "86400", 43_200],
    [byId, { ...keys, HW_SECURITY_TOKEN: "st" }, "86400", 3_600],
    [byId, {}, "43200", 3_600],
  ] as const) {
    const where = role === byId ? "STS" : "IAM";
    it(`asks ${where} for ${asked} s of ${duration}, over ${Object.keys(source).join(", ") || "metadata"}`, async () => {
      server.accept({ ...sourceKey, ...("HW_SECURITY_TOKEN" in source ? { securityToken: "st" } : {}) });
      await lookUp({ ...source, ...role, HW_ASSUME_ROLE_DURATION: duration, HW_DOMAIN_ID: "caller" });
      const { body } = server.only(role === byId ? "assumeAgency" : "agencyKey");
      assert.match(JSON.stringify(body), new RegExp(`"duration_seconds":${asked}\\b`));
    });
  }

  it("goes by IAM over a token, whatever it names, and signs nothing", async () => {
    await lookUp({ HW_AUTH_TOKEN: sourceToken, ...byId });
    assert.deepEqual(said(), [`agencyKey by ${sourceToken}`, "projects by ISSUED1", "service by ISSUED1"]);
    assert.equal(server.only("agencyKey").headers["x-domain-id"], undefined);
  });

  it("is assumed over a password with a token for the user's account", async () => {
    await lookUp({ ...password, ...byName, HW_PROJECT_ID: "project-of-the-caller" });
    assert.deepEqual(said(), [
      "token by nobody",
      "agencyKey by issued-token-1",
      "projects by ISSUED2",
      "service by ISSUED2",
    ]);
    assert.deepEqual((server.only("token").body as { auth: { scope: object } }).auth.scope, {
      domain: { name: "caller" },
    });
  });

  it("is assumed over an identity token with the key that it buys", async () => {
    await lookUp({ HW_ASSUME_ROLE_IDP_ID: "pipelines", HW_ASSUME_ROLE_ID_TOKEN: idToken, ...byId });
    assert.deepEqual(said(), [
      "idToken by nobody",
      "tokenKey by issued-token-1",
      "assumeAgency by ISSUED2",
      "projects by ISSUED3",
      "service by ISSUED3",
    ]);
    assert.deepEqual(server.only("idToken").body, { auth: { id_token: { id: idToken } } });
    assert.deepEqual(server.only("tokenKey").body, {
      auth: { identity: { methods: ["token"], token: { id: "issued-token-1", duration_seconds: 3600 } } },
    });
  });

  it("is assumed over an agency that an identity token has entered", async () => {
    const oidc = {
      providerUrn: documented.assumeWithOidc.request.body.provider_urn,
      agencyUrn: documented.assumeWithOidc.request.body.agency_urn,
      idToken,
    };
    await lookUp(
      {},
      {
        "vpcep:oidc": JSON.stringify(oidc),
        "vpcep:assumeRole": '{"agencyName":"reader","domainName":"owner"}',
      },
    );
    assert.deepEqual(said(), [
      "assumeWithOidc by nobody",
      "domains by ISSUED1",
      "agencyKey by ISSUED1",
      "projects by ISSUED2",
      "service by ISSUED2",
    ]);
  });

  it("is assumed over the server's metadata where there is no credential", async () => {
    await lookUp({ OS_AGENCY_NAME: "reader", OS_AGENCY_DOMAIN_NAME: "owner", OS_DELEGATED_PROJECT: "eu-de" });
    assert.deepEqual(said(), [
      "metadata by nobody",
      "domains by ISSUED1",
      "agencyKey by ISSUED1",
      "projects by ISSUED2",
      "service by ISSUED2",
    ]);
  });

  for (const [what, environment, config, project] of [
    ["the environment's", { ...keys, ...byId, HW_PROJECT_ID: "p" }, {}, targetProject],
    ["a configuration's", { ...keys, ...byId }, { "vpcep:projectId": "p-of-config" }, "p-of-config"],
  ] as const) {
    it(`asks in ${project} where ${what} project is set`, async () => {
      await lookUp(environment, config);
      assert.equal(server.only("service").path, `/v1/${project}/vpc-endpoint-services/${id}`);
    });
  }

  it("asks IAM for the delegated project by its name", async () => {
    const os = {
      OS_ACCESS_KEY: sourceKey.accessKey,
      OS_SECRET_KEY: sourceKey.secretKey,
      OS_PROJECT_NAME: "eu-de_own",
    };
    const role = {
      OS_AGENCY_NAME: "reader",
      OS_AGENCY_DOMAIN_NAME: "owner",
      OS_DELEGATED_PROJECT: "eu-de_team",
    };
    const error = await errorOf(lookUp({ ...os, ...role }));
    assert.equal(server.only("projects").path, "/v3/projects?name=eu-de_team");
    assert.match(
      error.message,
      /knows no project named "eu-de_team" for the credential from the agency "reader" of the account "owner", assumed by OS_ACCESS_KEY, OS_SECRET_KEY\./,
    );
  });

  describe("of an unknown caller", () => {
    it("is asked of STS where IAM lists none", async () => {
      server.answers.set("domains", { status: 200, body: { domains: [], links: {} } });
      await lookUp({ ...keys, ...byName });
      assert.deepEqual(said().slice(0, 3), [
        "domains by SOURCEKEY",
        "callerIdentity by SOURCEKEY",
        "agencyKey by SOURCEKEY",
      ]);
      assert.equal(server.only("agencyKey").headers["x-domain-id"], callerId);
    });

    it("is not asked of an STS of another cloud than the IAM that is set", async () => {
      server.answers.set("domains", { status: 200, body: { domains: [], links: {} } });
      const elsewhere = { "vpcep:region": "cn-north-4", "vpcep:stsUrl": "", "vpcep:projectId": "p" };
      await lookUp({ ...keys, ...byName }, elsewhere);
      assert.deepEqual(said(), ["domains by SOURCEKEY", "agencyKey by SOURCEKEY", "service by ISSUED1"]);
      assert.equal(server.only("agencyKey").headers["x-domain-id"], undefined);
      const { message } = await errorOf(lookUp({ ...keys, ...byId }, elsewhere));
      assert.match(
        message,
        /: The address of STS is not set, and would be sts\.cn-north-4\.myhuaweicloud\.com, while VPCEP_ENDPOINT names /,
      );
      assert.equal(server.calls.length, 3);
    });

    it("goes without where nobody tells", async () => {
      server.answers.set("domains", {
        status: 403,
        body: { error: { code: 403, message: "no", title: "Forbidden" } },
      });
      await lookUp({ ...keys, ...byName });
      assert.equal(server.only("agencyKey").headers["x-domain-id"], undefined);
      assert.deepEqual(server.issuing, ["agencyKey"]);
    });

    for (const [call, status] of [
      ["domains", 500],
      ["domains", 408],
      ["domains", 200],
      ["callerIdentity", 503],
    ] as const) {
      it(`goes nowhere while ${call} fails with ${status}, and asks again with the next lookup`, async () => {
        const nobody = { status: 200, body: { domains: [], links: {} } };
        if (call === "callerIdentity") {
          server.answers.set("domains", nobody);
        }
        server.answers.set(call, { status, body: "down" });
        const lookups = client({ ...keys, ...byName }, { "vpcep:maxAttempts": "1" });
        const error = await errorOf(lookups.getEndpointService({ id }));
        assert.match(error.message, /cannot be assumed by the credential from .* \(hop 1 of 1\): /);
        assert.deepEqual(server.issuing, []);
        server.answers.delete(call);
        await lookups.getEndpointService({ id });
        assert.equal(server.only("agencyKey").headers["x-domain-id"], callerId);
      });
    }

    const osKeys: Values = { OS_ACCESS_KEY: sourceKey.accessKey, OS_SECRET_KEY: sourceKey.secretKey };
    const osRole: Values = { OS_AGENCY_NAME: "reader", OS_AGENCY_DOMAIN_NAME: "owner" };

    for (const [name, sent] of [
      ["OS_PROJECT_DOMAIN_ID", callerId],
      ["OS_USER_DOMAIN_ID", "set"],
      ["OS_DOMAIN_ID", "set"],
    ] as const) {
      it(`is ${sent === "set" ? "" : "not "}what ${name} says`, async () => {
        await lookUp({ ...osKeys, ...osRole, [name]: "set" });
        assert.equal(server.only("agencyKey").headers["x-domain-id"], sent);
      });
    }

    it("is named with its setting where the agency may not be assumed", async () => {
      server.answers.set("agencyKey", { status: 403, body: { error_code: "IAM.2", error_msg: "No." } });
      const error = await errorOf(lookUp({ ...osKeys, ...osRole, OS_USER_DOMAIN_ID: "default" }));
      assert.match(
        error.message,
        /and name its account in the agency; its account is "default", by OS_USER_DOMAIN_ID \[VPCEP_FORBIDDEN\]$/,
      );
    });

    it("is not asked where it is set beside the credential", async () => {
      await lookUp({ ...keys, ...byName, HW_DOMAIN_ID: "own-account" });
      assert.equal(server.only("agencyKey").headers["x-domain-id"], "own-account");
      assert.deepEqual(said()[0], "agencyKey by SOURCEKEY");
    });
  });

  const sources: Readonly<
    Record<string, { readonly environment: Values; readonly chain: readonly string[] }>
  > = {
    keys: { environment: keys, chain: ["assumeAgency"] },
    "a token": { environment: { HW_AUTH_TOKEN: sourceToken }, chain: ["agencyKey"] },
    "a password": { environment: password, chain: ["token", "agencyKey"] },
    metadata: { environment: {}, chain: ["metadata", "assumeAgency"] },
    "an identity token": {
      environment: {
        HW_ASSUME_ROLE_IDP_ID: "pipelines",
        ACTIONS_ID_TOKEN_REQUEST_URL: "URL/id-token?api-version=2.0",
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      },
      chain: ["gitHub", "idToken", "tokenKey", "assumeAgency"],
    },
  };
  for (const [what, { environment, chain }] of Object.entries(sources)) {
    it(`over ${what} costs 50 waiting lookups one chain of requests, at first and when it ends`, async () => {
      let elapsedMs = 0;
      const began = Date.now();
      mock.method(Date, "now", () => began + elapsedMs);
      const set = Object.fromEntries(
        Object.entries({ ...environment, ...byId }).map(([name, value]) => [
          name,
          value.replace("URL", server.url),
        ]),
      );
      const lookups = client(set);
      const all = () =>
        Promise.all(
          Array.from({ length: 50 }, (_, at) =>
            lookups.lookUp("endpointServices", { serviceId: `s-${at}` }).catch(() => {}),
          ),
        );
      await all();
      assert.deepEqual(server.issuing, chain);
      elapsedMs = hour + 1_000;
      await all();
      assert.deepEqual(server.issuing, [...chain, ...chain]);
    });
  }

  it("has a project of its own, beside the source's on one session", async () => {
    const session = openSession(undefined);
    const as = (role: Values) => {
      const environment = {
        HW_REGION_NAME: "eu-de",
        VPCEP_ENDPOINT: server.url,
        HW_AUTH_URL: server.url,
        HUAWEICLOUD_SDK_STS_ENDPOINT: server.url,
        ...keys,
        ...role,
      };
      const sources = [environmentSource(environment)];
      return new VpcepClient(resolveConfiguration({}, sources, "/nonexistent"), session);
    };
    await as({}).getEndpointService({ id });
    await as(byId).getEndpointService({ id });
    await as(byId).getEndpointService({ id });
    await session.close();
    const asked = server.calls.filter(({ name }) => name === "projects").map(({ by }) => by);
    assert.deepEqual(asked, ["SOURCEKEY", "ISSUED1"]);
    assert.deepEqual(server.issuing, ["assumeAgency"]);
  });

  it("is renewed before its key ends, and nobody waits", async () => {
    let elapsedMs = 0;
    const began = Date.now();
    mock.method(Date, "now", () => began + elapsedMs);
    const lookups = client({ ...keys, ...byId });
    await lookups.getEndpointService({ id });
    elapsedMs = hour - 240_000;
    await lookups.getEndpointService({ id });
    while (server.issuing.length < 2) {
      await sleep(5);
    }
    await sleep(20);
    elapsedMs = hour + 1;
    await lookups.getEndpointService({ id });
    assert.deepEqual(server.issuing, ["assumeAgency", "assumeAgency"]);
    assert.equal(server.calls.at(-1)?.by, "ISSUED2");
  });

  it("asks for the caller's account once, whatever is renewed", async () => {
    let elapsedMs = 0;
    const began = Date.now();
    mock.method(Date, "now", () => began + elapsedMs);
    const lookups = client({ ...keys, ...byName });
    await lookups.getEndpointService({ id });
    elapsedMs = hour + 1_000;
    await lookups.getEndpointService({ id });
    assert.deepEqual(server.issuing, ["agencyKey", "agencyKey"]);
    assert.equal(server.only("domains").by, "SOURCEKEY");
    assert.equal(server.calls.filter(({ headers }) => headers["x-domain-id"] === callerId).length, 2);
  });

  it("is assumed anew when its key is refused", async () => {
    const lookups = client({ ...keys, ...byId });
    await lookups.getEndpointService({ id });
    server.forget("ISSUED1");
    await lookups.getEndpointService({ id });
    assert.deepEqual(server.issuing, ["assumeAgency", "assumeAgency"]);
  });

  it("tells the chain of those who ask, and until when, and no secret", async () => {
    const lookups = client({ ...keys, ...byId });
    const before = lookups.credentialChain();
    await lookups.getEndpointService({ id });
    const [source, role, ...others] = lookups.credentialChain();
    assert.deepEqual(before[0], {
      who: "a key pair",
      from: "HW_ACCESS_KEY, HW_SECRET_KEY",
      expiresAt: undefined,
    });
    assert.deepEqual(source, before[0]);
    assert.equal(role?.who, `the agency "reader" of the account "${ownerId}"`);
    assert.equal(role?.from, "HW_ASSUME_ROLE_AGENCY_NAME, HW_ASSUME_ROLE_DOMAIN_ID");
    assert.equal(before[1]?.expiresAt, undefined);
    assert.ok(Math.abs((role?.expiresAt ?? 0) - Date.now() - hour) < 60_000);
    assert.deepEqual(others, []);
  });

  describe("that fails", () => {
    const begin = `Cannot read VPC endpoint service ${id} (region eu-de): `;
    const fromKeys = "the credential from HW_ACCESS_KEY, HW_SECRET_KEY";
    const host = () => new URL(server.url).host;
    const iam = (status: number, code: string, message: string) => ({
      status,
      body: { error_code: code, error_msg: message },
    });

    it("may not be assumed at IAM: says which hop, of whom, by whom", async () => {
      server.answers.set("agencyKey", iam(403, "IAM.0002", "You are not allowed."));
      const error = await errorOf(lookUp({ ...keys, ...byName }));
      assert.equal(
        error.message,
        `${begin}the agency "reader" of the account "owner" cannot be assumed by ${fromKeys} (hop 1 of 1): ${host()} answered 403 IAM.0002: You are not allowed. Give the user of ${fromKeys} the permission Agent Operator, and name its account in the agency [VPCEP_FORBIDDEN]`,
      );
    });

    it("may not be assumed at STS in the second hop, and keeps the long message of the policy to itself", async () => {
      const hops = [
        { agencyName: "first", domainName: "one" },
        { agencyName: "second", domainId: "account-2" },
      ];
      const config = {
        "vpcep:accessKey": sourceKey.accessKey,
        "vpcep:secretKey": sourceKey.secretKey,
        "vpcep:assumeRole": JSON.stringify(hops),
      };
      const { status, body } = iam(403, "STS5.1001", "Denied.");
      server.answers.set("assumeAgency", {
        status,
        body: { ...body, encoded_authorization_message: "long".repeat(100) },
      });
      const error = await errorOf(lookUp({}, config));
      const first =
        'the credential from the agency "first" of the account "one", assumed by vpcep:accessKey, vpcep:secretKey';
      assert.equal(
        error.message,
        `${begin}the agency "second" of the account "account-2" cannot be assumed by ${first} (hop 2 of 2): ${host()} answered 403 STS5.1001: Denied. Give the user of ${first} the permission sts:agencies:assume, and name its account in the trust policy of the agency [VPCEP_FORBIDDEN]`,
      );
    });

    it("does not exist", async () => {
      server.answers.set("assumeAgency", iam(404, "STS5.1001", "No such agency."));
      const error = await errorOf(lookUp({ ...keys, ...byId }));
      assert.equal(
        error.message,
        `${begin}the agency "reader" of the account "${ownerId}" cannot be assumed by ${fromKeys} (hop 1 of 1): ${host()} answered 404 STS5.1001: No such agency. Check the names of the agency and of its account: there is no such agency [VPCEP_API]`,
      );
    });

    it("is asked of a gateway that does not know STS", async () => {
      server.answers.set("assumeAgency", iam(404, "APIGW.0101", "No such API"));
      const error = await errorOf(lookUp({ ...keys, ...byId }));
      assert.match(
        error.message,
        /does not serve this call of STS: check the region and the address of STS \(vpcep:stsUrl or HUAWEICLOUD_SDK_STS_ENDPOINT\), which may be another region's \[VPCEP_API\]$/,
      );
    });

    it("has a source that is refused, which counts against the source and is not sent again", async () => {
      server.forget(sourceKey.accessKey);
      const lookups = client({ ...keys, ...byName });
      const first = await errorOf(lookups.getEndpointService({ id }));
      const refused = `${begin}the agency "reader" of the account "owner" cannot be assumed by ${fromKeys} (hop 1 of 1): ${host()} answered`;
      const step = `401 APIGW.0301: Incorrect IAM authentication information: ak not exist. Check ${fromKeys}: the access key is mistyped, disabled or deleted, the secret key is not the one that belongs to it, or both are of another cloud`;
      assert.equal(first.message, `${refused} ${step} [VPCEP_AUTH]`);
      const second = await errorOf(lookups.getEndpointService({ id }));
      assert.equal(
        second.message,
        `${refused} an earlier request with ${step}. It is not sent again for 5 minutes, since the gateway locks a key for everybody after five failures [VPCEP_AUTH]`,
      );
      assert.equal(server.calls.length, 1);
    });

    for (const [at, call, status] of [
      [1, "agencyKey", 403],
      [1, "agencyKey", 404],
      [2, "assumeAgency", 401],
      [2, "assumeAgency", 403],
      [2, "assumeAgency", 404],
    ] as const) {
      it(`is refused at hop ${at} with ${status}, and is not asked for again for five minutes`, async () => {
        // A number that five minutes cannot be added to and taken from without a rest.
        const steady = 250_000.3;
        let elapsedMs = 0;
        mock.method(performance, "now", () => steady + elapsedMs);
        const hops = [
          { agencyName: "first", domainName: "one" },
          { agencyName: "second", domainId: "account-2" },
        ];
        const lookups = client(
          {},
          {
            "vpcep:accessKey": sourceKey.accessKey,
            "vpcep:secretKey": sourceKey.secretKey,
            "vpcep:assumeRole": JSON.stringify(hops),
          },
        );
        server.answers.set(call, iam(status, "IAM.0001", "No."));
        const first = await errorOf(lookups.getEndpointService({ id }));
        const all = server.calls.length;
        for (const [elapsed, minutes] of [
          [0, "5 minutes"],
          [30_000, "5 minutes"],
          [299_000, "1 minute"],
        ] as const) {
          elapsedMs = elapsed;
          const { message, code } = await errorOf(lookups.getEndpointService({ id }));
          const said = first.message.replace(` [${code}]`, "");
          assert.equal(
            message,
            `${said}. This was answered to an earlier lookup; the role is not asked for again for ${minutes} [${code}]`,
          );
        }
        assert.equal(server.calls.length, all);
        elapsedMs = 301_000;
        server.answers.delete(call);
        await lookups.getEndpointService({ id });
      });
    }

    it("fails with 500, and is asked for again by the next lookup", async () => {
      server.answers.set("agencyKey", iam(500, "IAM.0001", "Down."));
      const lookups = client({ ...keys, ...byName }, { "vpcep:maxAttempts": "1" });
      await errorOf(lookups.getEndpointService({ id }));
      server.answers.delete("agencyKey");
      await lookups.getEndpointService({ id });
    });

    it("has a source that has expired", async () => {
      server.answers.set(
        "assumeAgency",
        iam(401, "APIGW.0301", "Incorrect IAM authentication information: token expires"),
      );
      server.accept({ ...sourceKey, securityToken: "a-session-of-before" });
      const error = await errorOf(lookUp({ ...keys, ...byId, HW_SECURITY_TOKEN: "a-session-of-before" }));
      assert.equal(error.code, "VPCEP_AUTH");
      assert.match(
        error.message,
        /cannot be assumed by the credential from HW_ACCESS_KEY, HW_SECRET_KEY, HW_SECURITY_TOKEN \(hop 1 of 1\): .* 401 .* Check the credential from HW_ACCESS_KEY, HW_SECRET_KEY, HW_SECURITY_TOKEN: it has ended, or its access key/,
      );
    });

    it("has a source that ends and is renewed first", async () => {
      let elapsedMs = 0;
      const began = Date.now();
      mock.method(Date, "now", () => began + elapsedMs);
      const lookups = client(byId);
      await lookups.getEndpointService({ id });
      server.forget("ISSUED1");
      elapsedMs = hour + 1_000;
      await lookups.getEndpointService({ id });
      assert.deepEqual(
        server.calls.filter(({ name }) => name === "assumeAgency").map(({ by }) => by),
        ["ISSUED1", "ISSUED3"],
      );
    });

    const iamAddress = "the address of IAM (vpcep:authUrl or HW_AUTH_URL)";
    const stsAddress =
      "the address of STS (vpcep:stsUrl or HUAWEICLOUD_SDK_STS_ENDPOINT), which may be another region's";
    const hops = '[{"agencyName":"a","domainName":"one"},{"agencyName":"b","domainId":"two"}]';
    const chain = { "vpcep:accessKey": "SOURCEKEY", "vpcep:secretKey": sourceKey.secretKey };
    const byPassword = {
      "vpcep:userName": "u",
      "vpcep:password": "a-password",
      "vpcep:domainName": "caller",
    };
    for (const [call, source, asked, address] of [
      [
        "domains",
        chain,
        "the id of the account that asks, with the credential from vpcep:accessKey, vpcep:secretKey (hop 1 of 2)",
        iamAddress,
      ],
      [
        "agencyKey",
        chain,
        'the key of the agency "a" of the account "one", with the credential from vpcep:accessKey, vpcep:secretKey (hop 1 of 2)',
        iamAddress,
      ],
      [
        "assumeAgency",
        chain,
        'the key of the agency "b" of the account "two", with the credential from the agency "a" of the account "one", assumed by vpcep:accessKey, vpcep:secretKey (hop 2 of 2)',
        stsAddress,
      ],
      ["token", byPassword, "the token for vpcep:userName, vpcep:password, vpcep:domainName", iamAddress],
      ["projects", chain, "the project's id", iamAddress],
    ] as const) {
      it(`is silent at ${call} until a lookup's time ends: says what is asked, and the address of whom`, async () => {
        const { host } = new URL(server.url);
        server.silentAt = call;
        const config = { ...source, "vpcep:assumeRole": hops, "vpcep:timeoutMs": "500" };
        const lookups = client({}, config);
        const errors = await Promise.all(
          [1, 2].map((at) => errorOf(lookups.getEndpointService({ id: `s-${at}` }))),
        );
        for (const [at, { message }] of errors.entries()) {
          // The source's own time ends with the lookup's: either may be the first to say so.
          const said = message.replace(/the agency .*\(hop 1 of 2\): (?=no answer within)/, "");
          assert.equal(
            said,
            `Cannot read VPC endpoint service s-${at + 1} (region eu-de): no answer within 0.5 s, while waiting for ${host}, which is asked for ${asked}. Check the region, ${address} and the proxy settings, and that this machine can reach ${host} [VPCEP_TIMEOUT]`,
          );
        }
      });
    }

    it("waits for its source to be issued anew: says whom that asks", async () => {
      const lookups = client({ ...password, ...byName }, { "vpcep:timeoutMs": "500" });
      await lookups.getEndpointService({ id });
      for (const call of ["service", "agencyKey"] as const) {
        server.answers.set(call, iam(401, "APIGW.0307", "refused"));
      }
      server.silentAt = "token";
      const { message } = await errorOf(lookups.getEndpointService({ id }));
      const { host } = new URL(server.url);
      const from = Object.keys(password).join(", ");
      const waits = `while waiting for ${host}, which is asked for the token for ${from}`;
      assert.ok(
        message.includes(`(region eu-de, project ${targetProject}): no answer within 0.5 s, ${waits}. `),
        message,
      );
    });

    it("has no source", async () => {
      server.answers.set("metadata", { status: 404, body: "" });
      const error = await errorOf(lookUp(byId));
      assert.match(
        error.message,
        /: the agency "reader" of the account "\w+" cannot be assumed by the credential from the server's metadata \(hop 1 of 1\): No credential found; .*\(this server has no agency\)/,
      );
    });

    it("is answered with half a key, of which nothing is shown", async () => {
      server.answers.set("assumeAgency", {
        status: 200,
        body: {
          credentials: { access_key_id: "HALFKEY", secret_access_key: "half a secret", expiration: 1 },
        },
      });
      const error = await errorOf(lookUp({ ...keys, ...byId }));
      assert.equal(error.code, "VPCEP_RESPONSE");
      assert.match(
        error.message,
        /\(hop 1 of 1\): the answer of 127\.0\.0\.1:\d+ cannot be used: credentials\./,
      );
      assert.doesNotMatch(error.message, /half a secret|HALFKEY/);
    });

    it("shows no key that was issued, whoever writes it", async () => {
      server.answers.set(
        "service",
        iam(403, "EndPoint.0004", "who: issued-secret-key-1 issued-security-token-1 source-secret-key"),
      );
      const error = await errorOf(lookUp({ ...keys, ...byId }));
      assert.match(error.message, /EndPoint\.0004: who: \[redacted\] \[redacted\] \[redacted\]\. /);
    });
  });
});
