#!/usr/bin/env node
// The executable `pulumi-vpcep`. Loads everything else only on a Node that can run it. Called by npm's link to it.

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `pulumi-vpcep needs Node 22.19 or newer, and this is ${process.versions.node}: install a newer one`,
  );
  process.exitCode = 1;
} else {
  void import("pulumi-vpcep/provider").then(async ({ runCommand }) => {
    process.exitCode = await runCommand(process.argv.slice(2));
  });
}
