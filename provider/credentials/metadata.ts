// The temporary key that a server of the cloud finds in its own metadata. Asked last, and for a second at most: off the
// cloud nobody answers there. Called by credentialProvider.ts.

import { VpcepError } from "../errors/errors";
import { Deadline } from "../http/deadline";
import type { HttpTransport } from "../http/http";
import { headerValue, temporaryKeySchema } from "../schema/identity";

const timeoutMs = 1_000;

/** A temporary key. */
export interface TemporaryKey {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Obtains the temporary key of this server, or fails with everything that was looked at for a credential. */
export async function getTemporaryKey(
  origin: string,
  lookedAt: readonly string[],
  transport: HttpTransport,
): Promise<TemporaryKey> {
  const deadline = new Deadline(timeoutMs);
  let why: string;
  try {
    const token = await transport.send(
      {
        method: "PUT",
        origin,
        path: "/meta-data/latest/api/token",
        headers: { "x-metadata-token-ttl-seconds": "21600" },
      },
      deadline.within(timeoutMs),
      deadline.signal,
    );
    // A server without the second version says so, and is asked without a token.
    const headers: Record<string, string> =
      token.status === 200 ? { "x-metadata-token": headerValue.parse(token.text.trim()) } : {};
    const answer = await transport.send(
      { method: "GET", origin, path: "/openstack/latest/securitykey", headers },
      deadline.within(timeoutMs),
      deadline.signal,
    );
    if (answer.status === 200) {
      return temporaryKeySchema.parse(JSON.parse(answer.text));
    }
    why = answer.status === 404 ? "this server has no agency" : `it answered ${answer.status}`;
  } catch {
    why = "no usable answer";
  }
  throw new VpcepError(
    "VPCEP_CONFIG",
    `No credential found; looked at ${lookedAt.join(", ")}, and at the server's metadata (${why}). Shortest fix: set HW_ACCESS_KEY and HW_SECRET_KEY in the environment`,
  );
}
