// From an HTTP answer to either a JSON object or what the API said against it. Pure; called by attempt.ts and client.ts.

import { describeValue } from "../errors/describeValue";
import type { RefusedAnswer } from "../errors/failures";
import { redact } from "../errors/redaction";
import { HttpProblem } from "../http/httpProblem";
import { type JsonProblem, parseJson } from "../http/json";
import type { HttpAnswer } from "../http/message";
import { readApiProblem } from "../schema/apiProblem";

/** What an answer other than success says, its words redacted. */
export function refusedAnswer(answer: HttpAnswer, secrets: Iterable<string>): RefusedAnswer {
  const { errorCode, errorMessage } = readApiProblem(answer.text);
  return {
    status: answer.status,
    requestId: requestIdOf(answer.headers, secrets),
    errorCode: errorCode === undefined ? undefined : redact(errorCode, secrets),
    errorMessage: errorMessage === undefined ? undefined : redact(errorMessage, secrets),
  };
}

/** What the cloud's support asks for. */
export function requestIdOf(headers: HttpAnswer["headers"], secrets: Iterable<string>): string | undefined {
  const requestId = headers["x-request-id"] ?? headers["x-iam-trace-id"];
  return requestId === undefined ? undefined : redact(String(requestId), secrets);
}

/** The JSON object of a successful answer. Fails with an {@link HttpProblem} that never quotes the body. */
export function jsonOfAnswer(
  { text, headers }: HttpAnswer,
  secrets: Iterable<string>,
): Record<string, unknown> {
  const type = (headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  if (type !== "" && !/^application\/json$|\+json$/i.test(type)) {
    throw new HttpProblem("answer", `it is ${redact(type, secrets).slice(0, 40)}, not JSON`);
  }
  if (text.trim() === "") {
    throw new HttpProblem("damaged", "it is empty");
  }
  let body: unknown;
  try {
    body = parseJson(text);
  } catch (error) {
    const { cut, key, message } = error as JsonProblem;
    const what =
      key === undefined ? message : `the key ${describeValue(redact(key, secrets))} stands in it twice`;
    throw new HttpProblem(cut ? "damaged" : "answer", what);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new HttpProblem("answer", "it is not a JSON object");
  }
  return body as Record<string, unknown>;
}
