// The emulator's own answers and the four shapes in which VPCEP, the API gateway and IAM refuse a request.
// Imports Node alone. Called by every file that answers or refuses.
import { STATUS_CODES } from "node:http";

/** A complete answer, before it is known how it will be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; empty for none. */
  readonly body: string;
}

/** Thrown by whatever finds that a request is to be refused; the answer may tell the request's id. */
export class Refusal extends Error {
  readonly answer: (requestId: string) => Answer;

  constructor(answer: (requestId: string) => Answer) {
    super("The request is refused.");
    this.answer = answer;
  }
}

/** A successful answer; a string is served as it is. */
export function success(
  body: object | string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

/** VPCEP's refusal, such as `EndPoint.0005`. */
export function vpcepRefusal(status: number, code: string, message: string): Refusal {
  return new Refusal(() => success({ error: { message, code } }, status));
}

/** The gateway's refusal, such as `APIGW.0301`. */
export function gatewayRefusal(status: number, code: string, message: string): Refusal {
  return new Refusal((requestId) =>
    success({ error_msg: message, error_code: code, request_id: requestId }, status),
  );
}

/** IAM's refusal, whose code is the HTTP status as a number. */
export function identityRefusal(status: number, message: string): Refusal {
  return new Refusal(() =>
    success({ error: { code: status, message, title: STATUS_CODES[status] } }, status),
  );
}

/** The refusal of STS, and of IAM's calls for temporary keys and federation, such as `IAM.0011`. */
export function serviceRefusal(status: number, code: string, message: string, more: object = {}): Refusal {
  return new Refusal(() => success({ error_code: code, error_msg: message, ...more }, status));
}

/** The unknown path's answer: the gateway knows no such API. */
export function unknownPath(): Refusal {
  return gatewayRefusal(
    404,
    "APIGW.0101",
    "The API does not exist or has not been published in the environment",
  );
}

/** A mistake inside the emulator or in a test's reply function; the reason is told, for the test's author. */
export function systemError(reason: unknown): Answer {
  return success(
    { error: { message: `System error. Please retry. (${reason})`, code: "EndPoint.0001" } },
    500,
  );
}
