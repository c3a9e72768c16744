// Proves which projects are told that the provider process will not find the package, and that no other is.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { resolutionProblem } from "../../../provider/dynamic/providerProcess";

const root = join(__dirname, "../../..");
const script = "/project/node_modules/@pulumi/pulumi/cmd/run/index.js";

describe("resolutionProblem", () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "provider-process-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function put(path: string, content: string | { readonly link: string }): void {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    if (typeof content === "string") {
      writeFileSync(place, content);
    } else {
      symlinkSync(content.link, place);
    }
  }

  const problemIn = (program: string, others: { script?: string | undefined; nodeOptions?: string } = {}) =>
    resolutionProblem({ script, nodeOptions: undefined, folder: join(folder, program), ...others });

  it("says in one line that a package which only a component has will not be found, and what to do", () => {
    put("node_modules/components/node_modules/pulumi-vpcep", { link: root });
    assert.equal(
      problemIn(""),
      `Pulumi's provider process looks for pulumi-vpcep in ${folder}, and does not find it: add pulumi-vpcep to the package.json beside Pulumi.yaml, or call it from pulumi-vpcep/functions, which needs no provider process`,
    );
  });

  it("finds the package beside the program, above it, through a link, and where the program is its own", () => {
    put("node_modules/pulumi-vpcep", { link: root });
    mkdirSync(join(folder, "infra"));
    assert.equal(problemIn(""), undefined);
    assert.equal(problemIn("infra"), undefined);
    put("elsewhere/project", { link: join(folder, "infra") });
    assert.equal(problemIn(realpathSync(join(folder, "elsewhere/project"))), undefined);
    assert.equal(
      resolutionProblem({ script, folder: join(root, "examples", "quickstart"), nodeOptions: undefined }),
      undefined,
    );
  });

  it("leaves to the engine what it cannot know", () => {
    const scripts = [
      undefined,
      "/project/node_modules/mocha/bin/mocha.js",
      "/tool/portal.js",
      "/project/node_modules/@pulumi/pulumi/cmd/run-plugin/index.js",
      "/project/node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js",
    ];
    for (const other of scripts) {
      assert.equal(problemIn("", { script: other }), undefined, other);
    }
    for (const nodeOptions of [
      "--import ./hooks.mjs",
      "--enable-source-maps --experimental-loader=./l.mjs",
    ]) {
      assert.equal(problemIn("", { nodeOptions }), undefined, nodeOptions);
    }
    put("node_modules/pulumi-vpcep/package.json", JSON.stringify({ name: "pulumi-vpcep", exports: {} }));
    assert.equal(problemIn(""), undefined);
  });

  it("knows Pulumi's runner on Windows, by its folder, and behind Node's other options", () => {
    const scripts = ["C:\\p\\node_modules\\@pulumi\\pulumi\\cmd\\run\\index.js", "/p/@pulumi/pulumi/cmd/run"];
    for (const other of scripts) {
      assert.match(String(problemIn("", { script: other })), /^Pulumi's provider process/);
    }
    assert.match(
      String(problemIn("", { nodeOptions: "--enable-source-maps" })),
      /^Pulumi's provider process/,
    );
  });
});
