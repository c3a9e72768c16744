// Where the files of OpenStack's clients are, and what is in them: clouds.yaml, secure.yaml and clouds-public.yaml. Of each
// the first that is found is read, and no other. Used by clouds.ts.
// https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
import { posix, win32 } from "node:path";
import { VpcepError } from "../../errors/errors";
import { type FileProblem, readTextFile } from "../../files/textFile";
import { mapOf, merged, type Tree, type TreeMap } from "./tree";
import { documentBounds, parseYaml, YamlProblem } from "./yaml";

/** What of the machine decides where the files are. */
export interface Machine {
  /** The user's own folder, if there is one. */
  readonly home: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly platform: NodeJS.Platform;
}

/** What the files hold together. */
export interface CloudFiles {
  /** Those that were found: clouds.yaml, then secure.yaml. */
  readonly paths: readonly string[];
  /** By name, each with what is kept secret beside it. */
  readonly clouds: TreeMap;
  /** What clouds may name as their profile, beside the built-in ones. */
  readonly vendors: TreeMap;
}

/** A file that a setting names. */
export interface NamedFile {
  readonly path: string;
  readonly from: string;
}

/** Reads the files; undefined where there is none. `file` is read in place of any other clouds.yaml. */
export function readCloudFiles(machine: Machine, file?: NamedFile): CloudFiles | undefined {
  const found = file ? readNamed(file) : find("clouds", "OS_CLIENT_CONFIG_FILE", machine);
  const secure = find("secure", "OS_CLIENT_SECURE_FILE", machine);
  if (!found && !secure) {
    return undefined;
  }
  const vendors = find("clouds-public", "OS_CLIENT_VENDOR_FILE", machine);
  const paths = [found, secure].flatMap((document) => document?.path ?? []);
  return {
    paths,
    clouds: merged(part("clouds", found), part("clouds", secure), paths.join(" and ")),
    vendors: part("public-clouds", vendors),
  };
}

/** The folders that are looked in, in order. */
export function cloudFolders({ home, environment, workingFolder, platform }: Machine): string[] {
  const { join } = platform === "win32" ? win32 : posix;
  const below = (folder: string | undefined, ...rest: string[]) => (folder ? [join(folder, ...rest)] : []);
  const variables = (...names: string[]) =>
    names.flatMap((name) => below(environment[name], "OpenStack", "openstack"));
  const ownConfig = below(home, ".config", "openstack");
  const [own, site] =
    platform === "win32"
      ? [variables("LOCALAPPDATA", "APPDATA"), variables("PROGRAMDATA")]
      : platform === "darwin"
        ? [
            below(home, "Library", "Application Support", "openstack"),
            ["/Library/Application Support/openstack"],
          ]
        : [
            below(environment["XDG_CONFIG_HOME"], "openstack"),
            (environment["XDG_CONFIG_DIRS"] || "/etc/xdg")
              .split(":")
              .flatMap((folder) => below(folder, "openstack")),
          ];
  return [...new Set([workingFolder, ...own, ...ownConfig, ...site, "/etc/openstack"])];
}

interface Document {
  readonly path: string;
  readonly content: TreeMap;
}

/** The file that the variable names, which must be there, or the first one there is. */
function find(name: string, variable: string, machine: Machine): Document | undefined {
  const { environment, home, platform } = machine;
  const { join } = platform === "win32" ? win32 : posix;
  const named = environment[variable];
  if (named) {
    const path = home === undefined ? named : named.replace(/^~(?=$|[/\\])/, () => home);
    return readNamed({ path, from: variable });
  }
  for (const folder of cloudFolders(machine)) {
    for (const ending of ["yaml", "yml", "json"]) {
      const path = join(folder, `${name}.${ending}`);
      const document = read(path, path);
      if (document) {
        return document;
      }
    }
  }
  return undefined;
}

function readNamed({ path, from }: NamedFile): Document | undefined {
  return read(path, `${path} (${from})`, true);
}

/** A file that is there; `label` is how an error calls it. */
function read(path: string, label: string, mustExist = false): Document | undefined {
  let text: string;
  try {
    text = readTextFile(path, documentBounds.bytes);
  } catch (error) {
    const { code, message } = error as FileProblem;
    if ((code === "ENOENT" || code === "ENOTDIR") && !mustExist) {
      return undefined;
    }
    throw problem(`${label} ${message}`);
  }
  const map = mapOf(parsed(text, label));
  if (!map) {
    throw problem(`${label} must be a mapping, with the clouds in it by their names`);
  }
  return { path, content: map };
}

function parsed(text: string, label: string): Tree {
  try {
    return (parseYaml(text) ?? {}) as Tree;
  } catch (error) {
    throw error instanceof YamlProblem ? problem(`${label} ${error.message}`) : error;
  }
}

/** A part of a document that must be a mapping, where it is there. */
function part(name: string, document: Document | undefined): TreeMap {
  const tree = document?.content[name] ?? {};
  const map = mapOf(tree);
  if (!map) {
    throw problem(`${name} in ${document?.path} must be a mapping, by names`);
  }
  return map;
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
