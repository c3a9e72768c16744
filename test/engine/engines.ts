// The engines that this machine has, and stacks and projects to run on them. What the end-to-end tests start from.
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { CliStack } from "./cliEngine";
import { EmbeddedStack } from "./embeddedEngine";
import type { Stack, StackOptions } from "./stack";

/** An engine, or why there is none of its kind here. */
export interface Engine {
  readonly name: "embedded" | "cli";
  readonly missing?: string;
  readonly createStack: (options: StackOptions) => Stack;
}

/** The `pulumi` on PATH; what npm has put into a `node_modules/.bin` is no CLI but its launcher. */
export function findCli(path = process.env["PATH"] ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "" && !/node_modules[\\/]\.bin[\\/]?$/.test(folder))
    .map((folder) => join(folder, process.platform === "win32" ? "pulumi.exe" : "pulumi"))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Both engines; the CLI says why it is missing where it is. */
export function engines(): readonly [embedded: Engine, cli: Engine] {
  const cli = findCli();
  return [
    { name: "embedded", createStack: (options) => new EmbeddedStack(options) },
    {
      name: "cli",
      ...(cli ? {} : { missing: "no pulumi on PATH" }),
      createStack: (options) => new CliStack([cli ?? "pulumi"], options),
    },
  ];
}

/** The CLI where it is, which is what users run; else the embedded engine. */
export function bestEngine(): Engine {
  const [embedded, cli] = engines();
  return cli.missing ? embedded : cli;
}

/** A folder for the projects and states of one test file; everything in it goes with it. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "pulumi-workspace-"));
  #projects = 0;

  /** The folder for the state of stacks that refer to one another. */
  backend(name: string): string {
    const folder = join(this.folder, "backends", name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** A project with one TypeScript program, which finds this package and Pulumi as an installed one would. */
  project(program: string, name = "program"): string {
    this.#projects++;
    const folder = join(this.folder, `project-${this.#projects}`);
    const root = join(__dirname, "..", "..");
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name, main: "index.ts" }));
    writeFileSync(join(folder, "index.ts"), program);
    symlinkSync(root, join(folder, "node_modules", "pulumi-vpcep"));
    for (const installed of ["@pulumi", "@types", "typescript"]) {
      symlinkSync(join(root, "node_modules", installed), join(folder, "node_modules", installed));
    }
    return folder;
  }

  /** Removes everything. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
