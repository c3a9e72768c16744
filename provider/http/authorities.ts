// The certificate authorities that are trusted: whatever Node trusts, by its flags and its variables, and those of a file.
// Called by session.ts for the file, and by dispatchers.ts.
import { X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import { onOneLine } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { type FileProblem, readTextFile } from "../files/textFile";
import { httpBounds } from "./bounds";

/** A file of certificate authorities in PEM form, and the setting that names it. */
export interface AuthorityFile {
  readonly value: string;
  readonly from: string;
}

/** What TLS connections are made with. The certificates are in PEM form. */
export function secureContextWith(certificates: readonly string[]): SecureContext {
  const secureContext = createSecureContext({ minVersion: "TLSv1.2" });
  for (const certificate of certificates) {
    // The option `ca` would replace Node's own, which nothing can list where they are OpenSSL's (--use-openssl-ca).
    secureContext.context.addCACert(certificate);
  }
  return secureContext;
}

/** Every certificate of a file: one that cannot be read, Node itself would leave out, and say nothing. */
export function readCertificates({ value, from }: AuthorityFile): string[] {
  const problem = (what: string) =>
    new VpcepError("VPCEP_CONFIG", `${from} must name a file of certificates in PEM form, but ${what}`);
  let text: string;
  try {
    text = readTextFile(value, httpBounds.authorityBytes);
  } catch (error) {
    throw problem(`${onOneLine(value)} ${(error as FileProblem).message}`);
  }
  const blocks = text
    .split(/^(?=.*\bBEGIN\b.*\bCERTIFICATE\b)/m)
    .filter((part) => /^.*\bBEGIN\b.*\bCERTIFICATE\b/.test(part));
  const ends = text.match(/^.*\bEND\b.*\bCERTIFICATE\b/gm) ?? [];
  if (blocks.length === 0 && ends.length === 0) {
    throw problem(`${onOneLine(value)} is none`);
  }
  if (blocks.length !== ends.length) {
    throw problem(`a line that begins or ends one is missing in ${onOneLine(value)}`);
  }
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block).toString();
    } catch {
      throw problem(`certificate ${index + 1} of ${blocks.length} in ${onOneLine(value)} is damaged`);
    }
  });
}
