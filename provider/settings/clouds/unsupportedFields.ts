// Fields of a cloud that would change who asks or how, and that are not supported: refused, never ignored. A leaf;
// called by cloud.ts.

type Fields = Readonly<Record<string, unknown>>;

const otherWays =
  /^(passcode|auth_methods|application_credential_(id|name|secret)|trust_id|identity_provider|protocol|mapped_.*|client_(id|secret)|access_token)$/;
const off = /^(false|f|no|n|off|0)$/i;

/** What is wrong with the first field, of the cloud or of its `auth`, that is not supported. */
export function unsupportedField(cloud: Fields, auth: Fields, label: string): string | undefined {
  const text = (name: string) => String(cloud[name] ?? "");
  const unchecked = off.test(text("verify"))
    ? "verify"
    : text("insecure") !== "" && !off.test(text("insecure"))
      ? "insecure"
      : undefined;
  if (unchecked !== undefined) {
    return `${unchecked} in ${label} is ${text(unchecked)}, but certificates are always checked. Remove it, and name your own certificate authorities with cacert`;
  }
  const certificate = ["cert", "key"].find((name) => text(name) !== "");
  if (certificate !== undefined) {
    return `${certificate} in ${label} is set, but a certificate of the client is not supported. Remove it`;
  }
  const other = [auth, cloud]
    .flatMap(Object.entries<unknown>)
    .find(([name, value]) => otherWays.test(name) && (value ?? "") !== "");
  return (
    other &&
    `${other[0]} in ${label} is set, but this way of signing in is not supported, and without it the lookup would ask as somebody else. Remove it, and use a token, a key pair or a password`
  );
}
