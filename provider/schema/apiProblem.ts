// The bodies of the API's errors, in all their shapes. A leaf; called by answers.ts.

/** What the API said in the body of an error. */
export interface ApiProblem {
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
}

/**
 * Reads the body of an error in any of its shapes: `{error: {code, message}}` (VPCEP, IAM), `{error_code, error_msg}`
 * (the gateway). Whatever else the body is, nothing is known.
 */
export function readApiProblem(text: string): ApiProblem {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { errorCode: undefined, errorMessage: undefined };
  }
  const outer = asRecord(body);
  const inner = asRecord(outer["error"]);
  return {
    errorCode: asText(inner["code"] ?? inner["error_code"] ?? outer["error_code"] ?? outer["code"]),
    errorMessage: asText(
      inner["message"] ??
        inner["error_msg"] ??
        outer["error_msg"] ??
        outer["error_message"] ??
        outer["message"],
    ),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== ""
    ? value
    : typeof value === "number"
      ? String(value)
      : undefined;
}
