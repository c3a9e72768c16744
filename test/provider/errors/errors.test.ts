// Proves the one mapping from answers to codes, and every sentence that a user reads.
import assert from "node:assert/strict";
import { codeOfAnswer } from "../../../provider/errors/answerCodes";
import { errorOfAnswer, errorOfProblem, errorOfTimeout } from "../../../provider/errors/answerErrors";
import { VpcepError } from "../../../provider/errors/errors";
import type { RefusedAnswer } from "../../../provider/errors/failures";
import type { FailureContext } from "../../../provider/errors/nextSteps";
import { HttpProblem } from "../../../provider/http/httpProblem";
import { everythingOf } from "../lookups";

const settingNames = {
  projectId: ["vpcep:projectId", "HW_PROJECT_ID"],
  projectName: ["vpcep:projectName", "HW_PROJECT_NAME"],
  authUrl: ["vpcep:authUrl", "HW_AUTH_URL"],
  stsUrl: ["vpcep:stsUrl", "HUAWEICLOUD_SDK_STS_ENDPOINT"],
  caFile: ["vpcep:caFile", "OS_CACERT"],
  timeoutMs: ["vpcep:timeoutMs"],
};

const context: FailureContext = {
  settingNames,
  mayBeMissing: true,
  host: "vpcep.example.com",
  api: "VPCEP",
  credentialFrom: "HW_ACCESS_KEY, HW_SECRET_KEY",
  credentialKind: "keys",
  inProject: true,
  permission: "vpcep:endpointServices:get",
  attempts: 1,
  clockDifferenceMs: 0,
  quoted: (text) => text,
};

const answer = (status: number, changes: Partial<RefusedAnswer> = {}): RefusedAnswer => ({
  status,
  errorCode: undefined,
  errorMessage: undefined,
  requestId: undefined,
  ...changes,
});

describe("VpcepError", () => {
  it("has its code in its message, and what is known beside it", () => {
    const error = new VpcepError("VPCEP_API", "It failed", {
      status: 500,
      errorCode: "EndPoint.0001",
      requestId: "r1",
      attempts: 4,
    });
    assert.ok(error instanceof Error);
    assert.deepEqual(
      { ...error, message: error.message },
      {
        name: "VpcepError",
        message: "It failed [VPCEP_API]",
        code: "VPCEP_API",
        status: 500,
        errorCode: "EndPoint.0001",
        requestId: "r1",
        attempts: 4,
      },
    );
  });

  it("knows nothing where nothing is told", () => {
    const { status, errorCode, requestId, attempts } = new VpcepError("VPCEP_CONFIG", "No region");
    assert.deepEqual([status, errorCode, requestId, attempts], [undefined, undefined, undefined, 0]);
  });

  it("has no id, which Pulumi's host would take for a resource half created", () => {
    assert.ok(!("id" in new VpcepError("VPCEP_API", "It failed", answer(500))));
  });

  it("becomes the error of a certain lookup, with everything it knows", () => {
    const error = new VpcepError("VPCEP_API", "it failed [again]", { ...answer(500), attempts: 2 });
    const about = error.reworded((what) => `Cannot read it: ${what}`);
    assert.equal(about.message, "Cannot read it: it failed [again] [VPCEP_API]");
    assert.deepEqual([about.code, about.status, about.attempts], ["VPCEP_API", 500, 2]);
    assert.equal(error.message, "it failed [again] [VPCEP_API]");
  });
});

describe("codeOfAnswer", () => {
  for (const [status, errorCode, code] of [
    [404, "EndPoint.0005", "VPCEP_NOT_FOUND"],
    [404, "endpoint.0005", "VPCEP_NOT_FOUND"],
    [404, "ENDPOINT.4008", "VPCEP_NOT_FOUND"],
    [400, "EndPoint.2003", "VPCEP_NOT_FOUND"],
    [400, "Endpoint.2003", "VPCEP_NOT_FOUND"],
    [500, "EndPoint.2003", "VPCEP_API"],
    [400, "EndPoint.0002", "VPCEP_API"],
    [400, "EndPoint.20031", "VPCEP_API"],
    [404, "APIGW.0101", "VPCEP_API"],
    [404, "APIG.0101", "VPCEP_API"],
    [404, undefined, "VPCEP_API"],
    [404, "", "VPCEP_API"],
    [404, "NotFound", "VPCEP_API"],
    [401, "APIGW.0301", "VPCEP_AUTH"],
    [401, "EndPoint.0003", "VPCEP_AUTH"],
    [401, undefined, "VPCEP_AUTH"],
    [403, "APIGW.0301", "VPCEP_AUTH"],
    [400, "APIG.0307", "VPCEP_AUTH"],
    [403, "apigw.0305", "VPCEP_AUTH"],
    [400, "APIGW.0303", "VPCEP_AUTH"],
    [403, "APIGW.0302", "VPCEP_FORBIDDEN"],
    [403, "APIGW.0306", "VPCEP_FORBIDDEN"],
    [403, "EndPoint.0004", "VPCEP_FORBIDDEN"],
    [403, undefined, "VPCEP_FORBIDDEN"],
    [429, undefined, "VPCEP_THROTTLED"],
    [429, "APIGW.0308", "VPCEP_THROTTLED"],
    [403, "APIG.0308", "VPCEP_THROTTLED"],
    [503, "apigw.0308", "VPCEP_THROTTLED"],
    [400, "EndPoint.0022", "VPCEP_THROTTLED"],
    [404, "EndPoint.0022", "VPCEP_THROTTLED"],
    [400, "XAPIGW.0308", "VPCEP_API"],
    [400, "APIGW.03081", "VPCEP_API"],
    [400, "XAPIGW.0301", "VPCEP_API"],
    [400, "APIGW.03011", "VPCEP_API"],
    [500, "EndPoint.0001", "VPCEP_API"],
    [200, undefined, "VPCEP_RESPONSE"],
    [204, undefined, "VPCEP_RESPONSE"],
    [302, undefined, "VPCEP_API"],
  ] as const) {
    it(`is ${code} for ${status} ${errorCode ?? "without a code"}`, () => {
      assert.equal(codeOfAnswer({ status, errorCode }), code);
    });
  }

  it("knows every status", () => {
    const special: Record<number, string> = {
      401: "VPCEP_AUTH",
      403: "VPCEP_FORBIDDEN",
      429: "VPCEP_THROTTLED",
    };
    for (let status = 100; status < 600; status++) {
      const expected = special[status] ?? (status >= 200 && status < 300 ? "VPCEP_RESPONSE" : "VPCEP_API");
      assert.equal(codeOfAnswer({ status, errorCode: undefined }), expected, String(status));
    }
  });
});

describe("errorOfAnswer", () => {
  const supportNeeded =
    "The fault is on the cloud's side: run again later, and give its support the request id";
  const cases: readonly (readonly [string, RefusedAnswer, Partial<FailureContext>, number, string])[] = [
    [
      "not found",
      answer(404, { errorCode: "EndPoint.0005", errorMessage: "Unavailable.", requestId: "r1" }),
      {},
      0,
      "vpcep.example.com answered 404 EndPoint.0005: Unavailable (request id r1). Check the id, and that the service is in this region and project: a service of another project is not visible here [VPCEP_NOT_FOUND]",
    ],
    [
      "a refused credential",
      answer(401, { errorCode: "APIGW.0301", errorMessage: "decrypt token fail", requestId: "r1" }),
      { attempts: 2 },
      0,
      "vpcep.example.com answered 401 APIGW.0301: decrypt token fail (request id r1, 2 attempts). Check the credential from HW_ACCESS_KEY, HW_SECRET_KEY: the access key is mistyped, disabled or deleted, the secret key is not the one that belongs to it, or both are of another cloud [VPCEP_AUTH]",
    ],
    [
      "a clock that is behind",
      answer(401, { errorCode: "APIGW.0301" }),
      { clockDifferenceMs: 20 * 60_000 },
      0,
      "vpcep.example.com answered 401 APIGW.0301. Set this machine's clock: it is 20 minutes behind the server's, and a signature corrected by that was refused too [VPCEP_AUTH]",
    ],
    [
      "a clock that is ahead",
      answer(401),
      { clockDifferenceMs: -90.4 * 60_000 },
      0,
      "vpcep.example.com answered 401. Set this machine's clock: it is 90 minutes ahead of the server's, and a signature corrected by that was refused too [VPCEP_AUTH]",
    ],
    [
      "a missing permission",
      answer(403, { errorCode: "EndPoint.0004", errorMessage: "No permissions. " }),
      {},
      0,
      "vpcep.example.com answered 403 EndPoint.0004: No permissions. Check that the project is one of this credential's account and of this region; if it is, give the user of the credential from HW_ACCESS_KEY, HW_SECRET_KEY the permission vpcep:endpointServices:get in it [VPCEP_FORBIDDEN]",
    ],
    [
      "a missing permission of IAM, which is asked in no project",
      answer(403),
      { api: "IAM", host: "iam.example.com", inProject: false, permission: "iam:projects:listProjects" },
      0,
      "iam.example.com answered 403. Give the user of the credential from HW_ACCESS_KEY, HW_SECRET_KEY the permission iam:projects:listProjects [VPCEP_FORBIDDEN]",
    ],
    [
      "a refusal where no permission is needed",
      answer(403),
      { inProject: false, permission: undefined },
      0,
      "vpcep.example.com answered 403. Check that vpcep.example.com is the cloud's own host, and that no proxy answers in its place [VPCEP_FORBIDDEN]",
    ],
    [
      "a refused token",
      answer(401),
      { credentialFrom: "HW_AUTH_TOKEN", credentialKind: "token" },
      0,
      "vpcep.example.com answered 401. Check the credential from HW_AUTH_TOKEN: it is wrong, has ended (a token lives 24 hours at most), or is for another region or project [VPCEP_AUTH]",
    ],
    [
      "a refused temporary key",
      answer(401),
      { credentialKind: "temporaryKeys" },
      0,
      "vpcep.example.com answered 401. Check the credential from HW_ACCESS_KEY, HW_SECRET_KEY: it has ended, or its access key, secret key and security token do not belong together, or are of another cloud [VPCEP_AUTH]",
    ],
    [
      "a refused password",
      answer(401),
      { credentialFrom: "HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME", credentialKind: "password" },
      0,
      "vpcep.example.com answered 401. Check the credential from HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME: the user's name, the password or the account's name is wrong, or the user has no access to the project [VPCEP_AUTH]",
    ],
    [
      "a refused token that IAM has issued",
      answer(401),
      { credentialKind: "issued" },
      0,
      "vpcep.example.com answered 401. Check the credential from HW_ACCESS_KEY, HW_SECRET_KEY: what was issued for it is not taken here, so that the addresses may be of two regions or clouds [VPCEP_AUTH]",
    ],
    [
      "throttling without a time",
      answer(429, { errorCode: "APIGW.0308" }),
      { attempts: 4 },
      0,
      "vpcep.example.com answered 429 APIGW.0308 (4 attempts). Run again in a minute, or look up fewer services at a time [VPCEP_THROTTLED]",
    ],
    [
      "throttling with a time",
      answer(400, { errorCode: "EndPoint.0022" }),
      {},
      61_001,
      "vpcep.example.com answered 400 EndPoint.0022. Run again in 62 s, or look up fewer services at a time [VPCEP_THROTTLED]",
    ],
    [
      "IAM's code, which is the status once more",
      answer(400, { errorCode: "400", errorMessage: "The request body is invalid." }),
      { api: "IAM", host: "iam.example.com" },
      0,
      "iam.example.com answered 400 The request body is invalid. Check the region and the address of IAM (vpcep:authUrl or HW_AUTH_URL); if they are right, give the cloud's support what it answered [VPCEP_API]",
    ],
    [
      "an unknown path of IAM",
      answer(404),
      { api: "IAM", host: "iam.example.com" },
      0,
      "iam.example.com answered 404. iam.example.com does not serve this call of IAM: check the region and the address of IAM (vpcep:authUrl or HW_AUTH_URL) [VPCEP_API]",
    ],
    [
      "a credential that an earlier request was refused for",
      answer(401, { errorCode: "APIGW.0301", errorMessage: "decrypt token fail", requestId: "r1" }),
      { attempts: 0, rememberedMs: 239_000 },
      0,
      "vpcep.example.com answered an earlier request with 401 APIGW.0301: decrypt token fail (request id r1). Check the credential from HW_ACCESS_KEY, HW_SECRET_KEY: the access key is mistyped, disabled or deleted, the secret key is not the one that belongs to it, or both are of another cloud. It is not sent again for 4 minutes, since the gateway locks a key for everybody after five failures [VPCEP_AUTH]",
    ],
    [
      "a code of VPCEP",
      answer(400, { errorCode: "EndPoint.3062", errorMessage: "Invalid endpoint service ID." }),
      {},
      0,
      "vpcep.example.com answered 400 EndPoint.3062: Invalid endpoint service ID. Look up EndPoint.3062 in VPCEP's table of error codes [VPCEP_API]",
    ],
    [
      "a status alone",
      answer(418),
      {},
      0,
      "vpcep.example.com answered 418. Check the region and the endpoint; if they are right, give the cloud's support what it answered [VPCEP_API]",
    ],
    [
      "an unknown path",
      answer(404, { errorCode: "APIGW.0101" }),
      {},
      0,
      "vpcep.example.com answered 404 APIGW.0101. vpcep.example.com does not serve this call of VPCEP: check the region and the endpoint [VPCEP_API]",
    ],
    [
      "a fault of the cloud",
      answer(500, { errorCode: "EndPoint.0001", errorMessage: "System error. Please retry." }),
      { attempts: 4 },
      0,
      `vpcep.example.com answered 500 EndPoint.0001: System error. Please retry (4 attempts). ${supportNeeded} [VPCEP_API]`,
    ],
    [
      "a redirect",
      answer(302),
      {},
      0,
      "vpcep.example.com answered 302. Redirects are not followed, so that a credential stays with its host: check the region and the endpoint [VPCEP_API]",
    ],
    [
      "a choice of addresses",
      answer(300),
      {},
      0,
      "vpcep.example.com answered 300. Redirects are not followed, so that a credential stays with its host: check the region and the endpoint [VPCEP_API]",
    ],
    [
      "another success than the expected one",
      answer(204),
      {},
      0,
      "vpcep.example.com answered 204. Check that vpcep.example.com is the cloud's own host, and that no proxy answers in its place [VPCEP_RESPONSE]",
    ],
  ];
  for (const [name, refused, changes, waitMs, message] of cases) {
    it(`says all about ${name}`, () => {
      const error = errorOfAnswer(refused, { ...context, ...changes }, waitMs);
      assert.equal(error.message, message);
      assert.deepEqual(
        [error.status, error.errorCode, error.requestId, error.attempts],
        [refused.status, refused.errorCode, refused.requestId, changes.attempts ?? 1],
      );
    });
  }
});

describe("errorOfAnswer of an answer that holds a secret", () => {
  const quoted = (text: string) => text.replaceAll("End", "[redacted]");
  const error = errorOfAnswer(
    answer(404, { errorCode: "EndPoint.0005", errorMessage: "The End. ", requestId: "End-1" }),
    { ...context, quoted },
    0,
  );

  it("is judged as it came", () => assert.equal(error.code, "VPCEP_NOT_FOUND"));

  it("shows nothing of it, in no place", () => {
    assert.match(
      error.message,
      /^vpcep\.example\.com answered 404 \[redacted\]Point\.0005: The \[redacted\] \(request id \[redacted\]-1\)\. Check/,
    );
    assert.deepEqual([error.errorCode, error.requestId], ["[redacted]Point.0005", "[redacted]-1"]);
    assert.ok(!everythingOf(error).includes("End"));
  });

  it("names the code as it is shown where it is to be looked up", () => {
    const { message } = errorOfAnswer(answer(400, { errorCode: "End.1" }), { ...context, quoted }, 0);
    assert.match(message, /\. Look up \[redacted\]\.1 in VPCEP's table/);
  });
});

describe("errorOfProblem", () => {
  const reach =
    "Check the region, the endpoint and the proxy settings, and that this machine can reach vpcep.example.com";
  const own = "Check that vpcep.example.com is the cloud's own host, and that no proxy answers in its place";
  for (const [kind, clause, attempts, message] of [
    [
      "connection",
      "h refused the connection (ECONNREFUSED)",
      4,
      `h refused the connection (ECONNREFUSED) (4 attempts). ${reach} [VPCEP_CONNECTION]`,
    ],
    [
      "refused",
      "the TLS connection to h cannot be trusted (X)",
      1,
      `the TLS connection to h cannot be trusted (X). ${reach} [VPCEP_CONNECTION]`,
    ],
    [
      "timeout",
      "no whole answer within 12 s, while connecting",
      4,
      `vpcep.example.com gave no whole answer within 12 s, while connecting (4 attempts). ${reach} [VPCEP_TIMEOUT]`,
    ],
    [
      "answer",
      "it is text/html, not JSON",
      1,
      `the answer of vpcep.example.com cannot be used: it is text/html, not JSON. ${own} [VPCEP_RESPONSE]`,
    ],
    [
      "damaged",
      "it is empty",
      2,
      `the answer of vpcep.example.com cannot be used: it is empty (2 attempts). ${own} [VPCEP_RESPONSE]`,
    ],
  ] as const) {
    it(`says all about what is ${kind}`, () => {
      const error = errorOfProblem(new HttpProblem(kind, clause), { ...context, attempts });
      assert.equal(error.message, message);
      assert.equal(error.attempts, attempts);
    });
  }
});

describe("errorOfTimeout", () => {
  it("tells nobody to raise what they cannot", () => {
    const phase = "waiting for a free connection";
    assert.equal(
      errorOfTimeout({ phase, timeoutMs: 60_000 }, { ...settingNames, timeoutMs: [] }, 0).message,
      `no answer within 60 s, while ${phase}. Look up fewer services at a time [VPCEP_TIMEOUT]`,
    );
    const hung = { phase, timeoutMs: 60_000, asked: { host: "iam.test", address: "IAM" } } as const;
    assert.match(
      errorOfTimeout(hung, { ...settingNames, authUrl: [] }, 0).message,
      /\. Check the region, the address of IAM and the proxy settings, and that this machine can reach iam\.test \[/,
    );
  });

  for (const [attempts, after] of [
    [0, ""],
    [1, ""],
    [3, " (3 attempts)"],
  ] as const) {
    it(`says what was waited for, after ${attempts} attempts`, () => {
      const error = errorOfTimeout(
        { phase: "waiting for a free connection", timeoutMs: 60_000 },
        settingNames,
        attempts,
      );
      assert.equal(error.attempts, attempts);
      assert.equal(
        error.message,
        `no answer within 60 s, while waiting for a free connection${after}. Look up fewer services at a time, or raise vpcep:timeoutMs [VPCEP_TIMEOUT]`,
      );
    });
  }
});
