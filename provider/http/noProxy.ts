// One entry of NO_PROXY: which hosts it is for. A name is never resolved, so that a block is for addresses alone, and an
// address is of no domain: the end of one is no suffix. A leaf; used by proxy.ts.
import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";

/** One entry of NO_PROXY. */
export interface Exception {
  /** As it was written. */
  readonly text: string;
  /** Whether it is for a host; absent where it can be for none, so that it says something else than was meant. */
  readonly matches: ((host: string) => boolean) | undefined;
  /** 0 for every port. */
  readonly port: number;
}

/**
 * A host, a suffix of hosts, an IP address or a CIDR block, with or without a port; an IPv6 address with a port is in
 * brackets. A `*` stands for everything, for the beginning of a name, or for the last numbers of an IPv4 address.
 */
export function readException(text: string): Exception {
  const [, bracketed, prefix = "", bracketedPort] = /^\[(.+)\](\/\d+)?(?::(\d+))?$/.exec(text) ?? [];
  const [, plain, plainPort] = /^([^:]+):(\d+)$/.exec(text) ?? [];
  const host = bracketed === undefined ? (plain ?? text) : `${bracketed}${prefix}`;
  const port = Number(bracketedPort ?? plainPort ?? 0);
  const matches = host === "*" ? () => true : (addressTest(host) ?? nameTest(host));
  return { text, port, matches: port <= 65_535 ? matches : undefined };
}

/** Whether an entry is for an origin. */
export function covers({ matches, port }: Exception, origin: URL): boolean {
  const host = origin.hostname.replace(/^\[(.+)\]$/, "$1").replace(/(.)\.$/, "$1");
  const asked = Number(origin.port) || (origin.protocol === "https:" ? 443 : 80);
  return (port === 0 || port === asked) && matches?.(host) === true;
}

/** A name, and what is below it; with a `*` what ends with it alone. */
function nameTest(text: string): Exception["matches"] {
  const [, star, dot, rest = ""] = /^(\*?)(\.?)(.+?)\.?$/.exec(text) ?? [];
  const name = domainToASCII(rest.toLowerCase());
  // Whatever ends with a number is an address, or none.
  if (!/^(?:[\w-]+\.)*(?!(?:\d+|0x[\da-f]*)$)[\w-]+$/.test(name) || /[*/:@]/.test(rest)) {
    return undefined;
  }
  const below = star && !dot ? name : `.${name}`;
  return (host) => (host === name && !(star && dot)) || (isIP(host) === 0 && host.endsWith(below));
}

/** An address, or a block of them: an address is a block of one. */
function addressTest(text: string): Exception["matches"] {
  const [, octets] = /^((?:\d{1,3}\.){1,3})(?:\*\.){0,2}\*$/.exec(text) ?? [];
  if (octets !== undefined) {
    const numbers = octets.split(".").slice(0, -1);
    const address = [...numbers, 0, 0, 0].slice(0, 4).join(".");
    return isIP(address) === 4 ? blockTest(address, 8 * numbers.length) : undefined;
  }
  const [, address = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  const bits = family === 4 ? 32 : 128;
  const length = Number(prefix ?? bits);
  if (family === 0 || length > bits) {
    return undefined;
  }
  const mapped = family === 6 && length >= 96 ? mappedAddress(address) : undefined;
  return mapped === undefined ? blockTest(address, length) : blockTest(mapped, length - 96);
}

function blockTest(address: string, length: number): Exception["matches"] {
  const family = isIP(address);
  const list = new BlockList();
  list.addSubnet(address, length, family === 4 ? "ipv4" : "ipv6");
  return (host) => {
    const asked = isIP(host);
    // An IPv6 address may be an IPv4 one in its longer form, and BlockList knows; but ::/0 is for no IPv4 address.
    return asked !== 0 && asked >= family && list.check(host, asked === 4 ? "ipv4" : "ipv6");
  };
}

/** The IPv4 address that an IPv6 one is the longer form of. */
function mappedAddress(address: string): string | undefined {
  const { hostname } = new URL(`http://[${address}]`);
  const [, ...halves] = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/.exec(hostname) ?? [];
  const numbers = halves.map((half) => Number.parseInt(half, 16)).flatMap((half) => [half >> 8, half & 255]);
  return numbers.length === 0 ? undefined : numbers.join(".");
}
