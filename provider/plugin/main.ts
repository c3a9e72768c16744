// The executable `pulumi-resource-vpcep`, which bundle.mjs makes of this file and all that it imports. Started by Pulumi's
// engine: prints the port that it serves on, and ends with the engine.

async function main(): Promise<void> {
  require("../errors/nodeVersion");
  const { serve }: typeof import("./service") = require("./service");
  const end = () => {
    void service.end().then(() => process.exit());
    // The engine takes no more answers; it gives a plugin five seconds.
    setTimeout(() => process.exit(), 500);
  };
  // The engine's address is the last argument, after those for its own logs.
  const service = await serve(process.argv.slice(2).at(-1), end);
  process.once("SIGINT", end).once("SIGTERM", end);
  console.log(service.port);
}

main().catch((error: Error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
