// Proves over real sockets how an identity token becomes a credential: where it comes from, who takes it, and what is said
// when nobody does. No request but the exchange ever has it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { VpcepClient } from "../../../provider/client/client";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { openSession } from "../../../provider/requests/session";
import {
  configurationFamily,
  configurationSource,
  environmentKey,
  environmentSource,
} from "../../../provider/settings/families";
import { clientOf, errorOf, type Values } from "./clients";
import { documented, IdentityServer, idToken, requestToken } from "./identityServer";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const hour = 3_600_000;
const { provider_urn: providerUrn, agency_urn: agencyUrn } = documented.assumeWithOidc.request.body;
const begin = `Cannot read VPC endpoint service ${id} (region eu-de): `;

/** An identity token that says when it ends. */
function tokenUntil(seconds: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part({ exp: seconds, sub: "repo:o/r" })}.c2ln`;
}

describe("an identity token", () => {
  let server: IdentityServer;
  let folder: string;
  const clients: ReturnType<typeof clientOf>[] = [];
  const servers: IdentityServer[] = [];

  beforeEach(async () => {
    server = await new IdentityServer().start();
    folder = mkdtempSync(join(tmpdir(), "oidc-"));
  });

  afterEach(async () => {
    mock.restoreAll();
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all([server, ...servers.splice(0)].map((each) => each.close()));
    rmSync(folder, { recursive: true });
  });

  function client(environment: Values, oidc?: object, config: Values = {}) {
    const made = clientOf(
      {
        "vpcep:authUrl": server.url,
        "vpcep:stsUrl": server.url,
        ...config,
        ...(oidc ? { "vpcep:oidc": JSON.stringify(oidc) } : {}),
      },
      {
        HW_REGION_NAME: "eu-de",
        VPCEP_ENDPOINT: server.url,
        VPCEP_METADATA_ENDPOINT: server.url,
        ...environment,
      },
    );
    clients.push(made);
    return made;
  }

  const lookUp = (environment: Values, oidc?: object) => client(environment, oidc).getEndpointService({ id });
  const gitHub = (): Values => ({
    ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/id-token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
  });
  const inFile = (text: string) => {
    const path = join(folder, "token");
    writeFileSync(path, text);
    return path;
  };

  it("is exchanged at IAM for a token of the project, without any other authentication", async () => {
    await lookUp({ HW_ASSUME_ROLE_IDP_ID: "pipelines", HW_ASSUME_ROLE_ID_TOKEN: idToken });
    assert.deepEqual(
      server.calls.map(({ name, by }) => `${name} by ${by}`),
      ["idToken by nobody", "service by issued-token-1"],
    );
    const { body, headers, path } = server.only("idToken");
    assert.deepEqual(body, documented.idToken.request.body);
    assert.equal(path, documented.idToken.request.path);
    assert.equal(headers["x-idp-id"], documented.idToken.request.headers["x-idp-id"]);
    assert.equal(headers["authorization"], undefined);
    assert.equal(server.only("service").path, `/v1/project-of-the-token/vpc-endpoint-services/${id}`);
  });

  it("is exchanged for the project that is set", async () => {
    await lookUp({
      HW_ASSUME_ROLE_IDP_ID: "pipelines",
      HW_ASSUME_ROLE_ID_TOKEN: idToken,
      HW_PROJECT_ID: "p",
    });
    assert.deepEqual((server.only("idToken").body as { auth: { scope: object } }).auth.scope, {
      project: { id: "p" },
    });
  });

  it("is exchanged at STS for the key of an agency", async () => {
    await lookUp({}, { providerUrn, agencyUrn, idToken });
    assert.deepEqual(
      server.calls.map(({ name, by }) => `${name} by ${by}`),
      ["assumeWithOidc by nobody", "projects by ISSUED1", "service by ISSUED1"],
    );
    const { body, path } = server.only("assumeWithOidc");
    assert.deepEqual(body, documented.assumeWithOidc.request.body);
    assert.equal(path, documented.assumeWithOidc.request.path);
  });

  it("is read anew from its file at each exchange, without what editors leave around it", async () => {
    let elapsedMs = 0;
    const began = Date.now();
    mock.method(Date, "now", () => began + elapsedMs);
    const path = inFile("first.token.here\r\n");
    const lookups = client({ HUAWEICLOUD_SDK_IDP_ID: "pipelines", HUAWEICLOUD_SDK_ID_TOKEN_FILE: path });
    await lookups.getEndpointService({ id });
    inFile("\n second.token.here \n");
    elapsedMs = hour + 1_000;
    await lookups.getEndpointService({ id });
    const sent = server.calls.flatMap(({ name, body }) =>
      name === "idToken" ? (body as { auth: { id_token: { id: string } } }).auth.id_token.id : [],
    );
    assert.deepEqual(sent, ["first.token.here", "second.token.here"]);
  });

  it("comes from the variable that a setting names", async () => {
    await lookUp(
      { GITLAB_TOKEN_FOR_IT: idToken },
      { idpId: "pipelines", idTokenVariable: "GITLAB_TOKEN_FOR_IT" },
    );
    assert.deepEqual(server.issuing, ["idToken"]);
  });

  it("is asked of GitHub Actions for an audience, whenever one is needed", async () => {
    let elapsedMs = 0;
    const began = Date.now();
    mock.method(Date, "now", () => began + elapsedMs);
    const lookups = client(gitHub(), { idpId: "pipelines", audience: "vpcep & more" });
    await lookups.getEndpointService({ id });
    elapsedMs = hour + 1_000;
    await lookups.getEndpointService({ id });
    const asked = server.calls.filter(({ name }) => name === "gitHub");
    assert.deepEqual(
      asked.map(({ path, headers }) => [path, headers["authorization"]]),
      Array(2).fill(["/id-token?api-version=2.0&audience=vpcep%20%26%20more", `bearer ${requestToken}`]),
    );
  });

  for (const [query, path] of [
    ["", "/id-token?audience=a"],
    ["?", "/id-token?audience=a"],
    ["?x=1", "/id-token?x=1&audience=a"],
  ] as const) {
    it(`joins its audience to ${JSON.stringify(query)}`, async () => {
      const url = `${server.url}/id-token${query}`;
      await lookUp({ ...gitHub(), ACTIONS_ID_TOKEN_REQUEST_URL: url }, { idpId: "p", audience: "a" });
      assert.equal(server.only("gitHub").path, path);
    });
  }

  it("is of GitHub's own audience where none is set", async () => {
    await lookUp({ ...gitHub(), HUAWEICLOUD_SDK_IDP_ID: "pipelines" });
    assert.equal(server.only("gitHub").path, "/id-token?api-version=2.0");
  });

  it("costs 50 waiting lookups one exchange, at first and when what it gave ends", async () => {
    let elapsedMs = 0;
    const began = Date.now();
    mock.method(Date, "now", () => began + elapsedMs);
    const lookups = client(gitHub(), { providerUrn, agencyUrn });
    const all = () =>
      Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          lookups.lookUp("endpointServices", { serviceId: `s-${at}` }).catch(() => {}),
        ),
      );
    await all();
    elapsedMs = hour + 1_000;
    await all();
    const once = ["gitHub", "assumeWithOidc"];
    assert.deepEqual(server.issuing, [...once, ...once]);
  });

  it("is a secret from the beginning, as is what buys it", () => {
    const secretsOf = (environment: Values, oidc: object) => {
      const sources = [configurationSource(() => undefined), environmentSource(environment)];
      const all = [
        [
          configurationFamily(
            "",
            () => undefined,
            "client",
            (name) => (name === "oidc" ? oidc : undefined),
          ),
        ],
        ...sources,
      ];
      return resolveConfiguration({ region: "eu-de" }, all, "/nonexistent", environment).secrets;
    };
    assert.deepEqual(secretsOf(gitHub(), { idpId: "p" }), [requestToken]);
    const [before, after] = ["one", "two"].map((token) =>
      environmentKey({ ...gitHub(), ACTIONS_ID_TOKEN_REQUEST_TOKEN: token }, []),
    );
    assert.notEqual(before, after);
    assert.deepEqual(secretsOf({ MINE: `${idToken}\n` }, { idpId: "p", idTokenVariable: "MINE" }), [idToken]);
  });

  it("is exchanged once for each project, for all clients of a session that ask there", async () => {
    const session = openSession(undefined);
    const at = (projectId: string) => {
      const environment = {
        HW_REGION_NAME: "eu-de",
        VPCEP_ENDPOINT: server.url,
        HW_AUTH_URL: server.url,
        HW_ASSUME_ROLE_IDP_ID: "pipelines",
        HW_ASSUME_ROLE_ID_TOKEN: idToken,
        HW_PROJECT_ID: projectId,
      };
      const configuration = resolveConfiguration(
        {},
        [environmentSource(environment)],
        "/nonexistent",
        environment,
      );
      return new VpcepClient(configuration, session).getEndpointService({ id });
    };
    await Promise.all(["p", "q", "p"].map(at));
    await session.close();
    assert.deepEqual(
      server.calls
        .map(({ name, by, path }) => [name, by, path.split("/")[2]])
        .filter(([name]) => name === "service")
        .map(([, , project]) => project)
        .sort(),
      ["p", "p", "q"],
    );
    assert.deepEqual(server.issuing, ["idToken", "idToken"]);
  });

  it("is waited for at the host that has it, then at the one that takes it", async () => {
    const taker = await new IdentityServer().start();
    servers.push(taker);
    let elapsedMs = 0;
    const began = Date.now();
    mock.method(Date, "now", () => began + elapsedMs);
    const lookups = client(
      { ...gitHub(), VPCEP_ENDPOINT: taker.url },
      { idpId: "pipelines" },
      { "vpcep:authUrl": taker.url, "vpcep:timeoutMs": "600" },
    );
    const hostOf = ({ url }: IdentityServer) => new URL(url).host;
    taker.silentAt = "idToken";
    const atTaker = await errorOf(lookups.getEndpointService({ id }));
    assert.ok(
      atTaker.message.endsWith(
        `no answer within 0.6 s, while waiting for ${hostOf(taker)}, which is asked for what the identity token of GitHub Actions is exchanged for. Check the region, the address of IAM (vpcep:authUrl or HW_AUTH_URL) and the proxy settings, and that this machine can reach ${hostOf(taker)} [VPCEP_TIMEOUT]`,
      ),
      atTaker.message,
    );
    taker.silentAt = undefined;
    // The first one may still wait for the exchange that has failed.
    await lookups.getEndpointService({ id }).catch(() => lookups.getEndpointService({ id }));
    elapsedMs = hour + 1_000;
    server.silentAt = "gitHub";
    const atGitHub = await errorOf(lookups.getEndpointService({ id }));
    assert.ok(
      atGitHub.message.endsWith(
        `no answer within 0.6 s, while waiting for ${hostOf(server)}, which is asked for the identity token of the job. Check ACTIONS_ID_TOKEN_REQUEST_URL and the proxy settings, and that this machine can reach ${hostOf(server)} [VPCEP_TIMEOUT]`,
      ),
      atGitHub.message,
    );
  });

  it("and what it is exchanged for are in no error, whoever writes them", async () => {
    const said = `${idToken} issued-token-1 ${requestToken}`;
    server.answers.set("service", { status: 403, body: { error_code: "EndPoint.0004", error_msg: said } });
    const error = await errorOf(lookUp({}, { idpId: "pipelines", idTokenFile: inFile(`${idToken}\n`) }));
    assert.ok(
      error.message.includes(`EndPoint.0004: [redacted] [redacted] ${requestToken}. `),
      error.message,
    );
  });

  describe("that is refused", () => {
    const host = () => new URL(server.url).host;

    it("by IAM says what of it is checked", async () => {
      server.answers.set("idToken", {
        status: 401,
        body: { error_code: "IAM.0001", error_msg: `The token ${idToken} is not trusted.` },
      });
      const error = await errorOf(lookUp(gitHub(), { idpId: "pipelines" }));
      assert.equal(
        error.message,
        `${begin}${host()} answered 401 IAM.0001: The token [redacted] is not trusted. Check that the identity provider pipelines takes its issuer and audience, and that its rules map its subject to a group with the permissions [VPCEP_AUTH]`,
      );
    });

    it("by STS says what of it is checked", async () => {
      server.answers.set("assumeWithOidc", {
        status: 403,
        body: {
          error_code: "STS5.1001",
          error_msg: "Denied.",
          encoded_authorization_message: "x".repeat(500),
        },
      });
      const error = await errorOf(lookUp({}, { providerUrn, agencyUrn, idToken }));
      assert.equal(
        error.message,
        `${begin}${host()} answered 403 STS5.1001: Denied. Check that the trust policy of ${agencyUrn} takes its issuer, audience and subject [VPCEP_FORBIDDEN]`,
      );
    });

    it("by IAM that does not know the provider", async () => {
      server.answers.set("idToken", {
        status: 404,
        body: { error_code: "IAM.0004", error_msg: "Could not find it." },
      });
      const error = await errorOf(lookUp({}, { idpId: "pipelines", idToken }));
      assert.equal(
        error.message,
        `${begin}${host()} answered 404 IAM.0004: Could not find it. Check the identity provider's id: there is no pipelines [VPCEP_API]`,
      );
    });

    it("is not sent again, but another one is", async () => {
      server.answers.set("idToken", { status: 401, body: { error_code: "IAM.0001", error_msg: "No." } });
      const lookups = client({}, { idpId: "pipelines", idTokenFile: inFile("an.old.token") });
      await errorOf(lookups.getEndpointService({ id }));
      await errorOf(lookups.getEndpointService({ id }));
      assert.deepEqual(server.issuing, ["idToken"]);
      server.answers.delete("idToken");
      inFile("a.new.token");
      await lookups.getEndpointService({ id });
    });

    it("and has ended tells when", async () => {
      server.answers.set("idToken", { status: 401, body: { error_code: "IAM.0001", error_msg: "No." } });
      const ended = tokenUntil(Date.UTC(2026, 0, 2, 3, 4, 5) / 1_000);
      const error = await errorOf(
        lookUp({ HW_ASSUME_ROLE_IDP_ID: "pipelines", HW_ASSUME_ROLE_ID_TOKEN: ended }),
      );
      assert.equal(
        error.message,
        `${begin}the identity token of HW_ASSUME_ROLE_ID_TOKEN ended at 2026-01-02T03:04:05.000Z; let the pipeline issue another one: ${host()} answered 401 IAM.0001: No. Check that the identity provider pipelines takes its issuer and audience, and that its rules map its subject to a group with the permissions [VPCEP_AUTH]`,
      );
    });

    it("and lives on says nothing of an end", async () => {
      server.answers.set("idToken", { status: 401, body: { error_code: "IAM.0001", error_msg: "No." } });
      const living = tokenUntil(Date.now() / 1_000 + 60);
      const error = await errorOf(lookUp({}, { idpId: "pipelines", idToken: living }));
      assert.doesNotMatch(error.message, /ended/);
    });
  });

  describe("that cannot be had", () => {
    const cases: readonly {
      readonly name: string;
      readonly environment?: () => Values;
      readonly oidc?: () => object;
      readonly config?: Values;
      readonly message: RegExp;
    }[] = [
      {
        name: "from an empty file",
        oidc: () => ({ idpId: "p", idTokenFile: inFile(" \r\n") }),
        message: /: The identity token is empty: .*token \(vpcep:oidc\.idTokenFile\) \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from a file with two lines",
        oidc: () => ({ idpId: "p", idTokenFile: inFile("secret.one\nsecret.two\n") }),
        message:
          /: The identity token holds a space, a line break or another character that none has: .*token \(vpcep:oidc\.idTokenFile\) \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from a file with a token that is too long",
        oidc: () => ({ idpId: "p", idTokenFile: inFile(`${"t".repeat(65_537)}\n`) }),
        message:
          /: The identity token is longer than 65536 characters: .*token \(vpcep:oidc\.idTokenFile\) \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from a file that is too large",
        oidc: () => ({ idpId: "p", idTokenFile: inFile("t".repeat(131_073)) }),
        message:
          /: The file of the identity token, .*token \(vpcep:oidc\.idTokenFile\), is larger than 131072 bytes \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from a device",
        oidc: () => ({ idpId: "p", idTokenFile: "/dev/null" }),
        message:
          /: The file of the identity token, \/dev\/null \(vpcep:oidc\.idTokenFile\), is a pipe or a device, but is read again and again: name a file \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from a file that is not there",
        oidc: () => ({ idpId: "p", idTokenFile: "/nonexistent/token" }),
        message:
          /: The file of the identity token, \/nonexistent\/token \(vpcep:oidc\.idTokenFile\), cannot be read \(ENOENT\) \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from a variable that is not set",
        oidc: () => ({ idpId: "p", idTokenVariable: "NOBODY_HAS_SET_IT" }),
        message:
          /^The identity token is empty: NOBODY_HAS_SET_IT \(vpcep:oidc\.idTokenVariable\) \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from nowhere",
        environment: () => ({ HUAWEICLOUD_SDK_IDP_ID: "p" }),
        message:
          /^HUAWEICLOUD_SDK_IDP_ID is set, but there is no identity token: set HUAWEICLOUD_SDK_ID_TOKEN_FILE, or give the job of GitHub Actions `permissions: id-token: write`, which sets ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from two places",
        oidc: () => ({ idpId: "p", idTokenFile: "/a", idTokenVariable: "B" }),
        message:
          /^vpcep:oidc\.idTokenFile and vpcep:oidc\.idTokenVariable are set: an identity token comes from one place\. Unset all but one \[VPCEP_CONFIG\]$/,
      },
      {
        name: "for two takers",
        oidc: () => ({ idpId: "p", providerUrn, agencyUrn, idToken }),
        message:
          /^vpcep:oidc\.idpId and vpcep:oidc\.providerUrn are set: one identity token is exchanged either at IAM or at STS\. Unset one of them \[VPCEP_CONFIG\]$/,
      },
      {
        name: "for half a taker",
        oidc: () => ({ agencyUrn, idToken }),
        message:
          /^vpcep:oidc\.agencyUrn, vpcep:oidc\.idToken is set, but vpcep:oidc\.providerUrn is not: the parts of a credential are set together/,
      },
      {
        name: "for STS where the cloud has none",
        config: { "vpcep:stsUrl": "" },
        oidc: () => ({ providerUrn, agencyUrn, idToken }),
        message:
          /^vpcep:oidc\.providerUrn, vpcep:oidc\.agencyUrn, vpcep:oidc\.idToken is set, but the cloud of eu-de has no STS: set oidc\.idpId in place of oidc\.providerUrn and oidc\.agencyUrn, or name an STS with vpcep:stsUrl or HUAWEICLOUD_SDK_STS_ENDPOINT \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from GitHub with a user and a password in its address",
        environment: () => ({
          ...gitHub(),
          ACTIONS_ID_TOKEN_REQUEST_URL: "https://user:secret.one@example.com/id-token?a=1",
        }),
        oidc: () => ({ idpId: "p" }),
        message: /^ACTIONS_ID_TOKEN_REQUEST_URL must not hold a user name or a password \[VPCEP_CONFIG\]$/,
      },
      {
        name: "from GitHub by plain http elsewhere",
        environment: () => ({ ...gitHub(), ACTIONS_ID_TOKEN_REQUEST_URL: "http://example.com/id-token?a=1" }),
        oidc: () => ({ idpId: "p" }),
        message:
          /^ACTIONS_ID_TOKEN_REQUEST_URL must be https: plain http is accepted for this machine's own addresses alone \[VPCEP_CONFIG\]$/,
      },
    ];
    for (const { name, environment = () => ({}), oidc, config, message } of cases) {
      it(`${name} is said before anything is sent`, async () => {
        const error = await errorOf(async () =>
          client(environment(), oidc?.(), config).getEndpointService({ id }),
        );
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /secret\.one|secret\.two/);
        assert.equal(error.code, "VPCEP_CONFIG");
        assert.deepEqual(server.calls, []);
      });
    }

    it("from GitHub that is not there", async () => {
      const environment = { ...gitHub(), ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1:1/token" };
      const error = await errorOf(lookUp(environment, { idpId: "p" }));
      assert.match(
        error.message,
        /: GitHub Actions gave no identity token: .*127\.0\.0\.1:1.* \[VPCEP_CONNECTION\]$/,
      );
    });

    for (const [status, body, message] of [
      [
        401,
        { message: `Bad ${requestToken}` },
        /: GitHub Actions gave no identity token: 127\.0\.0\.1:\d+ answered 401\. Check that the job has `permissions: id-token: write`, and has not ended \[VPCEP_AUTH\]$/,
      ],
      [
        404,
        { message: "None" },
        /127\.0\.0\.1:\d+ answered 404\. Check that the job has `permissions: id-token: write`, and has not ended \[VPCEP_AUTH\]$/,
      ],
      [
        500,
        { message: `Down ${requestToken}` },
        /: GitHub Actions gave no identity token: 127\.0\.0\.1:\d+ answered 500\. The fault is on GitHub's side: run again later \[VPCEP_API\]$/,
      ],
      [
        429,
        { message: "Slow down" },
        /: GitHub Actions gave no identity token: 127\.0\.0\.1:\d+ answered 429\. Run again in a minute, or with fewer jobs at a time \[VPCEP_THROTTLED\]$/,
      ],
      [
        307,
        { message: "There" },
        /127\.0\.0\.1:\d+ answered 307\. Check that 127\.0\.0\.1:\d+ is GitHub's own host, and that no proxy answers in its place \[VPCEP_RESPONSE\]$/,
      ],
      [
        200,
        { value: "" },
        /: GitHub Actions gave no identity token: 127\.0\.0\.1:\d+ answered something else \[VPCEP_RESPONSE\]$/,
      ],
    ] as const) {
      it(`from GitHub, which answers ${status} ${JSON.stringify(body)}`, async () => {
        server.answers.set("gitHub", { status, body });
        const oidc = JSON.stringify({ idpId: "p" });
        const lookups = client(gitHub(), undefined, { "vpcep:oidc": oidc, "vpcep:maxAttempts": "1" });
        const error = await errorOf(lookups.getEndpointService({ id }));
        assert.match(error.message, message);
        assert.ok(!error.message.includes(requestToken));
      });
    }
  });
});
