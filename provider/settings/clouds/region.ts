// What a cloud has of its vendor, and the region it is asked in. Pure; called by clouds.ts.
import { describeValue } from "../../errors/describeValue";
import { VpcepError } from "../../errors/errors";
import {
  type CloudSetting,
  mapOf,
  mappingAt,
  merged,
  type Tree,
  type TreeMap,
  textAt,
  underscored,
} from "./tree";

/** What is built in of a vendor: its addresses follow from the region, as everybody's. */
const builtIn: TreeMap = {
  otc: { regions: ["eu-de", "eu-nl"] },
  "otc-swiss": { regions: ["eu-ch2"] },
};

/** The fields of a cloud over those of its vendor. One that nobody knows is none: tools write the cloud's own name there. */
export function withVendor(own: TreeMap, label: string, vendors: TreeMap): TreeMap {
  const name = textAt(own["profile"], `profile in ${label}`) ?? textAt(own["cloud"], `cloud in ${label}`);
  if (name === undefined) {
    return own;
  }
  if (/^https?:\/\//i.test(name)) {
    throw problem(
      `profile in ${label} is an address, which is not asked: set auth_url and region_name in its place`,
    );
  }
  const known = [vendors, builtIn].find((all) => Object.hasOwn(all, name));
  const vendor = mappingAt(known?.[name], `the profile of ${label}`);
  return merged(underscored(vendor), own, label);
}

/** The region of a cloud, and the fields that it has for that one alone. `wanted` is the one to take. */
export function regionOf(
  cloud: TreeMap,
  label: string,
  wanted: CloudSetting | undefined,
): readonly [CloudSetting, TreeMap] {
  const known = [cloud["regions"] ?? []].flat().map((region) => readRegion(region, `regions in ${label}`));
  const name = `region_name in ${label}`;
  const own = textAt(cloud["region_name"], name);
  const named = wanted?.value ? wanted : { name, value: own };
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

/** A region of a list: its name alone, or with the fields that are for it. */
function readRegion(region: Tree, list: string): { readonly name: string; readonly values: TreeMap } {
  const map = mapOf(region) ?? { name: region };
  const name = textAt(map["name"] ?? null, `a name in ${list}`);
  if (name === undefined) {
    throw problem(`${list} has one without a name`);
  }
  return { name, values: underscored(mappingAt(map["values"], `values of ${name} in ${list}`)) };
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
