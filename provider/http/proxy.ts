// Which proxy a request to an origin goes through, if any, and why: the one reading of HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
// Of a proxy's address nothing is shown but its host, since any other part may be of a password.
// Used by dispatchers.ts for every origin, by session.ts for what must not be shown, and by the command's doctor.
import { isLoopback, metadataOrigin } from "./addresses";
import { covers, type Exception, readException } from "./noProxy";

/** A proxy and the variable that names it. */
export interface Proxy {
  readonly from: string;
  /** Absent where the variable holds none that can be used; what it holds instead may be a password. */
  readonly address: URL | undefined;
  /** What is wrong with the variable, where it holds none, as a clause that follows its name. */
  readonly problem?: string;
}

/** What the environment says of proxies. */
export interface Proxies {
  /** By the protocol of the origin that is asked: without HTTPS_PROXY, HTTP_PROXY is for both. */
  readonly https: Proxy | undefined;
  readonly http: Proxy | undefined;
  /** NO_PROXY, as it was written and as it was read. */
  readonly noProxy: string;
  /** The variable it stands in. */
  readonly noProxyFrom: string;
  readonly exceptions: readonly Exception[];
}

/** The way to an origin. */
export interface Route {
  readonly proxy: Proxy | undefined;
  /** The entry of NO_PROXY, as it was written, for which a proxy is not asked. */
  readonly exception?: string;
  /** Which proxy is asked and why: a clause, without a password, that can follow `proxy:`. */
  readonly description: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the variables; the spelling in small letters comes first, even empty. */
export function readProxies(environment: Environment): Proxies {
  const http = readProxy(environment, "HTTP_PROXY");
  const { from: noProxyFrom, value: noProxy } = variable(environment, "NO_PROXY");
  return {
    http,
    https: readProxy(environment, "HTTPS_PROXY") ?? http,
    noProxy,
    noProxyFrom,
    exceptions: noProxy
      .split(/[,\s]/)
      .filter((entry) => entry !== "")
      .map(readException),
  };
}

/** The way to an origin: what is on this machine, or on its link, is never asked through a proxy. */
export function routeTo(origin: string, proxies: Proxies): Route {
  const url = new URL(origin);
  const isNear = isLoopback(origin) || url.origin === metadataOrigin;
  const proxy = url.protocol === "https:" ? proxies.https : proxies.http;
  if (isNear || !proxy) {
    return { proxy: undefined, description: "none" };
  }
  const { exceptions, noProxyFrom } = proxies;
  const exception = exceptions.find((entry) => covers(entry, url))?.text;
  return exception === undefined
    ? {
        proxy,
        description: `${proxy.address?.host ?? "not an address"} (${proxy.from}), and no entry of ${noProxyFrom} matches${unusable(exceptions)}`,
      }
    : {
        proxy: undefined,
        exception,
        description: `none, since the entry ${exception} of ${noProxyFrom} matches`,
      };
}

/** Which entries of NO_PROXY are for no host at all, as a clause: it is nowhere else that one would see it. */
function unusable(exceptions: readonly Exception[]): string {
  const entries = exceptions
    .filter(({ matches }) => !matches)
    // Whoever writes the address of a proxy there may write its password too.
    .map(({ text }) => text.replace(/^.*@/, "[redacted]@"));
  const more = entries.length > 3 ? ` and ${entries.length - 3} more` : "";
  return entries.length === 0 ? "" : `; ${entries.slice(0, 3).join(", ")}${more} in it can match no host`;
}

/** What a proxy is told of who asks. */
export function proxyAuthorization(address: URL): Readonly<Record<string, string>> {
  const login = loginOf(address);
  return login ? { "proxy-authorization": `Basic ${login}` } : {};
}

/** The forms in which the passwords of the proxies may come back in what a server writes. */
export function proxySecrets({ https, http }: Proxies): string[] {
  return [https, http].flatMap((proxy) => {
    const password = proxy?.address?.password;
    const login = proxy?.address && loginOf(proxy.address);
    return password && login ? [password, decodeURIComponent(password), login] : [];
  });
}

/** User name and password, as Basic authentication sends them. */
function loginOf({ username, password }: URL): string | undefined {
  return username === "" && password === ""
    ? undefined
    : Buffer.from(decodeURIComponent(`${username}:${password}`)).toString("base64");
}

function readProxy(environment: Environment, name: string): Proxy | undefined {
  const { from, value } = variable(environment, name);
  return value === "" ? undefined : { from, ...readAddress(value.trim()) };
}

/** Read more strictly than URL does, which takes a part of a password for a host, a port or a path. */
const addressForm =
  /^https?:\/\/(?:(?:[^@:/?#%\\\s]|%[\da-f]{2})*(?::(?:[^@:/?#%\\\s]|%[\da-f]{2})*)?@)?[^@/?#%\\\s]+\/?$/i;

function readAddress(text: string): Omit<Proxy, "from"> {
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && !/^https?$/.test(scheme)) {
    return {
      address: undefined,
      problem: `names a ${scheme}:// proxy, which is not supported: name an http:// or https:// one, or unset it`,
    };
  }
  const address = addressForm.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  return address && isDecodable(`${address.username}${address.password}`)
    ? { address }
    : {
        address: undefined,
        problem: `is not an address such as http://proxy.example.com:8080${
          text.includes("@") ? ": percent-encode @ : / # ? and % in its user name and password" : ""
        }`,
      };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function variable(environment: Environment, name: string): { readonly from: string; readonly value: string } {
  const small = name.toLowerCase();
  const from = environment[small] === undefined ? name : small;
  return { from, value: environment[from] ?? "" };
}
