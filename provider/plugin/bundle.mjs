// Part of `npm run build`: makes one executable file of the plugin and all that it needs, Node excepted.
import { chmodSync } from "node:fs";
import { build } from "esbuild";

// A shell has Node require the file itself, or says in one line that there is none. To Node these are a string and a comment. What is
// required and has no extension is CommonJS, whatever the package.json of a folder above says.
const launcher = `#!/bin/sh
":" //; command -v node >/dev/null || { echo "pulumi-vpcep needs Node 22.19 or newer, and there is no \\\`node\\\` on PATH [VPCEP_CONFIG]" >&2; exit 1; }; exec node -e 'require(require("path").resolve(process.argv[1]))' -- "$0" "$@"`;

const outfile = "plugin/pulumi-resource-vpcep";
await build({
  entryPoints: ["provider/plugin/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node22.19",
  banner: { js: launcher },
  logLevel: "warning",
});
chmodSync(outfile, 0o755);
