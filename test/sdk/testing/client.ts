// The few ways in which the emulator's tests send a request, so that each test shows only what it is about.
// Imports the signer and undici. Called by the tests beside it and in its rooms.
import { connect, type Socket } from "node:net";
import { request } from "undici";
import { authorizationHeader, signingDate } from "../../../provider/credentials/signature";
import { type Emulator, emulatorDefaults, type Key } from "../../../sdk/testing/index";

export const project = `/v1/${emulatorDefaults.projectId}`;
export const services = `${project}/vpc-endpoint-services`;
export const sample = `${services}/4189d3c2-8882-4871-a3c2-d380272eed83`;
export const withToken = { "x-auth-token": emulatorDefaults.token };

export interface Received {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

export async function send(
  emulator: Emulator,
  path: string,
  headers: Record<string, string> = withToken,
  options: { method?: "GET" | "POST" | "PUT" | "DELETE"; body?: string } = {},
): Promise<Received> {
  const answer = await request(`${emulator.url}${path}`, { headers, ...options });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

/** Status and parsed body of a request with the listed token. */
export async function get(
  emulator: Emulator,
  path: string,
  headers?: Record<string, string>,
): Promise<[number, unknown]> {
  const { status, text } = await send(emulator, path, headers);
  return [status, JSON.parse(text)];
}

/** The answer to a JSON body, its body parsed. */
export async function post(
  emulator: Emulator,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; json: Record<string, unknown>; headers: Received["headers"] }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await send(emulator, path, headers, { method: "POST", body: text });
  return { ...answer, json: JSON.parse(answer.text) };
}

/** The same, signed; a temporary key sends and signs its security token. */
export function postSigned(
  emulator: Emulator,
  path: string,
  body: unknown,
  key: Key,
  now: number,
  more: Record<string, string> = {},
): ReturnType<typeof post> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return post(emulator, path, text, signed(emulator, path, key, now, { ...securityOf(key), ...more }, text));
}

/** What a temporary key has to send and to sign. */
export function securityOf({ securityToken }: Key): Record<string, string> {
  return securityToken === undefined ? {} : { "x-security-token": securityToken };
}

/** The headers of a signed GET, or of a POST where there is a body; `more` are signed too. */
export function signed(
  emulator: Emulator,
  target: string,
  key: Key = emulatorDefaults.key,
  now: number = Date.now(),
  more: Record<string, string> = {},
  body = "",
): Record<string, string> {
  const [path = "", query = ""] = target.split("?");
  const headers = { host: new URL(emulator.url).host, "x-sdk-date": signingDate(now), ...more };
  const authorization = authorizationHeader(
    { method: body === "" ? "GET" : "POST", path, query, headers, body },
    key.accessKey,
    key.secretKey,
  );
  return { ...headers, authorization };
}

/** Everything a bare socket receives until it closes, or until `enough`; and how it closed. */
export async function receive(
  emulator: Emulator,
  path: string,
  enough: (text: string) => boolean = () => false,
): Promise<{ text: string; end: "closed" | "reset" | "open" }> {
  const socket = openSocket(emulator);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: emulator\r\nX-Auth-Token: ${emulatorDefaults.token}\r\n\r\n`);
  let text = "";
  try {
    for await (const chunk of socket) {
      text += chunk;
      if (enough(text)) {
        return { text, end: "open" };
      }
    }
    return { text, end: "closed" };
  } catch (error) {
    return { text, end: (error as { code?: string }).code === "ECONNRESET" ? "reset" : "closed" };
  } finally {
    socket.destroy();
  }
}

export function openSocket(emulator: Emulator): Socket {
  return connect(Number(new URL(emulator.url).port), "127.0.0.1");
}
