// One request from its headers to the end of its answer: read, script, answer, send.
// This room knows the way from a socket to a handler and back. It imports all but options; emulator.ts alone may enter.
// Imports the script, the routes and the sender. Called by emulator.ts.
import type { IncomingMessage, ServerResponse } from "node:http";
import { systemError } from "../replies/answers";
import type { Script } from "../replies/reply";
import { type OpenRecord, readBody } from "../replies/requests";
import { sendReply } from "../replies/sendReply";
import type { Surroundings } from "../state/call";
import { answer } from "./routes";

/** Never rejects: a client that goes away is no error, and a wrong reply becomes an answer that says so. */
export async function exchange(
  message: IncomingMessage,
  response: ServerResponse,
  record: OpenRecord,
  script: Script,
  surroundings: Surroundings,
): Promise<void> {
  const { now } = surroundings;
  try {
    record.body = await readBody(message);
  } catch {
    return;
  }
  try {
    const reply = await script.next(record);
    await sendReply(reply, () => answer(record, now(), surroundings), record, response, now());
  } catch (error) {
    if (!response.headersSent) {
      await sendReply({}, () => systemError(error), record, response, now());
    }
  }
}
