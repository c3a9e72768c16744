// The ECS metadata service, from which a server's programs get a temporary key: with a token, or without.
// Imports answers. Called by routes.ts.
import { type Answer, Refusal, success } from "../replies/answers";
import type { OpenCall } from "../state/call";
import { microseconds } from "./tokens";

const text = { "Content-Type": "text/plain" };
const metadataToken = "emulator-metadata-token";

/** `PUT /meta-data/latest/api/token`: the second version's token, wanted for so many seconds. */
export function createMetadataToken({ request }: OpenCall): Answer {
  const lifetime = Number(request.headers["x-metadata-token-ttl-seconds"]);
  if (!(lifetime >= 1 && lifetime <= 21600)) {
    throw new Refusal(() => success("X-Metadata-Token-Ttl-Seconds must be 1 to 21600", 400, text));
  }
  return success(metadataToken, 200, text);
}

/** `GET /openstack/latest/securitykey`: the first account's first temporary key; a server without an agency has none. */
export function showSecurityKey({ request, accounts: [account], now, tokenLifetimeMs }: OpenCall): Answer {
  if ((request.headers["x-metadata-token"] ?? metadataToken) !== metadataToken) {
    throw new Refusal(() => success("Unauthorized", 401, text));
  }
  const key = account.keys.find(({ securityToken }) => securityToken !== undefined);
  if (key === undefined) {
    throw new Refusal(() => success("Not Found", 404, text));
  }
  return success({
    credential: {
      access: key.accessKey,
      secret: key.secretKey,
      securitytoken: key.securityToken,
      expires_at: microseconds(now + tokenLifetimeMs),
    },
  });
}
