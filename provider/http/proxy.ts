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
  if (isLoopback(origin) || origin === metadataOrigin) {
    return { proxy: undefined };
  }
  const url = new URL(origin);
  const proxy = url.protocol === "https:" ? proxies.https : proxies.http;
  const exception = proxy && proxies.exceptions.find((entry) => covers(entry, url));
  return exception ? { proxy: undefined, exception: exception.text } : { proxy };
}

/** Which proxy an origin is asked through, and why: a clause, without a password, that can follow `proxy:`. */
export function describeRoute(origin: string, proxies: Proxies): string {
  const { proxy, exception } = routeTo(origin, proxies);
  if (exception !== undefined) {
    return `none, since the entry ${exception} of ${proxies.noProxyFrom} matches`;
  }
  return proxy ? `${describeProxy(proxy)}, and no entry of ${proxies.noProxyFrom} matches` : "none";
}

/** A proxy by its host and the variable that names it. */
export function describeProxy({ from, address }: Proxy): string {
  return `${address?.host ?? "not an address"} (${from})`;
}

/** The forms in which the passwords of the proxies may come back in what a server writes. */
export function proxySecrets({ https, http }: Proxies): string[] {
  return [https, http].flatMap((proxy) => {
    const { username = "", password = "" } = proxy?.address ?? {};
    const login = decodeURIComponent(`${username}:${password}`);
    return password === ""
      ? []
      : [password, decodeURIComponent(password), Buffer.from(login).toString("base64")];
  });
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
