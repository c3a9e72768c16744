// Which hosts a region's API and its IAM have, and which addresses a credential may be sent to at all.
// Pure; called by addresses.ts, and by whoever takes an address.

import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { isLoopback } from "../http/addresses";
import { regionProblem } from "../lookups/arguments";

/** Where requests go, or why none may, and where that comes from, as an error calls it. */
export type Address =
  | { readonly from: string; readonly origin: string }
  | { readonly from: string; readonly problem: string };

/** The origin of an address that a request is about to be sent to. */
export function originOf(address: Address): string {
  if ("problem" in address) {
    throw new VpcepError("VPCEP_CONFIG", address.problem);
  }
  return address.origin;
}

/** Which cloud a region belongs to, where the user names none: the first row that matches. */
const cloudOfRegion: readonly (readonly [RegExp, string])[] = [
  [/^eu-west-1\d\d$/, "myhuaweicloud.eu"],
  [/^eu-(de|nl)$/, "otc.t-systems.com"],
  [/^eu-ch2$/, "sc.otc.t-systems.com"],
  [/^eu-west-0$/, "prod-cloud-ocb.orange-business.com"],
  [/^/, "myhuaweicloud.com"],
];

/** The domain of the cloud that a region belongs to. */
export function defaultCloud(region: string): string {
  return cloudOfRegion.find(([regions]) => regions.test(region))?.[1] ?? "";
}

/** The origin of VPCEP in a region. */
export function vpcepOrigin(region: string, cloud: string): string {
  return `https://vpcep.${region}.${cloud}`;
}

/** The region whose VPCEP or IAM an origin is, by its host name: one in any cloud, at any port. */
export function regionOfOrigin(origin: string): string | undefined {
  const region = /^(?:vpcep|iam|iam-pub)\.([a-z0-9-]+)\.[^.]+\.[^.]/.exec(new URL(origin).hostname)?.[1];
  return regionProblem(region) === undefined ? region : undefined;
}

/** The cloud whose VPCEP, IAM or STS in a region an origin is, by its host name; undefined where that does not tell. */
export function cloudOfOrigin(origin: string, region: string): string | undefined {
  const [, named, cloud] =
    /^(?:vpcep|iam|iam-pub|sts)\.([a-z0-9-]+)\.([^.]+\.[^.].*?)\.?$/.exec(new URL(origin).hostname) ?? [];
  return named === region ? cloud : undefined;
}

/** The origin of IAM in a region; the Swiss region has it under another name. */
export function iamOrigin(region: string, cloud: string): string {
  return `https://${region === "eu-ch2" ? "iam-pub" : "iam"}.${region}.${cloud}`;
}

/** The origin of STS in a region of the clouds that are known to have it. */
export function stsOrigin(region: string, cloud: string): string | undefined {
  return /^myhuaweicloud\.(com|eu)$/.test(cloud) ? `https://sts.${region}.${cloud}` : undefined;
}

/** Refuses a cloud that is not a bare domain name. */
export function checkCloud(cloud: string, from: string): string {
  const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  if (cloud.length > 253 || !new RegExp(`^${label}(\\.${label})+$`).test(cloud)) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${from} must be a domain such as otc.t-systems.com, but is ${describeValue(cloud)}`,
      { fault: { settings: [from] } },
    );
  }
  return cloud;
}

/**
 * The origin of an address that the user named, for example `https://vpcep.eu-de.otc.t-systems.com`.
 * Refuses everything that could carry a credential elsewhere: plain http off this machine, a user name, a path,
 * a link-local address.
 */
export function checkOrigin(address: string, from: string, allowedPath: RegExp = /^\/$/): string {
  const problem = (reason: string) =>
    new VpcepError("VPCEP_CONFIG", `${from} ${reason}`, { fault: { settings: [from] } });
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:\/\//i.test(address)) {
    throw problem("must be an address such as https://vpcep.eu-de.otc.t-systems.com");
  }
  if (url.username !== "" || url.password !== "") {
    throw problem("must not hold a user name or a password");
  }
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(address) || !allowedPath.test(url.pathname)) {
    throw problem(`must be an origin alone, without a path or a query, such as ${url.protocol}//${url.host}`);
  }
  if (url.protocol === "http:" && !isLoopback(url.origin)) {
    throw problem("must be https: plain http is accepted for this machine's own addresses alone");
  }
  if (/^(169\.254\.|\[fe[89ab]|\[::ffff:a9fe:)/.test(url.hostname)) {
    throw problem("must not be a link-local address");
  }
  return url.origin;
}
