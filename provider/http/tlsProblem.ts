// What a failed TLS handshake means, by OpenSSL's codes: whose certificate it was, and what would make it trusted.
// A leaf; used by httpProblem.ts.

/** What happened, as a clause, and what to do about it, where that is more than to check the way. */
export interface Explained {
  readonly message: string;
  readonly nextStep?: string | undefined;
  /** Why a certificate was not taken, where other authorities, or another clock, would take it. */
  readonly untrusted?: { readonly why: "time" | "authority"; readonly inTunnel: boolean };
}

/** Who was asked when it failed. */
interface Asked {
  /** The proxy or the host, as an error names it. */
  readonly asked: string;
  readonly host: string;
  readonly proxy: { readonly from: string } | undefined;
  readonly stage: "proxy" | "tunnel" | "host";
}

/** The answer to a TLS hello that is none. */
const noTls = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|UNEXPECTED_MESSAGE)$/;

/** A certificate that has not been verified. */
const unverified =
  /^(CERT_|CRL_|ERROR_IN_C|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(CA|PURPOSE)|PATH_LENGTH_|UNSPECIFIED$)/;

/** What a code means, if it is one of TLS. */
export function explainTls(code: string, { asked, host, proxy, stage }: Asked): Explained | undefined {
  // In the tunnel of a proxy it is the host that shows a certificate.
  const inTunnel = stage === "tunnel";
  const presenter = inTunnel ? host : asked;
  const certificate = `${presenter} presented a certificate that`;
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) {
    return {
      message: `${certificate} ${code === "CERT_HAS_EXPIRED" ? "has expired" : "is not yet valid"}`,
      untrusted: { why: "time", inTunnel },
    };
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
    return { message: `${certificate} is for other names` };
  }
  if (unverified.test(code)) {
    return {
      message: `${certificate} cannot be verified`,
      untrusted: { why: "authority", inTunnel },
    };
  }
  if (noTls.test(code)) {
    switch (stage) {
      case "proxy":
        return {
          message: `${asked} does not speak TLS`,
          nextStep: `Write http:// in place of https:// in ${proxy?.from}, or name the port at which it does`,
        };
      case "tunnel":
        return {
          message: `${asked} answered in place of ${host}, and not with TLS`,
          nextStep: `Check that ${proxy?.from} names a proxy that connects to ${host}, or name ${host} in NO_PROXY if it needs none`,
        };
      default:
        return { message: `${host} does not speak TLS` };
    }
  }
  return /^ERR_(SSL|TLS)_/.test(code)
    ? { message: `the TLS connection to ${presenter} cannot be trusted` }
    : undefined;
}
