// `npm run test:package`: installs the tarball as users do, with npm, pnpm and yarn and as an ES module, and runs a
// program there on the embedded engine. A command of its own, since it installs whole projects from the registry.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../package.json";
import { startEmulator } from "../../sdk/testing";
import { EmbeddedStack } from "../engine/embeddedEngine";

const root = join(__dirname, "..", "..");

const typescript = `
import { getEndpointService } from "pulumi-vpcep";
const orders = getEndpointService("orders", { id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
export const ports = orders.ports;
export const vpc_id = orders.vpcId;
`;

interface Project {
  readonly name: string;
  /** The package manager and its arguments. */
  readonly install: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly type?: "module";
}

const projects: readonly Project[] = [
  {
    name: "npm",
    install: ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"],
    files: { "index.ts": typescript },
  },
  {
    name: "pnpm",
    install: ["npx", "--yes", "pnpm@10", "install", "--reporter=silent"],
    files: { "index.ts": typescript },
  },
  {
    name: "yarn",
    install: ["npx", "--yes", "--package=@yarnpkg/cli-dist@4", "yarn", "install", "--no-immutable"],
    files: { "index.ts": typescript, ".yarnrc.yml": "nodeLinker: node-modules\nenableTelemetry: false\n" },
  },
  {
    name: "ES module",
    install: ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"],
    type: "module",
    files: { "index.js": typescript },
  },
];

/** A project that depends on the tarball, as `npm install` would write it down. */
function write(folder: string, project: Project, tarball: string): void {
  const [main = ""] = Object.keys(project.files);
  const { "@pulumi/pulumi": pulumi, "@types/node": types } = manifest.devDependencies;
  const content: Record<string, string> = {
    ...project.files,
    "Pulumi.yaml": `name: program\nruntime: nodejs\nmain: ${main}\n`,
    "package.json": JSON.stringify({
      name: "program",
      private: true,
      main,
      ...(project.type ? { type: project.type } : {}),
      dependencies: { "@pulumi/pulumi": pulumi, "pulumi-vpcep": `file:${tarball}` },
      devDependencies: { "@types/node": types, typescript: manifest.devDependencies.typescript },
    }),
  };
  for (const [name, text] of Object.entries(content)) {
    writeFileSync(join(folder, name), text);
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "package-"));
  const emulator = await startEmulator();
  try {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root, stdio: "ignore" });
    const tarball = join(folder, `pulumi-vpcep-${manifest.version}.tgz`);
    for (const project of projects) {
      const place = join(folder, project.name.replace(" ", "-"));
      mkdirSync(place);
      write(place, project, tarball);
      const [command = "", ...args] = project.install;
      execFileSync(command, args, { cwd: place, stdio: ["ignore", "ignore", "inherit"] });
      const stack = new EmbeddedStack({
        project: place,
        backend: join(place, "state"),
        env: emulator.environment,
      });
      const preview = await stack.preview();
      assert.ok(preview.succeeded, preview.output);
      const up = await stack.up();
      assert.ok(up.succeeded, up.output);
      assert.equal(up.outputs["vpc_id"], "4189d3c2-8882-4871-a3c2-d380272eed80");
      assert.deepEqual(preview.outputs, up.outputs);
      console.log(`${project.name}: installed, previewed, updated`);
    }
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
