// `npm run test:package`: installs the tarball as users do, in a project of each shape, and runs it there on the embedded
// engine. A command of its own, since it installs whole projects from the registry. Its arguments name the shapes to run.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import manifest from "../../package.json";
import { startEmulator } from "../../sdk/testing";
import { EmbeddedStack } from "../engine/embeddedEngine";
import type { OperationResult } from "../engine/stack";
import { type Shape, shapes } from "./shapes";

const root = join(__dirname, "..", "..");

const ports = [
  { clientPort: 8080, serverPort: 80, protocol: "TCP" },
  { clientPort: 8081, serverPort: 80, protocol: "TCP" },
];
const outputs = { ports, vpcId: "4189d3c2-8882-4871-a3c2-d380272eed80" };

/** One shape, written down in a folder. */
class ScratchProject {
  readonly #folder: string;
  readonly #shape: Shape;
  readonly #tarball: string;
  readonly #environment: Readonly<Record<string, string>>;
  #stacks = 0;

  constructor(folder: string, shape: Shape, tarball: string, environment: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#shape = shape;
    this.#tarball = tarball;
    this.#environment = environment;
  }

  get place(): string {
    return join(this.#folder, this.#shape.project ?? "");
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.#folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text.replaceAll("PACKAGE", `file:${this.#tarball}`));
    }
  }

  run(command: string): void {
    try {
      execFileSync("sh", ["-c", command], { cwd: this.#folder, stdio: "pipe", encoding: "utf8" });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${command}: ${stdout}${stderr}`);
    }
  }

  stack(form: "resources" | "functions"): EmbeddedStack {
    const { node } = this.#shape;
    return new EmbeddedStack({
      project: this.place,
      backend: join(this.#folder, `state-${++this.#stacks}`),
      env: this.#environment,
      config: { form },
      ...(node ? { node: join(this.#folder, node) } : {}),
    });
  }
}

function givesTheOutputs(result: OperationResult): void {
  assert.ok(result.succeeded, result.output);
  assert.deepEqual(result.outputs, outputs, result.output);
}

/** One error, in one line, before the engine says anything. */
function isToldTheRemedy(
  project: ScratchProject,
  { succeeded, diagnostics, output }: OperationResult,
): string {
  assert.equal(succeeded, false, output);
  const [{ message } = { message: "" }, ...others] = diagnostics.filter(
    ({ severity }) => severity === "error",
  );
  assert.deepEqual(others, [], output);
  const remedy = `Pulumi's provider process looks for pulumi-vpcep in ${realpathSync(project.place)}, and does not find it: add pulumi-vpcep to the package.json beside Pulumi.yaml,`;
  assert.ok(message.includes(remedy) && !message.includes("\n"), output);
  return message;
}

/** Installs and runs a shape; the answer says what came of it. */
async function check(shape: Shape, project: ScratchProject): Promise<string> {
  project.write(shape.files);
  if (shape.build) {
    project.run(shape.build);
  }
  project.run(shape.install);
  givesTheOutputs(await project.stack("functions").up());
  if (!shape.remedy) {
    const stack = project.stack("resources");
    givesTheOutputs(await stack.preview());
    givesTheOutputs(await stack.up());
    return "installed, previewed, updated; functions too";
  }
  const message = isToldTheRemedy(project, await project.stack("resources").preview());
  project.write(shape.remedy);
  project.run(shape.install);
  givesTheOutputs(await project.stack("resources").up());
  return `functions run; the resource is refused: ${message}\n  and runs once the package is added`;
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "package-")));
  const emulator = await startEmulator();
  const failed: string[] = [];
  try {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root, stdio: "ignore" });
    const tarball = join(folder, `pulumi-vpcep-${manifest.version}.tgz`);
    for (const [count, shape] of shapes.entries()) {
      if (asked.length > 0 && !asked.some((part) => shape.name.includes(part))) {
        continue;
      }
      const place = join(folder, `shape-${count}`);
      mkdirSync(place);
      try {
        const project = new ScratchProject(place, shape, tarball, emulator.environment);
        console.log(`${shape.name}: ${await check(shape, project)}`);
      } catch (error) {
        failed.push(shape.name);
        console.error(`${shape.name}: FAILED\n${(error as Error).message}`);
      }
      rmSync(place, { recursive: true, force: true });
    }
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
  assert.deepEqual(failed, []);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
