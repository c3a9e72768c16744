// The identity tokens (JSON Web Tokens) of the pipelines that an emulator plays: issued here, and believed when they are.
// Imports defaults and options. Called by emulator.ts and the room of identities.
import { createHmac, randomBytes } from "node:crypto";
import { emulatorDefaults } from "../options/defaults";
import type { IdentityProvider } from "../options/options";

/** What an identity token says; every part has a default. */
export interface IdTokenClaims {
  /** The `aud`. Default: the one of `emulatorDefaults.identityProvider`. */
  readonly audience?: string | undefined;
  /** The `iss`. Default: GitHub Actions'. */
  readonly issuer?: string;
  /** The `sub`. Default `repo:octo-org/octo-repo:ref:refs/heads/main`. */
  readonly subject?: string;
  /** How long it lasts, in milliseconds; none at all is a token that has expired. Default five minutes. */
  readonly lifetimeMs?: number;
}

export class IdTokens {
  /** Which bearer may ask GitHub Actions' part for a token. */
  readonly requestToken = randomBytes(16).toString("hex");
  readonly #secret = randomBytes(32);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(claims: IdTokenClaims): string {
    const { audience, issuer } = emulatorDefaults.identityProvider;
    const { lifetimeMs = 5 * 60_000, subject = "repo:octo-org/octo-repo:ref:refs/heads/main" } = claims;
    const seconds = Math.floor(this.#now() / 1000);
    const signed = [
      { alg: "HS256", typ: "JWT" },
      {
        iss: claims.issuer ?? issuer,
        sub: subject,
        aud: claims.audience ?? audience,
        iat: seconds,
        exp: seconds + Math.floor(lifetimeMs / 1000),
      },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    return `${signed}.${this.#signature(signed)}`;
  }

  /** The `sub` of a token that this emulator issued for the provider and that has not expired; else why it is refused. */
  check(
    token: string,
    provider: IdentityProvider,
  ): { readonly subject: string } | { readonly problem: string } {
    const end = token.lastIndexOf(".");
    const signed = token.slice(0, Math.max(end, 0));
    if (token.slice(end + 1) !== this.#signature(signed)) {
      return { problem: "the signature of the ID token is invalid" };
    }
    const { iss, sub, aud, exp } = JSON.parse(
      Buffer.from(signed.split(".")[1] ?? "", "base64url").toString(),
    );
    if (exp * 1000 <= this.#now()) {
      return { problem: "the ID token has expired" };
    }
    if (iss !== (provider.issuer ?? emulatorDefaults.identityProvider.issuer)) {
      return { problem: `the issuer of the ID token is not the identity provider's: ${iss}` };
    }
    return aud === provider.audience
      ? { subject: sub }
      : { problem: `the audience of the ID token is not the identity provider's: ${aud}` };
  }

  #signature(signed: string): string {
    return createHmac("sha256", this.#secret).update(signed).digest("base64url");
  }
}
