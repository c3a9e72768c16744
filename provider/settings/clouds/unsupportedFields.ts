// Fields of a cloud that would change who asks or how, and that are not supported: refused, never ignored. A leaf;
// called by cloud.ts.

type Fields = Readonly<Record<string, unknown>>;

/** What a field holds, and how an error calls it: beside `auth` and in it. */
type Read = (field: string) => readonly { readonly name: string; readonly value: string }[];

const otherWays =
  /^(passcode|auth_methods|application_credential_(id|name|secret)|trust_id|identity_provider|protocol|mapped_.*|client_(id|secret)|access_token)$/;
const off = /^(false|f|no|n|off|0)$/i;

/** What is wrong with the first field, of the cloud or of its `auth`, that is not supported. */
export function unsupportedField(read: Read, cloud: Fields, auth: Fields, label: string): string | undefined {
  const unverified = read("verify").filter(({ value }) => off.test(value));
  const insecure = read("insecure").filter(({ value }) => !off.test(value));
  const [unchecked] = [...unverified, ...insecure];
  if (unchecked) {
    return `${unchecked.name} is ${unchecked.value}, but certificates are always checked. Remove it, and name your own certificate authorities with cacert`;
  }
  const [certificate] = ["cert", "key"].flatMap(read);
  if (certificate) {
    return `${certificate.name} is set, but a certificate of the client is not supported. Remove it`;
  }
  const other = [auth, cloud]
    .flatMap(Object.entries<unknown>)
    .find(([name, value]) => otherWays.test(name) && (value ?? "") !== "");
  return (
    other &&
    `${other[0]} in ${label} is set, but this way of signing in is not supported, and without it the lookup would ask as somebody else. Remove it, and use a token, a key pair or a password`
  );
}
