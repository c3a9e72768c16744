// The connections of one session: TLS, certificate authorities, proxies, and how many. Used by http.ts.
// Certificates are always checked, whatever NODE_TLS_REJECT_UNAUTHORIZED says.
import { readFileSync } from "node:fs";
import { getCACertificates } from "node:tls";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { onOneLine } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { isLoopback, metadataOrigin } from "./addresses";

/** The bounds of one connection and of one answer; the README's section on reliability quotes them. */
export const httpBounds = {
  connections: 8,
  connectTimeoutMs: 5_000,
  answerBytes: 1024 * 1024,
  listBytes: 16 * 1024 * 1024,
  answerValues: 20_000,
  listValues: 250_000,
  // IAM gives a token in a header, of 64 KiB at most.
  headerBytes: 96 * 1024,
} as const;

/** A file of certificate authorities in PEM form, and the setting that names it. */
export interface AuthorityFile {
  readonly value: string;
  readonly from: string;
}

/** undici's dispatchers: one that goes straight to a host, and one that goes through the proxy of the environment. */
export class Dispatchers {
  readonly #direct: Dispatcher;
  readonly #proxied: Dispatcher;
  readonly #byOrigin = new Map<string, Dispatcher>();

  /** `caFile` holds certificate authorities to trust beside Node's own. */
  constructor(caFile: AuthorityFile | undefined) {
    const tls = {
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      timeout: httpBounds.connectTimeoutMs,
      ...(caFile ? { ca: [...getCACertificates("default"), readCertificates(caFile)] } : {}),
    } as const;
    const options = {
      connections: httpBounds.connections,
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: httpBounds.headerBytes,
      // The attempt's own timer bounds both, a body that drips included.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveMaxTimeout: 30_000,
      connect: tls,
    };
    this.#direct = new Agent(options);
    this.#proxied = proxyAgent({ ...options, requestTls: tls, proxyTls: tls });
  }

  /** The dispatcher for a host. What is on this machine, or on its link, is never asked through a proxy. */
  to(origin: string): Dispatcher {
    let dispatcher = this.#byOrigin.get(origin);
    if (!dispatcher) {
      dispatcher = isLoopback(origin) || origin === metadataOrigin ? this.#direct : this.#proxied;
      this.#byOrigin.set(origin, dispatcher);
    }
    return dispatcher;
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    await Promise.all([this.#direct.destroy(), this.#proxied.destroy()]);
  }
}

/** A proxy's address may hold a password, which undici's own error would show. */
function proxyAgent(options: EnvHttpProxyAgent.Options): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent(options);
  } catch {
    throw new VpcepError(
      "VPCEP_CONFIG",
      "HTTPS_PROXY or HTTP_PROXY is not an address such as http://proxy.example.com:8080",
    );
  }
}

function readCertificates({ value, from }: AuthorityFile): string {
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
