// Proves what the shape of a project makes of both forms: a component that brings the package along, and a bundle.
// `npm run test:package` has the package managers, and what takes longer.
import assert from "node:assert/strict";
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { onEveryEngine, succeeds } from "../engine/everyEngine";
import type { Stack } from "../engine/stack";

const root = join(__dirname, "..", "..");
const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const vpcId = "4189d3c2-8882-4871-a3c2-d380272eed80";

const lookups = `
import * as resources from "pulumi-vpcep";
import * as functions from "pulumi-vpcep/functions";
export const byResource = () => resources.getEndpointService("orders", { id: "${id}" }).vpcId;
export const byFunction = () => functions.getEndpointServiceOutput({ id: "${id}" }).vpcId;
`;

const remedy = (project: string) =>
  `getEndpointService("orders"): Pulumi's provider process looks for pulumi-vpcep in ${realpathSync(project)}, and does not find it: add pulumi-vpcep to the package.json beside Pulumi.yaml, or call it from pulumi-vpcep/functions, which needs no provider process`;

onEveryEngine("a project", (bench) => {
  let stacks = 0;
  const stackOf = (project: string): Stack =>
    bench.engine.createStack({
      project,
      backend: bench.workspace.backend(`shape-${++stacks}`),
      env: bench.emulator.environment,
    });

  /** One error alone, in one line. */
  async function isToldTheRemedy(project: string): Promise<void> {
    const { succeeded, diagnostics } = await stackOf(project).preview();
    assert.equal(succeeded, false);
    assert.deepEqual(
      diagnostics.map(({ severity, message }) => [severity, message.trim()]),
      [["error", remedy(project)]],
    );
    assert.deepEqual(bench.emulator.requests, []);
  }

  it("whose component alone has the package is told to add it, and does without it by functions", async () => {
    const program = (form: string) =>
      `import * as component from "component";\nexport const vpcId = component.${form}();\n`;
    const withComponent = (form: string) => {
      const project = bench.workspace.project(program(form));
      const own = join(project, "node_modules", "pulumi-vpcep");
      const component = join(project, "node_modules", "component");
      rmSync(own);
      mkdirSync(join(component, "node_modules"), { recursive: true });
      symlinkSync(root, join(component, "node_modules", "pulumi-vpcep"));
      writeFileSync(
        join(component, "package.json"),
        JSON.stringify({ name: "component", main: "index.cjs" }),
      );
      const compiled = lookups
        .replaceAll(/import \* as (\w+) from (".+?")/g, "const $1 = require($2)")
        .replaceAll(/export const (\w+)/g, "exports.$1");
      writeFileSync(join(component, "index.cjs"), compiled);
      return project;
    };
    await isToldTheRemedy(withComponent("byResource"));
    assert.deepEqual(succeeds(await stackOf(withComponent("byFunction")).preview()), { vpcId });
  });

  it("that is a bundle, minified and with everything in it, keeps the provider outside", async () => {
    const project = bench.workspace.project("");
    const source = `${lookups}export const outputs = [byResource(), byFunction()];\n`;
    rmSync(join(project, "index.ts"));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "bundle", main: "index.js" }));
    await build({
      stdin: { contents: source, resolveDir: project, loader: "ts" },
      outfile: join(project, "index.js"),
      bundle: true,
      minify: true,
      platform: "node",
      external: ["@pulumi/pulumi"],
    });
    const up = await stackOf(project).up();
    assert.deepEqual(succeeds(up)["outputs"], [vpcId, vpcId]);
    rmSync(join(project, "node_modules", "pulumi-vpcep"));
    bench.emulator.reset();
    await isToldTheRemedy(project);
  });
});
