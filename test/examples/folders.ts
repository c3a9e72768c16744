// Where the examples are, and copies of them as a user has them. Used by the tests beside it.
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import type { Workspace } from "../engine/engines";

/** The folder of all examples. */
export const examplesFolder = join(__dirname, "..", "..", "examples");

/** The folder of one example. */
export function exampleFolder(name: string): string {
  return join(examplesFolder, name);
}

/** The text of a file of an example. */
export function exampleText(name: string, file: string): string {
  return readFileSync(join(exampleFolder(name), file), "utf8");
}

/** The outputs that an example's README says it prints. */
export function printedOutputs(name: string): Record<string, unknown> {
  const [, outputs = ""] = /prints `(\{.*?\})`/.exec(exampleText(name, "README.md")) ?? [];
  return JSON.parse(outputs) as Record<string, unknown>;
}

/** What a run in the folder leaves there: the settings of somebody's own stack. */
function isSettings(file: string): boolean {
  return /^Pulumi\..+\.yaml$/.test(basename(file));
}

/** The packages that an example has beside its program, by their folders. */
export function workspacesOf(name: string): readonly string[] {
  if (!existsSync(join(exampleFolder(name), "package.json"))) {
    return [];
  }
  return (JSON.parse(exampleText(name, "package.json")) as { workspaces: string[] }).workspaces;
}

/** An example copied out of the repository, with the packages that its README says to install. */
export function copyExample(name: string, workspace: Workspace): string {
  const folder = workspace.project("");
  cpSync(exampleFolder(name), folder, { recursive: true, filter: (file) => !isSettings(file) });
  for (const installed of ["mocha", "tsx"]) {
    symlinkSync(
      join(examplesFolder, "..", "node_modules", installed),
      join(folder, "node_modules", installed),
    );
  }
  for (const member of workspacesOf(name)) {
    symlinkSync(join(folder, member), join(folder, "node_modules", member));
  }
  return folder;
}

/** The examples that are whole folders: `quickstart` is the root's own project, `pipelines` has no program. */
export function exampleNames(): string[] {
  return readdirSync(examplesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["quickstart", "pipelines"].includes(entry.name))
    .map(({ name }) => name)
    .sort();
}
