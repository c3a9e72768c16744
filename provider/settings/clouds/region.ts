// What a cloud has of its vendor, and the region it is asked in. Pure; called by clouds.ts.
import { describeValue } from "../../errors/describeValue";
import { VpcepError } from "../../errors/errors";
import { type CloudSetting, mapOf, merged, type TreeMap, textOf, underscored } from "./tree";

/** What is built in of a vendor: its addresses follow from the region, as everybody's. */
const builtIn: TreeMap = {
  otc: { regions: ["eu-de", "eu-nl"] },
  "otc-swiss": { regions: ["eu-ch2"] },
};

/** The fields of a cloud over those of its vendor. One that nobody knows is none: tools write the cloud's own name there. */
export function withVendor(own: TreeMap, label: string, vendors: TreeMap): TreeMap {
  const name = textOf(own["profile"]) ?? textOf(own["cloud"]);
  if (name === undefined) {
    return own;
  }
  if (/^https?:\/\//i.test(name)) {
    throw problem(
      `profile in ${label} is an address, which is not asked: set auth_url and region_name in its place`,
    );
  }
  const known = [vendors, builtIn].find((all) => Object.hasOwn(all, name));
  return merged(underscored(mapOf(known?.[name]) ?? {}), own);
}

/** The region of a cloud, and the fields that it has for that one alone. `wanted` is the one to take. */
export function regionOf(
  cloud: TreeMap,
  label: string,
  wanted: CloudSetting | undefined,
): readonly [CloudSetting, TreeMap] {
  const known = [cloud["regions"] ?? []].flat().map((region) => {
    const map = mapOf(region);
    return { name: textOf(map ? map["name"] : region), values: underscored(mapOf(map?.["values"]) ?? {}) };
  });
  const own = textOf(cloud["region_name"]);
  const named = wanted?.value ? wanted : { name: `region_name in ${label}`, value: own };
  if (known.length === 0 || named.value === undefined) {
    const [first] = known;
    return first && named.value === undefined
      ? [{ name: `regions in ${label}`, value: first.name }, first.values]
      : [named, {}];
  }
  const found = known.find(({ name }) => name === named.value);
  if (!found) {
    throw problem(
      `${named.name} is ${describeValue(named.value)}, but the regions of ${label} are ${known.map(({ name }) => name).join(", ")}`,
    );
  }
  return [named, found.values];
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
