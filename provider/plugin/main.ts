// The executable `pulumi-resource-vpcep`, which bundle.mjs makes of this file and all that it imports. Started by Pulumi's
// engine: prints the port that it serves on, and ends with the engine.

async function main(): Promise<void> {
  require("../errors/nodeVersion");
  const { EngineLog }: typeof import("./engineLog") = require("./engineLog");
  const { Provider }: typeof import("./provider") = require("./provider");
  const { serve }: typeof import("./service") = require("./service");
  const log = new EngineLog(end);
  const service = await serve(new Provider(log), log);
  function end(): void {
    void service.end().then(() => process.exit());
    // The engine takes no more answers; it gives a plugin five seconds.
    setTimeout(() => process.exit(), 500);
  }
  // An engine that does not say itself where it is has said so in the last argument.
  const address = process.argv.slice(2).at(-1);
  if (address !== undefined) {
    log.attach(address);
  }
  process.once("SIGINT", end).once("SIGTERM", end);
  console.log(service.port);
}

main().catch((error: Error) => {
  console.error(error.message);
  // A server that is bound would keep the process.
  process.exit(1);
});
