// A project's Pulumi.yaml, as far as the engine needs it. A leaf.
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { load } from "js-yaml";

/** A Pulumi project. */
export interface Project {
  readonly name: string;
  readonly root: string;
  /** The folder that the program and its provider run in. */
  readonly programFolder: string;
  /** The program in that folder; `.` where Pulumi has to find it. */
  readonly entryPoint: string;
}

/** Reads the project in a folder. */
export function readProject(root: string): Project {
  const { name, main } = load(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as {
    name: string;
    main?: string;
  };
  if (main === undefined) {
    return { name, root, programFolder: root, entryPoint: "." };
  }
  const path = join(root, main);
  return statSync(path).isDirectory()
    ? { name, root, programFolder: path, entryPoint: "." }
    : { name, root, programFolder: dirname(path), entryPoint: basename(path) };
}
