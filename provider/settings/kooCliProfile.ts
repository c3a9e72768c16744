// KooCLI's config.json: profiles in each of the ways in which it signs in. Called by profile.ts.
// https://support.huaweicloud.com/intl/en-us/usermanual-hcli/hcli_05_10.html
import { describeValue } from "../errors/describeValue";
import { JsonProblem, parseJson } from "../http/json";
import {
  labelOf,
  noProfile,
  type Profile,
  profileProblem,
  type ReadProfiles,
  repeated,
  settingsIn,
} from "./profileFormat";
import { refuseUnsupported } from "./unsupported";

type Fields = Readonly<Record<string, unknown>>;

const place = { region: "region", projectId: "projectId" } as const;
const credential = {
  domainId: "domainId",
  accessKey: "accessKeyId",
  secretKey: "secretAccessKey",
  securityToken: "securityToken",
} as const;
const role = {
  "assumeRole.agencyName": "agencyName",
  "assumeRole.domainName": "agencyDomainName",
  "assumeRole.domainId": "agencyDomainId",
} as const;

/** A profile is written encrypted unless KooCLI is told otherwise; how that looks in the file is documented nowhere. */
const remedy =
  "KooCLI keeps it encrypted unless it is told otherwise, and nobody else can read it then: run `hcloud configure set --cli-auth-encrypt=false`, and configure the profile again";

/** The profiles of a file by their names, each with its place among them. */
type ProfilesByName = ReadonlyMap<string, readonly { readonly fields: Fields; readonly at: number }[]>;

/** One profile of a file, and all the others that it may name. */
interface Chosen {
  readonly name: string;
  readonly fields: Fields;
  readonly label: string;
  readonly all: ProfilesByName;
  readonly path: string;
}

export const readKooCliProfiles: ReadProfiles = (text, path) => {
  let content: { readonly current?: unknown; readonly profiles?: unknown };
  try {
    content = parseJson(text) as typeof content;
  } catch (error) {
    const twice = error instanceof JsonProblem && error.key !== undefined;
    throw profileProblem(twice ? `${path} cannot be used: ${error.message}` : `${path} is not JSON`);
  }
  const profiles = (Array.isArray(content.profiles) ? content.profiles : []) as (Fields | null)[];
  const all = Map.groupBy(
    profiles.flatMap((fields, at) => (typeof fields?.["name"] === "string" ? { fields, at } : [])),
    ({ fields }) => fields["name"] as string,
  );
  const current = typeof content.current === "string" ? content.current : "default";
  return { names: [...all.keys()], choose: (wanted = current) => read(named(wanted, all, path)) };
};

function named(name: string, all: ProfilesByName, path: string): Chosen {
  const found = all.get(name) ?? [];
  const [first, ...others] = found;
  if (!first) {
    throw noProfile(path, name, [...all.keys()]);
  }
  const { fields } = first;
  const label = labelOf(name, path);
  if (others.length > 0) {
    throw repeated(
      label,
      found.map(({ at }) => `profiles[${at}]`),
    );
  }
  refuseUnsupported(
    Object.entries(fields).filter(([field]) => !(Object.values(role) as string[]).includes(field)),
    (field) => `${field} in ${label}`,
  );
  return { name, fields, label, all, path };
}

function read(chosen: Chosen): Profile {
  const { fields, label } = chosen;
  const mode = fields["mode"] ?? "";
  if (mode === "AssumeRole" || mode === "agency") {
    return withRole(chosen, mode);
  }
  const unused = ["sourceProfile", ...Object.values(role)].find((field) => (fields[field] ?? "") !== "");
  if (unused !== undefined) {
    throw profileProblem(
      `${unused} in ${label} is set, but its mode is ${describeValue(mode)}: use the mode AssumeRole with a sourceProfile, or empty ${unused}`,
    );
  }
  switch (mode) {
    case "":
    case "AKSK":
      return { settings: settingsIn(fields, { ...place, ...credential }, label), remedy };
    case "SSO": {
      const session = (fields["ssoAuth"] as Fields | undefined)?.["stsToken"] as Fields | undefined;
      return {
        settings: settingsIn({ ...fields, ...session }, { ...place, ...credential }, label),
        remedy: `Run \`hcloud configure sso\` to sign in again. ${remedy}`,
      };
    }
    case "ecsAgency":
      return { settings: settingsIn(fields, place, label), wantsMetadata: `mode in ${label}` };
    default:
      throw profileProblem(
        `mode in ${label} is ${describeValue(mode)}, which is not supported: use a profile of the mode AKSK, SSO, AssumeRole or ecsAgency`,
      );
  }
}

/** A profile whose agency is assumed with the key of another one. */
function withRole(chosen: Chosen, mode: string): Profile {
  const { fields, label } = chosen;
  const source = sourceOf(chosen, mode);
  const region = (fields["region"] ?? "") === "" ? source : chosen;
  return {
    settings: new Map([
      ...settingsIn(region.fields, { region: "region" }, region.label),
      ...settingsIn(fields, role, label),
      ...settingsIn(source.fields, credential, source.label),
    ]),
    remedy,
  };
}

function sourceOf({ name, fields, label, all, path }: Chosen, mode: string): Chosen {
  const wanted = fields["sourceProfile"] ?? "";
  const must = "it must be the name of a profile of the mode AKSK";
  if (typeof wanted !== "string" || wanted === "") {
    throw profileProblem(`mode in ${label} is ${describeValue(mode)}, but sourceProfile is not set: ${must}`);
  }
  const what = `sourceProfile in ${label}`;
  if (wanted === name) {
    throw profileProblem(`${what} is the profile itself: ${must}`);
  }
  if (!all.has(wanted)) {
    throw profileProblem(
      `${what} is ${JSON.stringify(wanted)}, which the file does not have; it has ${[...all.keys()].join(", ")}`,
    );
  }
  const way = [name, wanted];
  const sourceOfNamed = (profile: string) => all.get(profile)?.[0]?.fields["sourceProfile"];
  for (let next = sourceOfNamed(wanted); typeof next === "string" && all.has(next); ) {
    if (way.includes(next)) {
      throw profileProblem(`${what} leads in a circle, ${[...way, next].join(" > ")}: ${must}`);
    }
    way.push(next);
    next = sourceOfNamed(next);
  }
  const source = named(wanted, all, path);
  const sourceMode = source.fields["mode"] ?? "";
  if (sourceMode !== "" && sourceMode !== "AKSK") {
    throw profileProblem(
      `${what} is ${JSON.stringify(wanted)}, whose mode is ${describeValue(sourceMode)}: ${must}`,
    );
  }
  const missing = ["accessKeyId", "secretAccessKey"].find((field) => (source.fields[field] ?? "") === "");
  if (missing !== undefined) {
    throw profileProblem(`${what} is ${JSON.stringify(wanted)}, which has no ${missing}: ${must}`);
  }
  return source;
}
