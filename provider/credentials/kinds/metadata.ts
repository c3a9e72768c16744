// The temporary key that a server of the cloud finds in its own metadata. Asked last, and for a second at most: off the
// cloud nobody answers there, which is found out once. Listed in chain.ts.
import { VpcepError, type VpcepErrorCode } from "../../errors/errors";
import { HttpProblem } from "../../http/httpProblem";
import type { AnswerHeaders } from "../../http/message";
import { headerValue, type TemporaryKey, temporaryKeySchema } from "../../schema/identity";
import { asking } from "./asking";
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
    const whom = asking(metadataEndpoint, "the temporary key of this server", {
      check: "the address of the metadata (vpcep:metadataEndpoint or VPCEP_METADATA_ENDPOINT)",
    });
    return {
      key: [metadataEndpoint],
      obtain: async (asks) => {
        asks(whom);
        const { key, headers } = await obtain();
        return keyOf(key, headers, metadataEndpoint, from, api);
      },
    };
  },
};

const timeoutMs = 1_000;

/** What the metadata gave. */
interface Found {
  readonly key: TemporaryKey;
  readonly headers: AnswerHeaders;
}

/** Why they gave no key. */
interface None {
  readonly why: string;
  /** What kind of failure it is where they had given one before. */
  readonly code: VpcepErrorCode;
  /** Whether there will be none for as long as this server runs. */
  readonly isAbsent: boolean;
}

/**
 * What obtains the temporary key of this server, or fails with everything that was looked at for a credential: at once,
 * where there was none before.
 */
function temporaryKeys(origin: string, lookedAt: readonly string[], api: IdentityApi): () => Promise<Found> {
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
    if (hadKey) {
      throw new VpcepError(
        found.code,
        `no key could be had from the server's metadata (${new URL(origin).host}) in place of one that has ended: ${found.why}. Run again${found.code === "VPCEP_CONFIG" ? ", with an agency for this server" : ""}`,
      );
    }
    const error = new VpcepError(
      "VPCEP_CONFIG",
      `No credential found; looked at ${lookedAt.join(", ")}, and at the server's metadata (${found.why}). Shortest fix: set HW_ACCESS_KEY and HW_SECRET_KEY in the environment`,
      { fault: { missing: "all" } },
    );
    absence = found.isAbsent && hasListened ? error : undefined;
    throw error;
  };
}

/** The key, or why there is none. */
async function findTemporaryKey(origin: string, send: SendOpenRequest): Promise<Found | None> {
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
        return { key: temporaryKeySchema.parse(JSON.parse(answer.text)), headers: answer.headers };
      case 404:
        return { why: "this server has no agency", code: "VPCEP_CONFIG", isAbsent: true };
      default:
        return { why: `it answered ${answer.status}`, code: "VPCEP_API", isAbsent: false };
    }
  } catch (error) {
    if (!(error instanceof HttpProblem)) {
      return { why: "no usable answer", code: "VPCEP_RESPONSE", isAbsent: false };
    }
    const isSilent = error.kind === "timeout";
    return {
      why: isSilent ? `no answer within ${timeoutMs / 1_000} s` : "no usable answer",
      code: isSilent ? "VPCEP_TIMEOUT" : "VPCEP_CONNECTION",
      isAbsent: !isAnswered,
    };
  }
}
