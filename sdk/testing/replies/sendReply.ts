// Puts an answer on the wire, whole or with the fault that a scripted reply asks for.
// Imports answers and replies. Called by exchange.ts.
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import type { Answer } from "./answers";
import type { Reply } from "./reply";
import type { OpenRecord } from "./requests";

/** Resolves when everything is sent that ever will be, or the client is gone. */
export async function sendReply(
  reply: Reply,
  ownAnswer: () => Answer,
  record: OpenRecord,
  response: ServerResponse,
  now: number,
): Promise<void> {
  const { socket } = response;
  if (socket === null || socket.destroyed) {
    return;
  }
  if (reply.delayMs !== undefined && !(await pause(reply.delayMs, socket))) {
    return;
  }
  const { breakOff } = reply;
  if (breakOff !== undefined && breakOff.afterBytes === undefined) {
    finish(breakOff.by, socket);
    return;
  }
  if (reply.raw !== undefined) {
    const bytes = Buffer.from(reply.raw);
    record.status = statusOf(bytes);
    if (await write(bytes, reply, socket, socket)) {
      finish(breakOff?.by ?? "close", socket);
    }
    return;
  }
  const { status, headers, body } = composeAnswer(reply, ownAnswer, record, now);
  record.status = status;
  prepare(response, reply.framing);
  // A status that has no body has no length either.
  const hasLength =
    (reply.framing ?? "length") === "length" && status >= 200 && status !== 204 && status !== 304;
  response.writeHead(status, { ...(hasLength ? { "content-length": body.length } : {}), ...headers });
  if (breakOff === undefined && reply.drip === undefined) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  if (await write(body, reply, response, socket)) {
    breakOff === undefined ? response.end() : finish(breakOff.by, socket);
  }
}

interface Composed {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** The reply's own status, headers and body, or the emulator's when it has none of them. */
function composeAnswer(reply: Reply, ownAnswer: () => Answer, record: OpenRecord, now: number): Composed {
  const isOwn = reply.status === undefined && reply.headers === undefined && reply.body === undefined;
  const own = isOwn ? ownAnswer() : undefined;
  const status = own?.status ?? reply.status ?? 200;
  const body = bytesOf(own === undefined ? reply.body : own.body);
  const headers: OutgoingHttpHeaders = {
    "content-type": "application/json",
    date: new Date(now).toUTCString(),
    "x-request-id": record.requestId,
  };
  for (const [name, value] of Object.entries(own?.headers ?? reply.headers ?? {})) {
    if (value === undefined) {
      delete headers[name.toLowerCase()];
    } else {
      headers[name.toLowerCase()] = typeof value === "string" ? value : [...value];
    }
  }
  return { status, headers, body };
}

/** Node chooses chunks by itself unless it finds a length or is told to close. */
function prepare(response: ServerResponse, framing: Reply["framing"]): void {
  // An absent Date would be filled in with the real clock.
  response.sendDate = false;
  if (framing === "close") {
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
  }
}

/** Writes the bytes up to the break, piece by piece; false when the client has gone. */
async function write(bytes: Buffer, reply: Reply, stream: Writable, socket: Socket): Promise<boolean> {
  const end = Math.min(bytes.length, reply.breakOff?.afterBytes ?? bytes.length);
  const step = reply.drip?.bytes ?? Math.max(end, 1);
  for (let start = 0; start < end; start += step) {
    stream.write(bytes.subarray(start, Math.min(start + step, end)));
    // The pause lets what was written reach the client before a reset overtakes it.
    if (!(await pause(reply.drip?.intervalMs ?? 5, socket))) {
      return false;
    }
  }
  return !socket.destroyed;
}

function finish(by: "close" | "reset" | "silence", socket: Socket): void {
  if (by === "close") {
    socket.destroySoon();
  } else if (by === "reset") {
    socket.resetAndDestroy();
  }
}

/** Waits, but no longer than the client stays; true when it is still there. */
function pause(milliseconds: number, socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      socket.off("close", end);
      resolve(!socket.destroyed);
    };
    const timer = setTimeout(end, milliseconds);
    socket.once("close", end);
    if (socket.destroyed) {
      end();
    }
  });
}

function bytesOf(body: unknown): Buffer {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) {
    return Buffer.from(body ?? "");
  }
  return Buffer.from(JSON.stringify(body));
}

function statusOf(raw: Buffer): number | undefined {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(raw.subarray(0, 16).toString())?.[1];
  return status === undefined ? undefined : Number(status);
}
