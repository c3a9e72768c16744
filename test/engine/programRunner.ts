// Runs a Pulumi program with Pulumi's own runner for Node, as the language host does. Used by embeddedEngine.ts.
import { availableParallelism } from "node:os";
import { Process } from "./processes";
import type { Project } from "./project";

/** What a run of a program needs to know. */
export interface ProgramRun {
  readonly project: Project;
  readonly stack: string;
  readonly address: string;
  readonly preview: boolean;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly node: string;
  readonly onLine: (line: string) => void;
}

/** Starts the program; its end is the process's end. */
export function startProgram(run: ProgramRun): Process {
  const { project } = run;
  const script = require.resolve("@pulumi/pulumi/cmd/run", { paths: [project.programFolder, __dirname] });
  const args = [
    ...["--monitor", run.address, "--engine", run.address],
    ...["--organization", "organization", "--project", project.name, "--stack", run.stack],
    ...["--root-directory", project.root, "--pwd", project.programFolder],
    ...(run.preview ? ["--dry-run"] : []),
    ...["--parallel", String(4 * availableParallelism()), project.entryPoint],
  ];
  const config = Object.entries(run.config).map(([key, value]) => [key.replace(":", ":config:"), value]);
  const program = new Process(run.node, [script, ...args], {
    cwd: project.programFolder,
    env: {
      ...run.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(config)),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
      PULUMI_NODEJS_TYPESCRIPT: "true",
    },
  });
  program.onLine("stdout", run.onLine);
  program.onLine("stderr", run.onLine);
  return program;
}
