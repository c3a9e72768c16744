#!/usr/bin/env node
// The executable `pulumi-vpcep`. Everything else is in the package's own entry, loaded by its name, which refuses a Node
// that is too old. Called by npm's link to it.

async function main(): Promise<void> {
  const { runCommand } = await import("pulumi-vpcep/provider");
  process.exitCode = await runCommand(process.argv.slice(2));
}

main().catch((error: Error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
