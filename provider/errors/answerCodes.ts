// The code of the error that an answer is. Pure; called by answerErrors.ts, and in requests/ by whoever judges an answer.
import type { VpcepErrorCode } from "./errors";
import type { RefusedAnswer } from "./failures";

/** The one mapping from an answer to an error, where one object was asked for. Codes win over the status, compared without case. */
export function codeOfAnswer({
  status,
  errorCode = "",
}: Pick<RefusedAnswer, "status" | "errorCode">): VpcepErrorCode {
  const code = errorCode.toLowerCase();
  if (status === 429 || /^apigw?\.0308$/.test(code) || code === "endpoint.0022") {
    return "VPCEP_THROTTLED";
  }
  if ((status === 404 && code.startsWith("endpoint.")) || (status === 400 && code === "endpoint.2003")) {
    return "VPCEP_NOT_FOUND";
  }
  if (status === 401 || /^apigw?\.030[1357]$/.test(code)) {
    return "VPCEP_AUTH";
  }
  if (status === 403) {
    return "VPCEP_FORBIDDEN";
  }
  return status >= 200 && status < 300 ? "VPCEP_RESPONSE" : "VPCEP_API";
}
