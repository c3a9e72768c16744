// Property values as they travel between Pulumi's processes: plain JSON with marks for what is secret or unknown.
// A leaf of the embedded engine.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";

/** A resource's inputs or outputs. */
export type Properties = Record<string, unknown>;

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** What stands for a value that is not known before an update. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is marked as secret. */
export function isSecret(value: unknown): value is { value?: unknown; ciphertext?: string } {
  return isObject(value) && value[signatureKey] === secretSignature;
}

/** Marks a value as secret. */
export function secret(value: unknown): Properties {
  return isSecret(value) ? (value as Properties) : { [signatureKey]: secretSignature, value };
}

/** A value with every mark of a secret taken off, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  return isSecret(value) ? withoutSecrets(value.value) : mapInside(value, withoutSecrets);
}

/** A value with every secret shown as the CLI shows one. */
export function maskSecrets(value: unknown): unknown {
  return isSecret(value) ? "[secret]" : mapInside(value, maskSecrets);
}

/** Whether a secret is anywhere in a value. */
export function hasSecrets(value: unknown): boolean {
  return isSecret(value) || insideOf(value).some(hasSecrets);
}

/** Whether something unknown is anywhere in a value. */
function hasUnknowns(value: unknown): boolean {
  return value === unknownValue || insideOf(value).some(hasUnknowns);
}

/** What a provider answers, with the marks it was not shown: secret is what was secret in what it was given. */
export function annotateSecrets(answer: Properties, given: Properties): Properties {
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      const before = given[key];
      if (isObject(value) && isObject(before) && !isSecret(before)) {
        return [key, annotateSecrets(value, before)];
      }
      return [key, hasSecrets(before) ? secret(value) : value];
    }),
  );
}

/** Properties with some of them marked as secret. */
export function markSecrets(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, names.includes(key) ? secret(value) : value]),
  );
}

/** A stack's outputs as a result has them: what is unknown left out, secrets masked. */
export function shownOutputs(outputs: Properties): Properties {
  const known = Object.entries(outputs).filter(([, value]) => !hasUnknowns(value));
  return maskSecrets(Object.fromEntries(known)) as Properties;
}

/** Encrypts and decrypts the secrets of one stack. */
export class SecretsManager {
  readonly #key: Buffer;

  constructor(passphrase: string, salt: string) {
    this.#key = scryptSync(passphrase, salt, 32, { N: 1024 });
  }

  /** A value as it is stored: what every secret holds is encrypted. */
  encrypt(value: unknown): unknown {
    if (!isSecret(value)) {
      return mapInside(value, (inside) => this.encrypt(inside));
    }
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const text = Buffer.concat([cipher.update(JSON.stringify(value.value), "utf8"), cipher.final()]);
    const ciphertext = [nonce, cipher.getAuthTag(), text].map((part) => part.toString("base64")).join(":");
    return { [signatureKey]: secretSignature, ciphertext };
  }

  /** A stored value as it was before. */
  decrypt(value: unknown): unknown {
    if (!isSecret(value)) {
      return mapInside(value, (inside) => this.decrypt(inside));
    }
    const [nonce, tag, text] = String(value.ciphertext)
      .split(":")
      .map((part) => Buffer.from(part, "base64"));
    const decipher = createDecipheriv("aes-256-gcm", this.#key, nonce ?? "");
    decipher.setAuthTag(tag ?? Buffer.of());
    return secret(
      JSON.parse(Buffer.concat([decipher.update(text ?? Buffer.of()), decipher.final()]).toString()),
    );
  }
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function insideOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
}

function mapInside(value: unknown, change: (inside: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(change);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, change(inside)]))
    : value;
}
