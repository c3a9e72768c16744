// The temporary key that a server of the cloud finds in its own metadata. Asked last, and for a second at most: off the
// cloud nobody answers there, which is found out once. Listed in chain.ts.
import { VpcepError } from "../../errors/errors";
import { HttpProblem } from "../../http/httpProblem";
import { headerValue, type TemporaryKey, temporaryKeySchema } from "../../schema/identity";
import type { IdentityApi, SendOpenRequest } from "./identityApi";
import { keyOf } from "./issued";
import type { CredentialKind } from "./kind";

/** None was given: the server's own metadata may have one. */
export interface MetadataCredential {
  readonly kind: "metadata";
  /** The names that were looked at; none where a profile wants the metadata. */
  readonly lookedAt: readonly string[];
  readonly from: string;
}

/** What the chain takes where nothing is begun. */
export function metadataCredential(lookedAt: readonly string[]): MetadataCredential {
  return { kind: "metadata", lookedAt, from: "the server's metadata" };
}

export const metadataKind: CredentialKind<MetadataCredential> = {
  label: "the temporary key of this server",
  begins: [],
  parts: [],
  missing: () => undefined,
  build: () => metadataCredential([]),
  underRole: () => "temporaryKeys",
  exchange: ({ lookedAt, from }, { metadataEndpoint }, _, api) => {
    const obtain = temporaryKeys(metadataEndpoint, lookedAt, api);
    return {
      key: [metadataEndpoint],
      origin: metadataEndpoint,
      obtain: async () => keyOf(await obtain(), from, api),
    };
  },
};

const timeoutMs = 1_000;

/**
 * What obtains the temporary key of this server, or fails with everything that was looked at for a credential: at once,
 * where there was none before.
 */
function temporaryKeys(
  origin: string,
  lookedAt: readonly string[],
  api: IdentityApi,
): () => Promise<TemporaryKey> {
  let absence: VpcepError | undefined;
  let hadKey = false;
  return async () => {
    if (absence) {
      throw absence;
    }
    const start = performance.now();
    const found = await api.sendOpenly(timeoutMs, (send) => findTemporaryKey(origin, send));
    // A program that did something else all the time has not listened: silence proves nothing then.
    const hasListened = performance.now() - start < timeoutMs * 1.2;
    if (!("why" in found)) {
      hadKey = true;
      return found;
    }
    const error = new VpcepError(
      "VPCEP_CONFIG",
      `No credential found; looked at ${lookedAt.join(", ")}, and at the server's metadata (${found.why}). Shortest fix: set HW_ACCESS_KEY and HW_SECRET_KEY in the environment`,
      { fault: { missing: "all" } },
    );
    absence = found.isAbsent && hasListened && !hadKey ? error : undefined;
    throw error;
  };
}

/** The key, or why there is none, and whether there will be none for as long as this server runs. */
async function findTemporaryKey(
  origin: string,
  send: SendOpenRequest,
): Promise<TemporaryKey | { readonly why: string; readonly isAbsent: boolean }> {
  let isAnswered = false;
  try {
    const token = await send({
      method: "PUT",
      origin,
      path: "/meta-data/latest/api/token",
      headers: { "x-metadata-token-ttl-seconds": "21600" },
    });
    isAnswered = true;
    // A server without the second version says so, and is asked without a token.
    const headers: Record<string, string> =
      token.status === 200 ? { "x-metadata-token": headerValue.parse(token.text.trim()) } : {};
    const answer = await send({ method: "GET", origin, path: "/openstack/latest/securitykey", headers });
    switch (answer.status) {
      case 200:
        return temporaryKeySchema.parse(JSON.parse(answer.text));
      case 404:
        return { why: "this server has no agency", isAbsent: true };
      default:
        return { why: `it answered ${answer.status}`, isAbsent: false };
    }
  } catch (error) {
    return { why: "no usable answer", isAbsent: error instanceof HttpProblem && !isAnswered };
  }
}
