// Text of a server, made fit for an error: no secret, no control character, not long.
// A leaf; called by answers.ts for what a server says, by the command, and by client.ts for every message before it leaves.

/** Takes every secret out of a text. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    clean = clean.replaceAll(secret, "[redacted]");
  }
  return clean;
}

/** The same for a text of this package, whose own words a short secret may be: where a server repeats one, {@link redact} takes it out. */
export function withoutLongSecrets(text: string, secrets: Iterable<string>): string {
  return withoutSecrets(
    text,
    [...secrets].filter((secret) => secret.length >= 8),
  );
}

/** What a server wrote, without secrets, which the gateway repeats in its errors, and on one line. */
export function redact(text: string, secrets: Iterable<string>): string {
  const clean = withoutSecrets(text, secrets);
  // The gateway ends the reason of a refused signature with the whole request that it computed.
  const short = clean.replace(/[,\s]*canonicalRequest:.*$/s, "");
  const printable = short.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return printable.length > 300 ? `${printable.slice(0, 300)}…` : printable;
}
