// Proves the package as npm packs it: what is in it, that its types are right for every way of importing, and that it
// loads from a place of its own.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { linksOf } from "../docs/pages";

const root = join(__dirname, "..", "..");

describe("the package", () => {
  let folder: string;
  let tarball: string;
  let files: readonly string[];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "package-"));
    // The build that all tests run on; packing must not begin another one meanwhile.
    const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ filename, files: list }] = JSON.parse(packed) as [
      { filename: string; files: { path: string }[] },
    ];
    tarball = join(folder, filename);
    files = list.map(({ path }) => path);
    execFileSync("tar", ["-xzf", tarball, "-C", folder]);
    mkdirSync(join(folder, "node_modules", "@pulumi"), { recursive: true });
    symlinkSync(join(folder, "package"), join(folder, "node_modules", "pulumi-vpcep"));
    for (const name of ["undici", "zod", "@pulumi/pulumi"]) {
      symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("holds what users need, and nothing else", () => {
    assert.deepEqual(
      files.filter((file) => !file.endsWith(".d.ts") && !/^(docs|examples)\//.test(file)).sort(),
      [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "NOTICE",
        "README.md",
        "README.zh-CN.md",
        "SECURITY.md",
        "bin/provider/command/main.js",
        "bin/provider/command/main.js.map",
        "bin/provider/index.js",
        "bin/provider/index.js.map",
        "bin/sdk/functions/index.js",
        "bin/sdk/functions/index.js.map",
        "bin/sdk/index.js",
        "bin/sdk/index.js.map",
        "bin/sdk/testing/index.js",
        "bin/sdk/testing/index.js.map",
        "package.json",
        "plugin/package.json",
        "plugin/pulumi-resource-vpcep",
        "plugin/pulumi-resource-vpcep.cmd",
        "plugin/PulumiPlugin.yaml",
        "plugin/schema.json",
        "sdk/schema/endpointService.schema.json",
        "sdk/schema/quickstartOutputs.schema.json",
        "templates/README.md",
        "templates/quickstart/index.ts",
        "templates/quickstart/package.json",
        "templates/quickstart/Pulumi.yaml",
        "templates/quickstart/tsconfig.json",
      ].sort(),
    );
    const published = ["docs", "examples"].flatMap((place) =>
      readdirSync(join(root, place), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/^(\.gitignore|Pulumi\..+\.yaml)$/.test(entry.name))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
        .filter((file) => !/(^|\/)node_modules\/|^docs\/api\//.test(file)),
    );
    assert.deepEqual(files.filter((file) => /^(docs|examples)\//.test(file)).sort(), published.sort());
    const strays = files
      .filter((file) => file.endsWith(".d.ts"))
      .filter((file) => !existsSync(join(root, file.replace(/^bin\/(.*)\.d\.ts$/, "$1.ts"))));
    assert.deepEqual(strays, []);
  });

  it("names every package whose code is in it, and holds none but those", () => {
    const bundled = files
      .filter((file) => file.endsWith(".js") || file.endsWith("/pulumi-resource-vpcep"))
      .flatMap((file) => {
        const text = readFileSync(join(folder, "package", file), "utf8");
        return [...text.matchAll(/^ *(?:"|\/\/ )node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(
          ([, name]) => name,
        );
      });
    const expected = [
      "ansi-regex",
      "fastest-levenshtein",
      "get-east-asian-width",
      "js-yaml",
      "string-width",
      "zod",
    ];
    const ofPlugin = [
      "@grpc/grpc-js",
      "@grpc/proto-loader",
      "@js-sdsl/ordered-map",
      "@pulumi/pulumi",
      ...["aspromise", "base64", "codegen", "eventemitter", "fetch", "float", "path", "pool", "utf8"].map(
        (name) => `@protobufjs/${name}`,
      ),
      "google-protobuf",
      "lodash.camelcase",
      "long",
      "protobufjs",
      "undici",
    ];
    assert.deepEqual([...new Set(bundled)].sort(), [...expected, ...ofPlugin].sort());
    const notice = readFileSync(join(folder, "package", "NOTICE"), "utf8");
    for (const name of new Set(bundled)) {
      assert.match(notice, new RegExp(`^- ${name}, https://`, "m"));
    }
  });

  it("reads clouds.yaml with what is in it, and evaluates no reader of YAML before", () => {
    const home = join(folder, "home");
    mkdirSync(join(home, ".config", "openstack"), { recursive: true });
    writeFileSync(
      join(home, ".config", "openstack", "clouds.yaml"),
      "clouds: {otc: {profile: otc, auth: {token: t}}}\n",
    );
    const doctor = (environment: Readonly<Record<string, string>>) =>
      spawnSync(
        process.execPath,
        [join(folder, "package", "bin", "provider", "command", "main.js"), "doctor", "--json"],
        {
          encoding: "utf8",
          // The lookup that doctor tries goes nowhere.
          env: { ...process.env, HOME: home, HTTPS_PROXY: "http://127.0.0.1:1", ...environment },
        },
      ).stdout;
    assert.match(doctor({ OS_CLOUD: "otc" }), /"who":"a token","origin":"auth\.token in cloud \\"otc\\" of /);
    const bundle = readFileSync(join(folder, "package", "bin", "provider", "index.js"), "utf8");
    assert.match(bundle, /function parseYaml\(text\) \{\n\s*const yaml = require_js_yaml\(\);/);
    assert.equal(bundle.match(/require_js_yaml\(\)/g)?.length, 1);
  });

  it("runs nothing when it is installed, from the registry or as a folder", () => {
    const { scripts } = require(join(root, "package.json")) as { scripts: Record<string, string> };
    assert.deepEqual(
      Object.keys(scripts).filter((name) => /^((pre|post)?(install|prepare)|(pre|post)?publish)$/.test(name)),
      [],
    );
  });

  it("has everything that its documents lead to", () => {
    const links = files.filter((file) => file.endsWith(".md")).flatMap(linksOf);
    assert.ok(links.length > 50);
    const missing = links.filter(
      ({ file }) => !files.some((packed) => packed === file || packed.startsWith(`${file}/`)),
    );
    assert.deepEqual(missing, []);
  });

  it("has a template that is the quickstart's program, on the package's own versions", () => {
    const [program, template] = ["examples", "templates"].map((place) =>
      readFileSync(join(root, place, "quickstart", "index.ts"), "utf8"),
    );
    assert.equal(template, program);
    const { version, peerDependencies } = require(join(root, "package.json"));
    const { dependencies } = require(join(root, "templates", "quickstart", "package.json"));
    assert.deepEqual(dependencies, { ...peerDependencies, "pulumi-vpcep": `^${version}` });
  });

  for (const [name, command, args] of [
    ["publint", "publint", ["run", "--strict"]],
    // The JSON Schemas are data without types, which resolution of the old kind finds at their paths alone.
    [
      "Are the types wrong?",
      "attw",
      ["--exclude-entrypoints", "endpointService.schema.json", "quickstartOutputs.schema.json", "--"],
    ],
  ] as const) {
    it(`is in order for ${name}`, () => {
      const bin = join(root, "node_modules", ".bin", command);
      const { status, stdout } = spawnSync(bin, [...args, tarball], { encoding: "utf8", cwd: folder });
      assert.equal(status, 0, stdout);
    });
  }

  it("has types that stand on their own", () => {
    const program = join(folder, "types.ts");
    const imports = ["", "/provider", "/testing"].map(
      (entry, index) => `import * as e${index} from "pulumi-vpcep${entry}";`,
    );
    writeFileSync(program, `${imports.join("\n")}\nvoid [e0, e1, e2];\n`);
    const options = {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      types: ["node"],
      typeRoots: [join(root, "node_modules", "@types")],
      lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
    };
    const problems = ts
      .getPreEmitDiagnostics(ts.createProgram([program], options))
      .filter(({ file }) => file?.fileName.includes("/bin/") ?? true)
      .map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      );
    assert.deepEqual(problems, []);
  });

  const entries = {
    "pulumi-vpcep": "getEndpointService",
    "pulumi-vpcep/provider": "createVpcepClient",
    "pulumi-vpcep/testing": "startEmulator",
  };
  for (const [entry, name] of Object.entries(entries)) {
    it(`has ${name} in ${entry}, for require and for import`, () => {
      const run = (code: string, type: string) =>
        execFileSync(process.execPath, [`--input-type=${type}`, "-e", code], {
          cwd: folder,
          encoding: "utf8",
        });
      assert.equal(run(`console.log(typeof require("${entry}").${name})`, "commonjs"), "function\n");
      assert.equal(
        run(`import { ${name} } from "${entry}"; console.log(typeof ${name})`, "module"),
        "function\n",
      );
    });
  }

  it("has a plugin that starts from a place of its own, and says in one line that Node is missing or too old", async () => {
    const elsewhere = join(folder, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "package.json"), '{ "type": "module" }');
    const executable = join(elsewhere, "pulumi-resource-vpcep");
    // As `pulumi plugin install --file` does, wherever that is.
    copyFileSync(join(folder, "package", "plugin", "pulumi-resource-vpcep"), executable);
    const start = (path: string) => spawn(executable, { cwd: tmpdir(), env: { PATH: path } });
    const started = start(`${dirname(process.execPath)}:/usr/bin:/bin`);
    const [port] = (await once(started.stdout, "data")) as [Buffer];
    assert.match(String(port), /^\d+\n$/);
    started.kill("SIGINT");
    assert.deepEqual(await once(started, "close"), [0, null]);
    const old = join(folder, "old");
    mkdirSync(old);
    const itself = JSON.stringify(process.execPath);
    const script = `#!/bin/sh\nexec ${itself} -r ${JSON.stringify(join(old, "old.js"))} "$@"\n`;
    writeFileSync(join(old, "node"), script, { mode: 0o755 });
    const version = `Object.defineProperty(process.versions, "node", { value: "22.18.0" });`;
    writeFileSync(join(old, "old.js"), version);
    const needs = "pulumi-vpcep needs Node 22.19 or newer, and";
    for (const [path, problem] of [
      [join(folder, "nowhere"), "there is no `node` on PATH"],
      [old, "this is 22.18.0: put a newer `node` first on PATH"],
    ] as const) {
      const { status, stderr } = spawnSync(executable, { env: { PATH: path }, encoding: "utf8" });
      assert.deepEqual([status, stderr], [1, `${needs} ${problem} [VPCEP_CONFIG]\n`]);
    }
  });

  it("says that Node is too old, before it fails over it", () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "22.18.0" });`;
    const message =
      "pulumi-vpcep needs Node 22.19 or newer, and this is 22.18.0: put a newer `node` first on PATH [VPCEP_CONFIG]";
    for (const code of [
      `import("pulumi-vpcep/provider").catch((error) => console.error(error.stack))`,
      `process.argv = ["node", "main", "quotas"]; require(${JSON.stringify(join(folder, "package", "bin", "provider", "command", "main.js"))})`,
    ]) {
      const { stderr } = spawnSync(process.execPath, ["-e", old + code], { cwd: folder, encoding: "utf8" });
      assert.equal(stderr, `${message}\n`);
    }
    writeFileSync(join(folder, "old.js"), old);
    const main = join(folder, "package", "bin", "provider", "command", "main.js");
    const { status, stdout } = spawnSync(process.execPath, ["-r", "./old.js", main, "quotas", "--json"], {
      cwd: folder,
      encoding: "utf8",
    });
    const failure = { code: "VPCEP_CONFIG", message, status: null, errorCode: null, requestId: null };
    assert.deepEqual([status, JSON.parse(stdout)], [1, failure]);
  });

  it("leads an unexpected error back to its source", () => {
    const code = `require("pulumi-vpcep/provider").createVpcepClient({ get region() { throw new Error("unexpected"); } })`;
    const { stderr } = spawnSync(process.execPath, ["--enable-source-maps", "-e", code], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.match(stderr, /createVpcepClient \(.*\/provider\/client\/createClient\.ts:\d+:\d+\)/);
  });
});
