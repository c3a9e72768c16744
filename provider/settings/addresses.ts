// To which hosts a credential may go: the addresses that are set for it, else those that follow from the region or from the
// others. One that would take it to somebody else has a problem in place of an origin, which is thrown once a request would go
// there, so that a setting that nobody needs is in nobody's way. Pure; called by settings.ts.
import {
  type Address,
  checkCloud,
  checkOrigin,
  cloudOfOrigin,
  defaultCloud,
  iamOrigin,
  stsOrigin,
  vpcepOrigin,
} from "./hosts";
import { type ConfiguredEndpoint, checkAuthUrl, configuredEndpoint } from "./place";
import {
  type FoundSetting,
  type SettingFamily,
  type SettingKey,
  type SettingSources,
  searcher,
} from "./table";

/** Whose credential it is. */
export interface Asker {
  /** As an error calls it. */
  readonly from: string;
  /** The families that it is of; none where every address is for it, as for the server's own key. */
  readonly families: readonly SettingFamily[];
}

/** Nobody in particular: every address is for whoever that is. */
export const anybody: Asker = { from: "", families: [] };

/** The addresses of a lookup. */
export interface Addresses {
  readonly endpoint: Address & Partial<Pick<ConfiguredEndpoint, "projectId">>;
  readonly authUrl: Address;
  /** Undefined where the cloud has none. */
  readonly stsUrl: Address | undefined;
}

/** What an address is of, and where it is in a region of a cloud. */
const services = {
  endpoint: { name: "VPCEP", originIn: vpcepOrigin },
  authUrl: { name: "IAM", originIn: iamOrigin },
  stsUrl: { name: "STS", originIn: stsOrigin },
} as const;

type AddressKey = keyof typeof services;

/**
 * The addresses of a lookup. Those of a configuration are for any credential; of the others, those of the credential's own family
 * of names come first, and not every family's are for it.
 */
export function resolveAddresses(
  sources: SettingSources,
  region: FoundSetting,
  configuredRegion: FoundSetting | undefined,
  asker: Asker,
): Addresses {
  const families = sources.flat();
  const usable = families.filter((family) => isFor(family, asker));
  const own = usable.filter((family) => isOwn(family, asker));
  const [find, findOwn, findAny] = [searcher([...own, ...usable]), searcher(own), searcher(families)];
  const endpoint = configuredEndpoint(sources, region, configuredRegion, (family) => isFor(family, asker));
  const [authUrl, stsUrl] = [find("authUrl"), find("stsUrl")];
  const set = {
    endpoint,
    authUrl: authUrl && { origin: checkAuthUrl(authUrl, region), from: authUrl.from },
    stsUrl: stsUrl && { origin: checkOrigin(stsUrl.value, stsUrl.from), from: stsUrl.from },
  };
  const addresses = Object.values(set);
  // An address of the credential's own tells its cloud better than another family does.
  const isTold =
    addresses.every((address) => address !== undefined) ||
    addresses.some((address) => address && cloudOfOrigin(address.origin, region.value) !== undefined);
  const cloud = findOwn("cloud") ?? (isTold ? undefined : find("cloud"));
  const derived = cloud
    ? {
        domain: checkCloud(cloud.value, cloud.from),
        from: "by region",
        stray: undefined,
        stranger: undefined,
      }
    : derivedCloud(addresses, region, findAny("cloud"));

  const namesOf = (key: SettingKey) => (family: SettingFamily) => family.namesOf(key, region.value);
  /** The settings that name an address for this credential, the first of each source. */
  const ways = (key: AddressKey | "cloud") =>
    sources
      .flatMap((one) => one.filter((family) => isFor(family, asker)).flatMap(namesOf(key))[0] ?? [])
      .join(" or ") || `vpcep:${key}`;
  const strayed = ({ from }: FoundSetting, what: string, key: AddressKey | "cloud") =>
    `${from} names ${what}, but the credential comes from ${asker.from}: an address is for a credential of its own family of names alone. Unset ${from}, or set ${ways(key)}`;

  const followed = (key: AddressKey): Address | undefined => {
    const { name, originIn } = services[key];
    const origin = originIn(region.value, derived.domain);
    const { from, stray, stranger } = derived;
    if (origin === undefined) {
      return undefined;
    }
    if (stranger) {
      const [theirs, others] = [origin, stranger.origin].map((each) => new URL(each).host);
      const problem = `The address of ${name} is not set, and would be ${theirs}, while ${stranger.from} names ${others}, which is of another cloud: set ${ways(key)}, or the domain of the cloud with ${ways("cloud")}`;
      return { from, problem };
    }
    return stray ? { from: stray.from, problem: strayed(stray, "the cloud", "cloud") } : { from, origin };
  };
  const addressOf = (key: AddressKey): Address | undefined => {
    const [found, other, stray] = [set[key], followed(key), findAny(key, region.value)];
    if (found || !stray) {
      return found ?? other;
    }
    // What says no more than what holds without it takes nothing elsewhere.
    return other && "origin" in other && isAlone(stray.value, other.origin)
      ? other
      : { from: stray.from, problem: strayed(stray, `the address of ${services[key].name}`, key) };
  };
  return {
    endpoint: endpoint ?? (addressOf("endpoint") as Address),
    authUrl: addressOf("authUrl") as Address,
    stsUrl: addressOf("stsUrl"),
  };
}

/** Whether the addresses of a family are for a credential: those of the vendor's own names for any but that of a cloud of OpenStack's. */
function isFor(family: SettingFamily, { families }: Asker): boolean {
  const isOfCloud = families.some(({ chosen }) => chosen !== undefined);
  return isOwn(family, { families }) || (family.addressesFor === "huawei" && !isOfCloud);
}

/** Whether a family is the credential's own, as far as addresses go, or nobody's in particular. */
function isOwn(family: SettingFamily, { families }: Pick<Asker, "families">): boolean {
  const { addressesFor } = family;
  return (
    addressesFor === undefined ||
    families.length === 0 ||
    families.some((own) => own === family || own.addressesFor === addressesFor)
  );
}

/** The cloud that follows from the addresses that are set, where they have the names of a cloud's hosts, else from the region. */
function derivedCloud(
  set: readonly ({ readonly origin: string; readonly from: string } | undefined)[],
  region: FoundSetting,
  named: FoundSetting | undefined,
) {
  const addresses = set.flatMap((address) => address ?? []);
  const telling = addresses.find(({ origin }) => cloudOfOrigin(origin, region.value) !== undefined);
  const byRegion = defaultCloud(region.value);
  const domain = (telling && cloudOfOrigin(telling.origin, region.value)) ?? byRegion;
  const stranger = addresses.find(({ origin }) => {
    const { hostname } = new URL(origin);
    return (
      (cloudOfOrigin(origin, region.value) ?? (hostname.endsWith(`.${domain}`) ? domain : "")) !== domain
    );
  });
  return {
    domain,
    from: telling && domain !== byRegion ? `by ${telling.from}` : "by region",
    /** An address that is of another cloud. */
    stranger,
    /** A cloud that is named for another credential, where nothing else tells it. */
    stray: !telling && named?.value !== domain ? named : undefined,
  };
}

/** Whether an address that a setting has is an origin, and no more than that. */
function isAlone(address: string, origin: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.origin === origin && /^\/(v\d\/?)?$/.test(url.pathname);
}
