// The fields of one cloud as settings: every spelling is read, and what would change who asks or whom is refused. Pure;
// called by clouds.ts. An error names the fields, never a value that may be secret.
import { describeValue } from "../../errors/describeValue";
import { VpcepError } from "../../errors/errors";
import { type CloudSetting, mappingAt, type TreeMap, textAt, underscored } from "./tree";
import { unsupportedField } from "./unsupportedFields";

/** The settings that a cloud may have. */
export type CloudKey =
  | "region"
  | "projectId"
  | "projectName"
  | "endpoint"
  | "authUrl"
  | "caFile"
  | "token"
  | "accessKey"
  | "secretKey"
  | "securityToken"
  | "userName"
  | "userId"
  | "password"
  | "domainName"
  | "domainId"
  | "assumeRole.agencyName"
  | "assumeRole.domainName"
  | "assumeRole.domainId"
  | "assumeRole.delegatedProject";

/** A cloud, read. */
export interface Cloud {
  /** As an error calls it. */
  readonly label: string;
  readonly settings: ReadonlyMap<CloudKey, CloudSetting>;
}

/** The keys of each setting, in `auth` or beside it; of several the first that is set. */
const spellings: Readonly<Record<Exclude<CloudKey, "region">, readonly string[]>> = {
  projectId: ["project_id", "tenant_id"],
  projectName: ["project_name", "tenant_name"],
  endpoint: ["vpcep_endpoint_override"],
  authUrl: ["auth_url"],
  caFile: ["cacert"],
  token: ["token"],
  accessKey: ["access_key", "ak"],
  secretKey: ["secret_key", "sk"],
  securityToken: ["security_token"],
  userName: ["username", "user_name"],
  userId: ["user_id"],
  password: ["password"],
  domainName: ["user_domain_name", "domain_name", "project_domain_name"],
  domainId: ["user_domain_id", "domain_id", "project_domain_id"],
  "assumeRole.agencyName": ["target_agency_name"],
  "assumeRole.domainName": ["target_domain_name"],
  "assumeRole.domainId": ["target_domain_id"],
  "assumeRole.delegatedProject": ["target_project_name"],
};

const keys: readonly (keyof typeof spellings)[] = ["accessKey", "secretKey", "securityToken"];
const user: readonly CloudKey[] = ["userName", "userId", "password"];

/** The ways to sign in, and what of the cloud each leaves out: a token that is left over, or keys for the object storage. */
const ways: readonly { readonly names: RegExp; readonly without: readonly CloudKey[] }[] = [
  { names: /^(v3)?token$/, without: [...keys, ...user] },
  { names: /^(v3)?password$/, without: ["token", ...keys] },
  { names: /^(v3)?aksk$/, without: ["token", ...user] },
  { names: /^agency$/, without: [] },
];

/** Fields in which nothing stands for another one, and which stand in no other. */
const secretFields = (["token", ...keys, "password"] as const).flatMap((key) => spellings[key]);

/** Reads a cloud, which is complete: its vendor's fields and its region's are among its own. */
export function readCloud(cloud: TreeMap, region: CloudSetting, label: string): Cloud {
  const auth = underscored(mappingAt(cloud["auth"], `auth in ${label}`));
  const reader = new CloudReader(cloud, auth, region.value, label);
  const unsupported = unsupportedField((field) => reader.all([field]), cloud, auth, label);
  if (unsupported !== undefined) {
    throw problem(unsupported);
  }
  return { label, settings: new Map([["region", region], ...reader.settings()]) };
}

/** Reads the fields of one cloud. */
class CloudReader {
  readonly #cloud: TreeMap;
  readonly #auth: TreeMap;
  readonly #region: string | undefined;
  readonly #label: string;

  constructor(cloud: TreeMap, auth: TreeMap, region: string | undefined, label: string) {
    this.#cloud = cloud;
    this.#auth = auth;
    this.#region = region;
    this.#label = label;
  }

  settings(): [CloudKey, CloudSetting][] {
    const without = this.#without();
    const all = Object.keys(spellings) as (keyof typeof spellings)[];
    const settings = all
      .filter((key) => !without.includes(key))
      .map((key): [CloudKey, CloudSetting] => [key, this.#setting(key)]);
    return this.#forTarget(new Map(settings));
  }

  /** What the way of signing in leaves out. */
  #without(): readonly CloudKey[] {
    const name = this.#find(["auth_type"])?.value;
    const way = ways.find(({ names }) => names.test(name ?? ""));
    if (name !== undefined && !way) {
      throw problem(
        `auth_type in ${this.#label} is ${describeValue(name)}, which is not supported, and without it the lookup would ask as somebody else: use token, password or agency, or a key pair without auth_type`,
      );
    }
    return way?.without ?? [];
  }

  /** Where an agency is entered, the project to ask is the one that is named there. */
  #forTarget(settings: Map<CloudKey, CloudSetting>): [CloudKey, CloudSetting][] {
    const isAgency = this.#find(["auth_type"])?.value === "agency";
    if (isAgency && settings.get("assumeRole.agencyName")?.value === undefined) {
      throw problem(`auth_type in ${this.#label} is agency, but target_agency_name is not set in its auth`);
    }
    if (settings.get("assumeRole.agencyName")?.value !== undefined) {
      const target = this.#find(["target_project_id"]);
      settings.set(
        "projectId",
        target ?? { name: `auth.target_project_id in ${this.#label}`, value: undefined },
      );
      settings.delete("projectName");
    }
    return [...settings];
  }

  #setting(key: Exclude<CloudKey, "region">): CloudSetting {
    const names =
      key === "domainName" || key === "domainId" ? this.#ofDomain(spellings[key]) : spellings[key];
    const found = keys.includes(key) ? this.#single(names) : this.#find(names);
    const { name, value } = found ?? { name: `auth.${names[0]} in ${this.#label}`, value: undefined };
    const isFilled = value !== undefined && !secretFields.includes(names[0] ?? "");
    const filled = isFilled ? this.#filled(value, name) : value;
    return { name, value: key === "authUrl" ? withScheme(filled) : filled };
  }

  /** The user's account stands under the most telling of its names, be it a name or an id. */
  #ofDomain(names: readonly string[]): readonly string[] {
    const level = names.findIndex((_, at) =>
      this.#find([spellings.domainName[at] ?? "", spellings.domainId[at] ?? ""]),
    );
    return names.slice(Math.max(0, level), Math.max(0, level) + 1);
  }

  /** The first of some names that is set; beside `auth` it beats the same in it. */
  #find(names: readonly string[]): (CloudSetting & { readonly value: string }) | undefined {
    return this.all(names)[0];
  }

  /** The value of several names of one thing, which nobody has given an order. */
  #single(names: readonly string[]): CloudSetting | undefined {
    const [found, ...others] = this.all(names);
    const other = others.find(({ value }) => value !== found?.value);
    if (found && other) {
      throw problem(`${found.name} and ${other.name} differ: remove one of them`);
    }
    return found;
  }

  /** Every value of some names: what stands beside `auth` before what stands in it. */
  all(names: readonly string[]): (CloudSetting & { readonly value: string })[] {
    return [this.#cloud, this.#auth].flatMap((fields) =>
      names.flatMap((field) => {
        const name = `${fields === this.#auth ? "auth." : ""}${field} in ${this.#label}`;
        const value = textAt(fields[field], name);
        return value === undefined ? [] : [{ name, value }];
      }),
    );
  }

  /** A value with the fields of the cloud in place of their names in braces. */
  #filled(value: string, label: string): string {
    return value.replaceAll(/\{(\w+)\}/g, (braces: string, name: string) => {
      if (secretFields.includes(name)) {
        throw problem(`${label} has ${braces} in it, a secret that would be shown. Write out what is meant`);
      }
      return (name === "region_name" ? this.#region : this.#find([name])?.value) ?? braces;
    });
  }
}

/** Some addresses of vendors have no scheme. */
function withScheme(address: string | undefined): string | undefined {
  return address !== undefined && /^[\w.-]+\.[a-z]+(:\d+)?(\/|$)/i.test(address)
    ? `https://${address}`
    : address;
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
