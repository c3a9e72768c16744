// A file of certificate authorities that a setting names. Called by session.ts.
import { readFileSync } from "node:fs";
import { onOneLine } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";

/** A file of certificate authorities in PEM form, and the setting that names it. */
export interface AuthorityFile {
  readonly value: string;
  readonly from: string;
}

/** The certificates of the file, as they stand in it. */
export function readCertificates({ value, from }: AuthorityFile): string {
  let text = "";
  try {
    text = readFileSync(value, "utf8");
  } catch {
    // Said below, with the same next step.
  }
  if (!text.includes("-----BEGIN CERTIFICATE-----")) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${from} must name a file of certificates in PEM form, but ${onOneLine(value)} is none`,
    );
  }
  return text;
}
