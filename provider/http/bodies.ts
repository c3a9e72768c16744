// The text of a body, or why there is none: its coding undone, within the bound that it has itself. Called by http.ts.
import { isUtf8 } from "node:buffer";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Problem } from "../errors/failures";

/** So much of a body is read beside a status that says all. */
export const decorationBytes = 64 * 1024;

const decoders: ReadonlyMap<string, typeof gunzipSync> = new Map([
  ["gzip", gunzipSync],
  ["x-gzip", gunzipSync],
  ["deflate", inflateSync],
  ["br", brotliDecompressSync as typeof gunzipSync],
]);

/** The text of a body. The request asked for no coding; one is undone all the same, within the same bound. */
export function decode(body: Buffer, coding = "", largest: number): string | Problem {
  let bytes = body;
  const name = coding.trim().toLowerCase();
  if (name !== "" && name !== "identity") {
    const decoder = decoders.get(name);
    if (!decoder) {
      return { kind: "answer", message: "its content coding is unknown" };
    }
    try {
      bytes = decoder(body, { maxOutputLength: largest });
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
        ? tooLarge(largest)
        : { kind: "damaged", message: "its compressed body is damaged" };
    }
  }
  if (!isUtf8(bytes)) {
    return { kind: "answer", message: "it is not UTF-8 text" };
  }
  const text = bytes.toString("utf8");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** What can be read of a body that is no more than an addition. */
export function decodeWhatGoes(body: Buffer, coding: string | undefined): string {
  const text = decode(body, coding, decorationBytes);
  return typeof text === "string" ? text : coding ? "" : body.toString("utf8");
}

export function tooLarge(largest: number): Problem {
  return { kind: "answer", message: `it is larger than ${largest / 1024 / 1024} MiB` };
}
