// Proves that the body of an error is read in every shape it was seen in, and never fails itself.
import assert from "node:assert/strict";
import fc from "fast-check";
import { readApiProblem } from "../../../provider/schema/apiProblem";

describe("readApiProblem", () => {
  const nothing = [undefined, undefined] as const;
  for (const [name, body, expected] of [
    [
      "VPCEP's",
      '{"error":{"message":"Parameter error.","code":"EndPoint.0002"}}',
      ["EndPoint.0002", "Parameter error."],
    ],
    [
      "VPCEP's in Open Telekom Cloud's documents",
      '{"error_code":"EndPoint.0002","error_msg":"Parameter error."}',
      ["EndPoint.0002", "Parameter error."],
    ],
    [
      "the gateway's",
      '{"error_msg":"decrypt token fail","error_code":"APIGW.0301","request_id":"r1"}',
      ["APIGW.0301", "decrypt token fail"],
    ],
    [
      "IAM's, whose code is a number",
      '{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}',
      ["401", "The username or password is wrong."],
    ],
    [
      "IAM's other one, with a reason in code",
      '{"error_msg":"Denied","error_code":"IAM.0007","encoded_authorization_message":"x","details":[{}]}',
      ["IAM.0007", "Denied"],
    ],
    ["the gateway's, nested", '{"error":{"error_code":"A","error_msg":"b"}}', ["A", "b"]],
    ["one that is flat", '{"code":"A","message":"b"}', ["A", "b"]],
    ["one with error_message", '{"error_code":"A","error_message":"b"}', ["A", "b"]],
    ["one with a code alone", '{"error":{"code":"A"}}', ["A", undefined]],
    ["one with a message alone", '{"error_msg":"b"}', [undefined, "b"]],
    ["empty texts", '{"error_code":"","error_msg":""}', nothing],
    ["other types", '{"error_code":{},"error_msg":["b"]}', nothing],
    ["an error that is text", '{"error":"b"}', nothing],
    ["an error that is null", '{"error":null,"error_code":"A"}', ["A", undefined]],
    ["an empty body", "", nothing],
    ["HTML", "<html><title>404</title></html>", nothing],
    ["JSON that is no object", '["a"]', nothing],
    ["null", "null", nothing],
    ["a number", "404", nothing],
    ["broken JSON", '{"error":{"code":"A"', nothing],
    ["a million levels", "[".repeat(1_000_000) + "]".repeat(1_000_000), nothing],
  ] as const) {
    it(`reads ${name}`, () => {
      const { errorCode, errorMessage } = readApiProblem(body);
      assert.deepEqual([errorCode, errorMessage], expected);
    });
  }

  it("never fails, and gives text or nothing", () => {
    const name = fc.constantFrom("error", "code", "message", "error_code", "error_msg", "error_message");
    const value = fc.jsonValue({ maxDepth: 1 });
    const body = fc.dictionary(name, fc.oneof(value, fc.dictionary(name, value)));
    fc.assert(
      fc.property(
        fc.oneof(
          body.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        (text) => {
          for (const value of Object.values(readApiProblem(text))) {
            assert.ok(value === undefined || (typeof value === "string" && value !== ""));
          }
        },
      ),
    );
  });
});
