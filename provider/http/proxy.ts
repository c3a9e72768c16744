// Which proxy a request to an origin goes through, if any, and why: the one reading of HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
// A leaf; used by dispatchers.ts for every origin, and by the command's doctor.

/** A proxy and the variable that names it. */
export interface Proxy {
  readonly from: string;
  /** Absent where the variable holds none that can be used; what it holds instead may be a password. */
  readonly address: URL | undefined;
}

/** One entry of NO_PROXY. */
interface Exception {
  /** As it was written. */
  readonly text: string;
  readonly host: string;
  /** 0 for every port. */
  readonly port: number;
  /** Whether it is for what is below the host alone. */
  readonly below: boolean;
}

/** What the environment says of proxies. */
export interface Proxies {
  /** By the protocol of the origin that is asked: without HTTPS_PROXY, HTTP_PROXY is for both. */
  readonly https: Proxy | undefined;
  readonly http: Proxy | undefined;
  /** NO_PROXY, as it was written and as it was read. */
  readonly noProxy: string;
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
  const noProxy = variable(environment, "NO_PROXY").value;
  return {
    http,
    https: readProxy(environment, "HTTPS_PROXY") ?? http,
    noProxy,
    exceptions: noProxy
      .split(/[,\s]/)
      .filter((entry) => entry !== "")
      .map(readException),
  };
}

/** The way to an origin that is not on this machine or its link. */
export function routeTo(origin: string, proxies: Proxies): Route {
  const url = new URL(origin);
  const proxy = url.protocol === "https:" ? proxies.https : proxies.http;
  const host = url.hostname.replace(/^\[(.+)\]$/, "$1").replace(/(.)\.$/, "$1");
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  const exception = proxy && proxies.exceptions.find((entry) => covers(entry, host, port));
  return exception ? { proxy: undefined, exception: exception.text } : { proxy };
}

function covers(exception: Exception, host: string, port: number): boolean {
  if (exception.port !== 0 && exception.port !== port) {
    return false;
  }
  return (
    exception.host === "*" ||
    (host === exception.host && !exception.below) ||
    host.endsWith(`.${exception.host}`)
  );
}

/** An entry: a host or a suffix of hosts, with or without a port; an IPv6 address with a port is in brackets. */
function readException(text: string): Exception {
  const [, bracketed, bracketedPort] = /^\[(.+)\](?::(\d+))?$/.exec(text) ?? [];
  const [, plain, plainPort] = /^([^:]+):(\d+)$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? text;
  return {
    text,
    host: host
      .replace(/^\*?\./, "")
      .replace(/(.)\.$/, "$1")
      .toLowerCase(),
    port: Number(bracketedPort ?? plainPort ?? 0),
    below: text.startsWith("*"),
  };
}

function readProxy(environment: Environment, name: string): Proxy | undefined {
  const { from, value } = variable(environment, name);
  return value === "" ? undefined : { from, address: readAddress(value) };
}

function readAddress(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  try {
    decodeURIComponent(`${url?.username}${url?.password}`);
  } catch {
    return undefined;
  }
  return url && /^https?:$/.test(url.protocol) && url.href === `${url.href.split("/", 3).join("/")}/`
    ? url
    : undefined;
}

function variable(environment: Environment, name: string): { readonly from: string; readonly value: string } {
  const small = name.toLowerCase();
  const from = environment[small] === undefined ? name : small;
  return { from, value: environment[from] ?? "" };
}
