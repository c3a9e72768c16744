// Text of a server, made fit for an error: no secret, no control character, not long. A leaf; called by answers.ts.

/** Takes every secret out of a text that a server wrote: the gateway repeats signed headers in its errors. */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    clean = clean.replaceAll(secret, "[redacted]");
  }
  // The gateway ends the reason of a refused signature with the whole request that it computed.
  const short = clean.replace(/[,\s]*canonicalRequest:.*$/s, "");
  const printable = short.replaceAll(/[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]+/g, " ").trim();
  return printable.length > 300 ? `${printable.slice(0, 300)}…` : printable;
}
