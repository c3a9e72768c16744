// The shapes of projects that `npm run test:package` installs and runs, as data: files, how they are installed, and what
// Pulumi's engine makes of them. Used by projects.ts. Long for the files of every shape.
import { devDependencies } from "../../package.json";

/** The oldest that the package supports. */
const oldest = { node: "22.19.0", pulumi: "3.139.0" };

/** A project, or a workspace with one in it. */
export interface Shape {
  readonly name: string;
  /** By their paths; `PACKAGE` stands for this package, as a dependency is written down. */
  readonly files: Readonly<Record<string, string>>;
  /** Where its Pulumi.yaml is. Default: the folder itself. */
  readonly project?: string;
  /** A command of the shell that makes what is installed. */
  readonly build?: string;
  /** A command of the shell. */
  readonly install: string;
  /** The file of the Node that runs it, in the folder. Default: the one that runs this. */
  readonly node?: string;
  /**
   * The files that change where the program is told to add the package beside Pulumi.yaml: without them the lookup is
   * refused. Absent where it works as it is.
   */
  readonly remedy?: Readonly<Record<string, string>>;
}

const npm = "npm install --no-audit --no-fund --loglevel=error";
const pnpm = "npx --yes pnpm@10 install --no-frozen-lockfile --reporter=silent";
const yarn = "npx --yes --package=@yarnpkg/cli-dist@4 yarn install --no-immutable";
const bun = "npx --yes bun@1 install --silent";

const json = (value: unknown) => JSON.stringify(value, null, 2);
const pulumiYaml = (main?: string) =>
  `name: program\nruntime: nodejs\n${main === undefined ? "" : `main: ${main}\n`}`;

const pulumi = { "@pulumi/pulumi": devDependencies["@pulumi/pulumi"] };
const own = { "pulumi-vpcep": "PACKAGE" };
const compiler = { "@types/node": devDependencies["@types/node"], typescript: devDependencies.typescript };

/** Both forms of one lookup; the setting `form` says which runs. */
const forms = `
import * as pulumi from "@pulumi/pulumi";
import * as resources from "pulumi-vpcep";
import * as functions from "pulumi-vpcep/functions";
function orders() {
  const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
  return new pulumi.Config().require("form") === "functions"
    ? functions.getEndpointServiceOutput({ id })
    : resources.getEndpointService("orders", { id });
}
`;
const outputs = "const { ports, vpcId } = orders();\nexport { ports, vpcId };\n";
const program = forms + outputs;
const commonJs = (text: string) =>
  text
    .replace(/import \* as (\w+) from (".+?");/g, "const $1 = require($2);")
    .replace(/export \{(.+?)\}/, "Object.assign(exports, {$1})");

/** What `pulumi new typescript` writes. */
const template = json({
  compilerOptions: {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "nodenext",
    moduleResolution: "nodenext",
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
  },
  files: ["index.ts"],
});
const olderTemplate = template
  .replace('"module": "nodenext"', '"module": "commonjs"')
  .replace('"moduleResolution": "nodenext"', '"moduleResolution": "node"');

/** A project of one folder. */
function single(name: string, shape: Partial<Shape>, manifest: object = {}): Shape {
  const content = {
    name: "program",
    private: true,
    main: "index.ts",
    dependencies: { ...pulumi, ...own },
    devDependencies: compiler,
    ...manifest,
  };
  return {
    name,
    install: npm,
    ...shape,
    files: { "Pulumi.yaml": pulumiYaml(), "package.json": json(content), ...shape.files },
  };
}

/** A workspace whose program looks nothing up itself: a package of components does, and alone depends on this one. */
function workspace(
  name: string,
  install: string,
  { refused, version = "*", files }: { refused: boolean; version?: string; files?: Shape["files"] },
): Shape {
  const manifest = (dependencies: object) =>
    json({
      name: "infra",
      version: "1.0.0",
      private: true,
      main: "index.ts",
      dependencies: { ...pulumi, components: version, ...dependencies },
      devDependencies: compiler,
    });
  return {
    name,
    install,
    project: "infra",
    files: {
      "package.json": json({ name: "workspace", private: true, workspaces: ["infra", "components"] }),
      "infra/Pulumi.yaml": pulumiYaml(),
      "infra/package.json": manifest({}),
      "infra/tsconfig.json": template,
      "infra/index.ts": `import { orders } from "components";\n${outputs}`,
      "components/package.json": json({
        name: "components",
        version: "1.0.0",
        main: "index.js",
        types: "index.d.ts",
        dependencies: { ...own, ...pulumi },
      }),
      "components/index.js": commonJs(`${forms}export { orders };\n`),
      "components/index.d.ts": `export declare function orders(): Pick<import("pulumi-vpcep").EndpointService, "ports" | "vpcId">;\n`,
      ...files,
    },
    ...(refused ? { remedy: { "infra/package.json": manifest(own) } } : {}),
  };
}

/** A bundle with everything in it but Pulumi, in a folder that has Pulumi alone. */
function bundle(name: string, tools: Readonly<Record<string, string>>, command: string, format = {}): Shape {
  const manifest = (dependencies: object) =>
    json({
      name: "bundle",
      private: true,
      main: "index.js",
      ...format,
      dependencies: { ...pulumi, ...dependencies },
    });
  return {
    name,
    project: "deployed",
    files: {
      "source/package.json": json({
        name: "source",
        private: true,
        dependencies: { ...pulumi, ...own, ...tools },
      }),
      "source/index.js": commonJs(program),
      "source/index.mjs": program,
      "source/webpack.config.js": webpackSettings,
      "deployed/Pulumi.yaml": pulumiYaml(),
      "deployed/package.json": manifest({}),
    },
    build: `cd source && ${npm} && npx ${command}`,
    install: `cd deployed && ${npm}`,
    remedy: { "deployed/package.json": manifest(own) },
  };
}

const webpackSettings = `module.exports = {
  mode: "production",
  target: "node",
  entry: "./index.js",
  externals: { "@pulumi/pulumi": "commonjs @pulumi/pulumi" },
  output: { path: require("node:path").resolve("../deployed"), filename: "index.js", libraryTarget: "commonjs2" },
};
`;
const esbuild = { esbuild: devDependencies.esbuild };
const webpack = { webpack: "5.112.2", "webpack-cli": "7.2.3" };
const inlined = "--bundle --minify --platform=node --external:@pulumi/pulumi --log-level=warning";
const requireBanner = `--banner:js='import{createRequire}from"node:module";const require=createRequire(import.meta.url);'`;

const yarnSettings = "nodeLinker: node-modules\nenableTelemetry: false\n";

export const shapes: readonly Shape[] = [
  single("npm, the current template", { files: { "index.ts": program, "tsconfig.json": template } }),
  single(
    "npm, the older template and TypeScript 5.4",
    { files: { "index.ts": program, "tsconfig.json": olderTemplate } },
    { devDependencies: { ...compiler, typescript: "5.4.5" } },
  ),
  single(
    "npm, main: infra/",
    {
      files: {
        "Pulumi.yaml": pulumiYaml("infra/"),
        "infra/index.ts": program,
        "infra/tsconfig.json": template,
      },
    },
    { main: undefined },
  ),
  single("npm, plain JavaScript", { files: { "index.js": commonJs(program) } }, { main: "index.js" }),
  single(
    "npm, plain JavaScript as an ES module",
    { files: { "index.js": program } },
    { main: "index.js", type: "module" },
  ),
  single(
    "npm, TypeScript as an ES module",
    { files: { "index.ts": program, "tsconfig.json": template } },
    { type: "module", devDependencies: { ...compiler, "ts-node": "10.9.2", typescript: "5.9.3" } },
  ),
  single("pnpm", { install: pnpm, files: { "index.ts": program, "tsconfig.json": template } }),
  single("yarn", {
    install: yarn,
    files: { "index.ts": program, "tsconfig.json": template, ".yarnrc.yml": yarnSettings },
  }),
  single("bun", { install: bun, files: { "index.ts": program, "tsconfig.json": template } }),
  single(
    `Node ${oldest.node} and @pulumi/pulumi ${oldest.pulumi}`,
    { node: "node_modules/node/bin/node", files: { "index.ts": program, "tsconfig.json": olderTemplate } },
    {
      dependencies: { ...own, "@pulumi/pulumi": oldest.pulumi },
      devDependencies: { ...compiler, typescript: "5.4.5", node: oldest.node },
      allowScripts: { node: true },
    },
  ),
  workspace("npm workspaces", npm, { refused: false }),
  workspace("npm workspaces, nested", `${npm} --install-strategy=nested`, { refused: true }),
  workspace("pnpm workspaces", pnpm, {
    refused: true,
    version: "workspace:*",
    files: { "pnpm-workspace.yaml": "packages: [infra, components]\n" },
  }),
  workspace("yarn workspaces", yarn, {
    refused: false,
    version: "workspace:*",
    files: { ".yarnrc.yml": yarnSettings },
  }),
  workspace("yarn workspaces, nothing hoisted", yarn, {
    refused: true,
    version: "workspace:*",
    files: { ".yarnrc.yml": `${yarnSettings}nmHoistingLimits: workspaces\n` },
  }),
  workspace("bun workspaces", `${bun} --linker=hoisted`, { refused: false, version: "workspace:*" }),
  workspace("bun workspaces, isolated", `${bun} --linker=isolated`, {
    refused: true,
    version: "workspace:*",
  }),
  bundle("an esbuild bundle", esbuild, `esbuild index.js ${inlined} --outfile=../deployed/index.js`),
  bundle(
    "an esbuild bundle as an ES module",
    esbuild,
    `esbuild index.mjs ${inlined} --format=esm ${requireBanner} --outfile=../deployed/index.js`,
    { type: "module" },
  ),
  bundle("a webpack bundle", webpack, "webpack"),
];
