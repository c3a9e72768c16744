// Proves that an error without an answer says when it was the retries that all lookups share which kept it from another.
import assert from "node:assert/strict";
import { errorOfProblem } from "../../../provider/errors/answerErrors";
import type { FailureContext } from "../../../provider/errors/nextSteps";
import { HttpProblem } from "../../../provider/http/httpProblem";

const host = "vpcep.example.com";
const context = {
  host,
  api: "VPCEP",
  credentialFrom: "HW_AUTH_TOKEN",
  permission: "p",
  settingNames: {},
  attempts: 2,
  clockDifferenceMs: 0,
  retriesSpent: true,
} as unknown as FailureContext;
const notTried =
  "(2 attempts). It was not tried again, since the lookups of this run have spent the retries that they share.";
const reach = `Check the region, the endpoint and the proxy settings, and that this machine can reach ${host}`;

describe("an error for want of retries", () => {
  for (const [kind, clause, message] of [
    [
      "connection",
      "h refused the connection (X)",
      `h refused the connection (X) ${notTried} ${reach} [VPCEP_CONNECTION]`,
    ],
    [
      "timeout",
      "no whole answer within 12 s",
      `${host} gave no whole answer within 12 s ${notTried} ${reach} [VPCEP_TIMEOUT]`,
    ],
    [
      "damaged",
      "it is empty",
      `the answer of ${host} cannot be used: it is empty ${notTried} Check that ${host} is the cloud's own host, and that no proxy answers in its place [VPCEP_RESPONSE]`,
    ],
  ] as const) {
    it(`says so of a ${kind}`, () => {
      assert.equal(errorOfProblem(new HttpProblem(kind, clause), context).message, message);
    });
  }
});
