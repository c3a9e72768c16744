// One entry of NO_PROXY: which hosts it is for. A name is never resolved, so that a block is for addresses alone.
// A leaf; used by proxy.ts.
import { BlockList, isIP } from "node:net";

/** One entry of NO_PROXY. */
export interface Exception {
  /** As it was written. */
  readonly text: string;
  readonly host: string;
  /** Where the host is an IP address or a block of them. */
  readonly addresses: Addresses | undefined;
  /** 0 for every port. */
  readonly port: number;
  /** Whether it is for what is below the host alone. */
  readonly below: boolean;
}

interface Addresses {
  /** 4 or 6. */
  readonly family: number;
  readonly list: BlockList;
}

/** A host, a suffix of hosts or a CIDR block, with or without a port; an IPv6 address with a port is in brackets. */
export function readException(text: string): Exception {
  const [, bracketed, prefix = "", bracketedPort] = /^\[(.+)\](\/\d+)?(?::(\d+))?$/.exec(text) ?? [];
  const [, plain, plainPort] = /^([^:]+):(\d+)$/.exec(text) ?? [];
  const host = bracketed === undefined ? (plain ?? text) : `${bracketed}${prefix}`;
  return {
    text,
    host: host
      .replace(/^\*?\./, "")
      .replace(/(.)\.$/, "$1")
      .toLowerCase(),
    addresses: readAddresses(host),
    port: Number(bracketedPort ?? plainPort ?? 0),
    below: text.startsWith("*"),
  };
}

/** Whether an entry is for an origin. */
export function covers(exception: Exception, origin: URL): boolean {
  const host = origin.hostname.replace(/^\[(.+)\]$/, "$1").replace(/(.)\.$/, "$1");
  const port = Number(origin.port) || (origin.protocol === "https:" ? 443 : 80);
  if (exception.port !== 0 && exception.port !== port) {
    return false;
  }
  return (
    exception.host === "*" ||
    (host === exception.host && !exception.below) ||
    host.endsWith(`.${exception.host}`) ||
    hasAddress(exception.addresses, host)
  );
}

function hasAddress(addresses: Addresses | undefined, host: string): boolean {
  const family = isIP(host);
  // An IPv6 address may be an IPv4 one in its longer form, and BlockList knows; but ::/0 is for no IPv4 address.
  return (
    addresses !== undefined &&
    family >= addresses.family &&
    addresses.list.check(host, family === 4 ? "ipv4" : "ipv6")
  );
}

/** An address is a block of one. */
function readAddresses(text: string): Addresses | undefined {
  const [, address = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  const bits = family === 4 ? 32 : 128;
  const length = Number(prefix ?? bits);
  if (family === 0 || length > bits) {
    return undefined;
  }
  const list = new BlockList();
  list.addSubnet(address, length, family === 4 ? "ipv4" : "ipv6");
  return { family, list };
}
