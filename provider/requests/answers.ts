// From an HTTP answer to either a JSON object or what the API said against it. Pure; called by attempt.ts and client.ts.

import { describeValue } from "../errors/describeValue";
import type { RefusedAnswer } from "../errors/failures";
import type { Secrets } from "../errors/redaction";
import { HttpProblem } from "../http/httpProblem";
import { type JsonProblem, parseJson } from "../http/json";
import { type AnswerHeaders, type HttpAnswer, headerOf } from "../http/message";
import { readApiProblem } from "../schema/apiProblem";

/** What an answer other than success says. */
export function refusedAnswer({ status, headers, text }: HttpAnswer): RefusedAnswer {
  return { status, requestId: requestIdOf(headers), ...readApiProblem(text) };
}

/** What the cloud's support asks for. */
export function requestIdOf(headers: AnswerHeaders): string | undefined {
  return headerOf(headers, "x-request-id") ?? headerOf(headers, "x-iam-trace-id");
}

/** The JSON object of a successful answer. Fails with an {@link HttpProblem} that never quotes the body. */
export function jsonOfAnswer(
  { text, headers }: HttpAnswer,
  secrets: Secrets,
  mostValues: number,
): Record<string, unknown> {
  const types = headers["content-type"] === "application/json" ? [] : [headers["content-type"] ?? []].flat();
  const other = types
    .map((type) => type.split(";", 1)[0]?.trim() ?? "")
    .find((type) => type !== "" && !/^application\/json$|\+json$/i.test(type));
  if (other !== undefined) {
    throw new HttpProblem("answer", `it is ${secrets.quoted(other).slice(0, 40)}, not JSON`);
  }
  if (text.trim() === "") {
    throw new HttpProblem("damaged", "it is empty");
  }
  let body: unknown;
  try {
    body = parseJson(text, mostValues);
  } catch (error) {
    const { cut, key, message } = error as JsonProblem;
    const what =
      key === undefined ? message : `the key ${describeValue(secrets.quoted(key))} stands in it twice`;
    throw new HttpProblem(cut ? "damaged" : "answer", what);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new HttpProblem("answer", "it is not a JSON object");
  }
  return body as Record<string, unknown>;
}
