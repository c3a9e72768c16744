// Whether the provider process will find this package, asked before a lookup is: Pulumi starts that process in the program's
// folder, where the package is looked up by its name, wherever the code is that calls it. A shared component or a bundle
// may have the package where that process does not look, and the engine would say so in ten lines of stack.
// Used by sdk/ in the program; refuses nothing that might work.
import { createRequire } from "node:module";
import { join } from "node:path";
import { lookupProvider } from "./lookupProvider";

/** What decides what the provider process finds: it has the program's folder, environment and Node. */
export interface ProgramProcess {
  /** What Node runs. */
  readonly script: string | undefined;
  readonly folder: string;
  readonly nodeOptions: string | undefined;
}

/** Pulumi's runner of programs; tests, scripts and the Automation API run in a process, and a folder, of their own. */
const runner = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run(?:[\\/]index(?:\.js)?)?$/;

/** A sentence on a package that will not be found, with what to do; undefined where it is found, or may be. */
export function resolutionProblem({ script, folder, nodeOptions = "" }: ProgramProcess): string | undefined {
  // Hooks of `import` are not seen by `require`, which alone can be asked without waiting.
  if (!runner.test(script ?? "") || /--(?:import|(?:experimental-)?loader)\b/.test(nodeOptions)) {
    return undefined;
  }
  try {
    createRequire(join(folder, "program.js")).resolve(lookupProvider.entry);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND"
      ? `Pulumi's provider process looks for pulumi-vpcep in ${folder}, and does not find it: add pulumi-vpcep to the package.json beside Pulumi.yaml, or call it from pulumi-vpcep/functions, which needs no provider process`
      : undefined;
  }
}

// As the program is loaded: it may change its folder later, or what it was started with.
const { argv, env } = process;
const programProcess = { script: argv[1], folder: process.cwd(), nodeOptions: env["NODE_OPTIONS"] };

let known: { readonly problem: string | undefined } | undefined;

/** The problem of this program; asked once. */
export function providerProcessProblem(): string | undefined {
  known ??= { problem: resolutionProblem(programProcess) };
  return known.problem;
}
