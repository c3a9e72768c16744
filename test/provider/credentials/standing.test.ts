// Proves what a credential costs the cloud: tokens and projects asked for once, a refused key sent once, a wrong clock
// corrected once.
import assert from "node:assert/strict";
import { VpcepClient } from "../../../provider/client/client";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { read } from "../../../provider/dynamic/read";
import { openSession } from "../../../provider/requests/session";
import { configurationSource, environmentSource } from "../../../provider/settings/families";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { clientOf, errorOf, stackConfig, type Values } from "./clients";

const { key, projectId, token, user } = emulatorDefaults;
const sample = JSON.parse(sampleEndpointService) as object;
const ids = Array.from({ length: 1_000 }, (_, index) => `service-${index}`);
const password: Values = {
  HW_USER_NAME: user.userName,
  HW_USER_PASSWORD: user.password,
  HW_DOMAIN_NAME: user.domainName,
};
const keys: Values = { HW_ACCESS_KEY: key.accessKey, HW_SECRET_KEY: key.secretKey };

describe("the standing of a credential", () => {
  let emulator: Emulator;
  let now: number;

  beforeEach(async () => {
    now = Date.now();
    emulator = await startEmulator({
      services: ids.map((id) => ({ ...sample, id })),
      now: () => now,
      tokenLifetimeMs: 3_600_000,
    });
  });

  afterEach(async () => {
    await emulator.close();
  });

  function client(environment: Values, config: Values = {}) {
    return clientOf(config, {
      HW_REGION_NAME: "eu-de",
      VPCEP_ENDPOINT: emulator.url,
      HW_AUTH_URL: `${emulator.url}/v3`,
      ...environment,
    });
  }

  function count(path: string): number {
    return emulator.requests.filter((request) => request.path.startsWith(path)).length;
  }

  function refusals(): number {
    return emulator.requests.filter(({ status }) => status === 401).length;
  }

  it("costs two hundred lookups by password one token, and no call for the project", async () => {
    const lookups = client(password);
    await Promise.all(ids.slice(0, 200).map((id) => lookups.getEndpointService({ id })));
    await lookups.close();
    assert.equal(count("/v3/auth/tokens"), 1);
    assert.equal(count("/v3/projects"), 0);
    assert.equal(count("/v1/"), 200);
    const bodies = emulator.requests.filter(({ body }) => body !== "");
    assert.deepEqual(
      bodies.map(({ body }) => (JSON.parse(body) as { auth: { scope: unknown } }).auth.scope),
      [{ project: { name: "eu-de" } }],
    );
  });

  it("costs two hundred lookups by key one call for the project", async () => {
    const lookups = client(keys);
    await Promise.all(ids.slice(0, 200).map((id) => lookups.getEndpointService({ id })));
    await lookups.close();
    assert.equal(count("/v3/projects"), 1);
    assert.equal(count("/v1/"), 200);
  });

  it("renews a token that has expired once, however many lookups wait for it", async () => {
    const lookups = client(password);
    await lookups.getEndpointService({ id: "service-0" });
    const [issued] = emulator.requests.flatMap(({ headers }) => headers["x-auth-token"] ?? []);
    emulator.revokeToken(String(issued));
    emulator.reset();
    await Promise.all(ids.slice(0, 100).map((id) => lookups.getEndpointService({ id })));
    await lookups.close();
    assert.equal(count("/v3/auth/tokens"), 1);
  });

  it("renews once and no more after a 401", async () => {
    const lookups = client(password);
    emulator.reply(({ path }) =>
      path.startsWith("/v1/")
        ? { status: 401, body: { error_code: "APIGW.0307", error_msg: "The token must be updated." } }
        : undefined,
    );
    const error = await errorOf(lookups.getEndpointService({ id: "service-0" }));
    await lookups.close();
    assert.equal(error.code, "VPCEP_AUTH");
    assert.equal(count("/v3/auth/tokens"), 2);
    assert.equal(count("/v1/"), 2);
  });

  it("costs two hundred lookups by a wrong password one refusal", async () => {
    const lookups = client({ ...password, HW_USER_PASSWORD: "wrong-password" });
    const errors = await Promise.all(
      ids.slice(0, 200).map((id) => errorOf(lookups.getEndpointService({ id }))),
    );
    await lookups.close();
    assert.ok(errors.every(({ code }) => code === "VPCEP_AUTH"));
    assert.equal(emulator.requests.length, 1);
    assert.match(
      errors[7]?.message ?? "",
      /^Cannot read VPC endpoint service service-7 \(region eu-de\): 127\.0\.0\.1:\d+ answered 401 The username or password is wrong \(request id \w+\)\. Check the credential from HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME: /,
    );
  });

  it("costs a thousand lookups by a wrong key one refusal, whatever projects they ask for", async () => {
    const config = stackConfig({
      "vpcep:region": "eu-de",
      "vpcep:endpoint": emulator.url,
      "vpcep:authUrl": emulator.url,
      "vpcep:accessKey": key.accessKey,
      "vpcep:secretKey": "wrong-secret-key",
    });
    const errors = await Promise.all(
      ids.map((id, index) => errorOf(read(id, index % 2 === 0 ? { projectId } : {}, config))),
    );
    assert.ok(errors.every(({ code }) => code === "VPCEP_AUTH"));
    assert.equal(refusals(), 1);
    assert.equal(emulator.requests.length, 1);
    assert.match(errors[0]?.message ?? "", / answered 401 APIGW\.0301/);
    assert.match(
      errors[999]?.message ?? "",
      / answered an earlier request with 401 APIGW\.0301.*\. It is not sent again for 5 minutes, since the gateway locks a key for everybody after five failures \[VPCEP_AUTH\]$/,
    );
  });

  it("does not hold a password back that was taken, when it is refused for a project of its own", async () => {
    const config = stackConfig({
      "vpcep:region": "eu-de",
      "vpcep:endpoint": emulator.url,
      "vpcep:authUrl": emulator.url,
      "vpcep:userName": user.userName,
      "vpcep:password": user.password,
      "vpcep:domainName": user.domainName,
    });
    await read("service-1", { projectId }, config);
    const error = await errorOf(read("service-2", { projectId: "typo" }, config));
    assert.match(error.message, / or the user has no access to the project \[VPCEP_AUTH\]$/);
    assert.equal((await read("service-3", {}, config)).props?.["serviceId"], "service-3");
  });

  it("tells lookups that wait for the first one what that one has met", async () => {
    const lookups = client(
      { ...keys, HW_PROJECT_ID: projectId },
      { "vpcep:timeoutMs": "400", "vpcep:attemptTimeoutMs": "150" },
    );
    emulator.reply(() => ({ delayMs: 2_000 }));
    const errors = await Promise.all(
      ids.slice(0, 20).map((id) => errorOf(lookups.getEndpointService({ id }))),
    );
    await lookups.close();
    assert.ok(errors.every(({ code }) => code === "VPCEP_TIMEOUT"));
    assert.match(
      errors[19]?.message ?? "",
      /: 127\.0\.0\.1:\d+ gave no whole answer within 0\.[14] s, while waiting for the answer to begin, to another lookup that tried the credential before this one was sent\. Check that this machine can reach 127\.0\.0\.1:\d+\. If it answers others, those lookups hang and hold up all that use the credential: run them apart \[VPCEP_TIMEOUT\]$/,
    );
  });

  it("tells one whose time ends while the first one is still silent that its host may be well", async () => {
    const place = { ...keys, HW_PROJECT_ID: projectId };
    const session = openSession(undefined);
    const [patient, hasty] = ["60000", "150"].map((timeoutMs) => {
      const environment = { HW_REGION_NAME: "eu-de", VPCEP_ENDPOINT: emulator.url, ...place };
      const sources = [configurationSource((name) => (name === "vpcep:timeoutMs" ? timeoutMs : undefined))];
      return new VpcepClient(
        resolveConfiguration({}, [...sources, environmentSource(environment)], "/nonexistent"),
        session,
      );
    });
    emulator.reply(() => ({ breakOff: { by: "silence" } }));
    const first = patient?.getEndpointService({ id: "service-0" }).catch(() => {});
    const { host } = new URL(emulator.url);
    await assert.rejects(hasty?.getEndpointService({ id: "service-1" }) ?? Promise.resolve(), {
      message: `Cannot read VPC endpoint service service-1 (region eu-de, project ${projectId}): no answer within 0.1 s, while waiting for another lookup to try the credential. Check that this machine can reach ${host}. If it answers others, those lookups hang and hold up all that use the credential: run them apart [VPCEP_TIMEOUT]`,
    });
    await session.close();
    await first;
  });

  it("tries a key one request at a time until the server has judged it", async () => {
    const lookups = client({ ...keys, HW_PROJECT_ID: projectId });
    let running = 0;
    let most = 0;
    emulator.reply(async () => {
      running++;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      return { status: 503, body: {} };
    });
    await Promise.all(ids.slice(0, 10).map((id) => errorOf(lookups.getEndpointService({ id }))));
    await lookups.close();
    assert.equal(most, 1);
  });

  for (const minutes of [20, -20]) {
    it(`corrects a clock that is ${Math.abs(minutes)} minutes ${minutes > 0 ? "behind" : "ahead"} with one more request`, async () => {
      now += minutes * 60_000;
      const lookups = client({ ...keys, HW_PROJECT_ID: projectId });
      assert.equal((await lookups.getEndpointService({ id: "service-1" })).serviceId, "service-1");
      assert.equal(emulator.requests.length, 2);
      await lookups.getEndpointService({ id: "service-2" });
      await lookups.close();
      assert.equal(emulator.requests.length, 3);
    });
  }

  it("corrects a clock once for IAM and VPCEP and all lookups that run at the same time", async () => {
    now += 1_200_000;
    const lookups = client(keys);
    await Promise.all(ids.slice(0, 8).map((id) => lookups.getEndpointService({ id })));
    await lookups.close();
    assert.equal(refusals(), 1);
    assert.equal(count("/v3/projects"), 2);
    assert.equal(count("/v1/"), 8);
  });

  it("says so when the corrected clock does not help", async () => {
    const lookups = client({ ...keys, HW_PROJECT_ID: projectId });
    const late = new Date(Date.now() + 1_200_000).toISOString().replaceAll(/[-:]|\.\d+/g, "");
    emulator.reply(() => ({
      status: 401,
      body: {
        error_code: "APIGW.0301",
        error_msg: `signature expired, signature time:x,server time:${late}`,
      },
    }));
    const error = await errorOf(lookups.getEndpointService({ id: "service-1" }));
    await lookups.close();
    assert.equal(emulator.requests.length, 2);
    assert.match(
      error.message,
      /Set this machine's clock: it is 20 minutes behind the server's, and a signature corrected by that was refused too \[VPCEP_AUTH\]$/,
    );
  });

  it("asks IAM for a project by the name that is given, and never makes one", async () => {
    const lookups = client({ HW_AUTH_TOKEN: token, HW_PROJECT_NAME: "eu-de_sub" });
    const none = await errorOf(lookups.getEndpointService({ id: "service-1" }));
    await lookups.close();
    assert.match(
      none.message,
      /127\.0\.0\.1:\d+ knows no project named "eu-de_sub" for the credential from HW_AUTH_TOKEN\. Set vpcep:projectId or HW_PROJECT_ID, or the project's name as vpcep:projectName or HW_PROJECT_NAME \[VPCEP_CONFIG\]$/,
    );
    emulator.set({ projects: [projectId, "second"].map((id) => ({ id, name: "eu-de_sub" })) });
    const again = client({ HW_AUTH_TOKEN: token, HW_PROJECT_NAME: "eu-de_sub" });
    const several = await errorOf(again.getEndpointService({ id: "service-1" }));
    await again.close();
    assert.match(
      several.message,
      new RegExp(`knows 2 projects named "eu-de_sub": ${projectId}, second\\. .*\\[VPCEP_AMBIGUOUS\\]$`),
    );
    assert.ok(emulator.requests.every(({ method }) => method === "GET"));
  });

  it("uses a key that has changed in the environment from the next client on", async () => {
    for (const secret of ["t-old", "t-new"]) {
      emulator.reset();
      const lookups = client({ HW_AUTH_TOKEN: secret, HW_PROJECT_ID: projectId });
      await errorOf(lookups.getEndpointService({ id: "service-1" }));
      await lookups.close();
      assert.equal(emulator.requests[0]?.headers["x-auth-token"], secret);
    }
  });
});
