// The clouds of OpenStack's own files, chosen by name or because there is one alone.
// This room knows those files, and no setting of this package; settings/ may enter. Called by families.ts for OS_CLOUD, and
// by profile.ts.
import { VpcepError } from "../../errors/errors";
import { type Cloud, readCloud } from "./cloud";
import { type CloudFiles, cloudFolders, type Machine, type NamedFile, readCloudFiles } from "./cloudFiles";
import { regionOf, withVendor } from "./region";
import { type CloudSetting, FormProblem, mapOf, merged, underscored } from "./tree";

/** The clouds of the files that were found. */
export interface Clouds {
  /** The files, as an error calls them. */
  readonly path: string;
  readonly names: readonly string[];
  /** The cloud of a name, else the only one. `wantedRegion` is the one to take of its regions. */
  readonly choose: (wanted: string | undefined, wantedRegion?: CloudSetting) => Cloud;
}

/** The clouds of the files that this machine has; undefined where there is none. `file` is read as clouds.yaml. */
export function cloudsOf(machine: Machine, file?: NamedFile): Clouds | undefined {
  const files = wellFormed(() => readCloudFiles(machine, file));
  if (!files) {
    return undefined;
  }
  const path = files.paths.join(" and ");
  const names = Object.keys(files.clouds);
  return {
    path,
    names,
    choose: (wanted, wantedRegion) =>
      wellFormed(() => read(files, path, wanted ?? onlyOf(names, path), wantedRegion)),
  };
}

/** The cloud that OS_CLOUD names. */
export function cloudOfVariable(wanted: string, machine: Machine): Cloud {
  const clouds = cloudsOf(machine);
  if (!clouds?.names.includes(wanted)) {
    throw unknown(wanted, clouds, machine);
  }
  const { environment } = machine;
  return clouds.choose(wanted, { name: "OS_REGION_NAME", value: environment["OS_REGION_NAME"] });
}

function read(
  { clouds, vendors }: CloudFiles,
  path: string,
  name: string,
  wantedRegion: CloudSetting | undefined,
): Cloud {
  const tree = Object.hasOwn(clouds, name) ? clouds[name] : undefined;
  if (tree === undefined) {
    throw problem(
      `${path} has no cloud ${JSON.stringify(name)}; it has ${Object.keys(clouds).join(", ") || "none"}`,
    );
  }
  const label = `cloud ${JSON.stringify(name)} of ${path}`;
  const own = mapOf(tree);
  if (!own) {
    throw problem(`${label} must be a mapping`);
  }
  const cloud = withVendor(underscored(own), label, vendors);
  const [region, ofRegion] = regionOf(cloud, label, wantedRegion);
  return readCloud(merged(cloud, ofRegion, label), region, label);
}

function wellFormed<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof FormProblem ? problem(error.message) : error;
  }
}

function onlyOf(names: readonly string[], path: string): string {
  const [only, ...others] = names;
  if (only === undefined || others.length > 0) {
    throw problem(
      `${path} has the clouds ${names.join(", ")}, and none is chosen: set OS_CLOUD to one of them`,
    );
  }
  return only;
}

function unknown(wanted: string, clouds: Clouds | undefined, machine: Machine): VpcepError {
  const where = clouds
    ? `${clouds.path} has no such cloud; it has ${clouds.names.join(", ") || "none"}`
    : `there is no clouds.yaml in ${cloudFolders(machine).join(", ")}`;
  return problem(
    wanted.includes(".")
      ? `OS_CLOUD is ${JSON.stringify(wanted)}, and ${where}. If it is the domain of a cloud, as Flexible Engine's tools take it, unset it, and set HW_CLOUD`
      : `OS_CLOUD is ${JSON.stringify(wanted)}, but ${where}`,
  );
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
